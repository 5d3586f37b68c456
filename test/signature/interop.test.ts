/** What other people's tools say of signatures, certificates and keys made here. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { signDetached } from "../../src/signature/cms.ts";
import { initKeys } from "../../src/signature/keys/init.ts";
import { openSigner } from "../../src/signature/keys/open.ts";
import { pemOf } from "../../src/signature/pem.ts";
import { fixedEnvironment, makeRoot, makeSigner, NOW } from "./pki.ts";

const version = spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "";
const hasOpenssl = /^OpenSSL [3-9]/u.test(version);
const base = mkdtempSync(join(tmpdir(), "exhibita-interop-"));
afterAll(() => rmSync(base, { recursive: true }));

const ATTIME = String(NOW.getTime() / 1000);
const PASSPHRASE = "a lighthouse at noon é";

function put(name: string, data: Uint8Array | string): string {
  const path = join(base, name);
  writeFileSync(path, data);
  return path;
}

function verifyWithOpenssl(signature: string, content: string, root: string): string {
  const args = ["cms", "-verify", "-cades", "-binary", "-purpose", "any", "-inform", "DER"];
  args.push("-in", signature, "-content", content, "-CAfile", root, "-attime", ATTIME);
  args.push("-out", "/dev/null");
  const run = spawnSync("openssl", args, { encoding: "utf8" });
  return `${run.status} ${run.stderr.trim()}`;
}

describe.skipIf(!hasOpenssl)("openssl 3 (skipped where it is not installed)", () => {
  const root = makeRoot();
  const content = put("content.xml", "<ASiCManifest>harbour</ASiCManifest>");

  for (const kind of ["P-256", "P-384", "RSA-3072"] as const) {
    for (const signingTime of [NOW, null]) {
      const form = signingTime === null ? "without" : "with";
      it(`accepts a ${kind} signature ${form} signing time as CAdES`, async () => {
        const signer = makeSigner(kind, root);
        const bytes = Buffer.from("<ASiCManifest>harbour</ASiCManifest>");
        const der = await signDetached(bytes, signer, { signingTime });
        const signature = put(`${kind}-${form}.p7s`, der);
        const rootFile = put("root.pem", pemOf([root.certificate]));
        expect(verifyWithOpenssl(signature, content, rootFile)).toBe(
          "0 CAdES Verification successful",
        );
        const other = put("other.xml", "<ASiCManifest>river</ASiCManifest>");
        expect(verifyWithOpenssl(signature, other, rootFile)).toMatch(/^4 /u);
      });
    }
  }

  it("opens an encrypted key, verifies its certificate, and accepts its signature", async () => {
    const folder = join(base, "keys");
    const request = { holder: "Ines Okafor", agency: "Harbour Unit", rootOut: null };
    const created = await initKeys(
      folder,
      { ...request, passphrase: PASSPHRASE },
      fixedEnvironment(),
    );
    const passphraseFile = put("passphrase", `${PASSPHRASE}\n`);
    const key = join(folder, "signers", created.id, "key.pem");
    const passin = ["-passin", `file:${passphraseFile}`];
    const shown = execFileSync("openssl", ["pkey", "-in", key, ...passin, "-noout", "-text"]);
    expect(shown.toString()).toContain("prime256v1");
    const verified = execFileSync(
      "openssl",
      ["verify", "-x509_strict", "-attime", ATTIME, "-CAfile", created.root, created.certificate],
      { encoding: "utf8" },
    );
    expect(verified).toContain(": OK");
    const signer = await openSigner(folder, created.id, async () => PASSPHRASE);
    const bytes = Buffer.from("<ASiCManifest>harbour</ASiCManifest>");
    const der = await signDetached(bytes, signer, { signingTime: NOW });
    const signature = put("made.p7s", der);
    expect(verifyWithOpenssl(signature, content, created.root)).toMatch(/^0 /u);
  });
});
