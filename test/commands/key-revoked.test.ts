/** `verify --revoked FILE`, as it is typed. */
import { sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Signer } from "../../src/model/signature.ts";
import { readCertificate } from "../../src/signature/certificate.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { pemOf } from "../../src/signature/pem.ts";
import { noticeContent, noticeText } from "../../src/signature/revocation.ts";
import { AGENCY, ANALYST, makeSample, scratch } from "../bundle/sample.ts";
import { makeRoot, NOW, signerOf } from "../signature/pki.ts";
import { run, type Setting } from "./host.ts";

const folder = scratch();
afterAll(folder.remove);
const setting: Setting = { cwd: folder.path, variables: { EXHIBITA_KEYS: "keys" } };

async function signAsRoot(bytes: Uint8Array): Promise<Buffer> {
  return sign("sha384", bytes, AGENCY.keys.privateKey);
}

async function writeNotice(name: string, signer: Signer): Promise<void> {
  const certificate = readCertificate(ANALYST.chain[0] ?? Buffer.of());
  if (certificate === null) throw new Error("the certificate cannot be read");
  const revocation = {
    reason: "key-compromise",
    revoked: "2026-03-01T00:00:00Z",
    note: null,
  } as const;
  const content = noticeContent(certificate, revocation);
  const signature = await signDetached(content, signer, { signingTime: NOW });
  writeFileSync(join(folder.path, name), noticeText(certificate, content, signature));
}

let line: readonly string[];
beforeAll(async () => {
  const sample = await makeSample(folder.path);
  writeFileSync(join(folder.path, "root.pem"), pemOf([AGENCY.certificate]));
  line = ["verify", sample.path, "--root", "root.pem"];
  const chain = [AGENCY.certificate];
  await writeNotice("notice.txt", {
    ...ANALYST,
    algorithm: "ecdsa-p384-sha384",
    chain,
    sign: signAsRoot,
  });
  const other = makeRoot("River Police root");
  await writeNotice("forged.txt", signerOf(other.keys, "ecdsa-p384-sha384", [other.certificate]));
});

describe("verify --revoked", () => {
  it("makes a signature without trusted time indeterminate", async () => {
    expect((await run(line, setting)).exit).toBe(0);
    const { exit, stdout } = await run([...line, "--revoked", "notice.txt"], setting);
    expect(exit).toBe(5);
    expect(stdout).toContain("was revoked as of 2026-03-01T00:00:00Z by Harbour Unit root");
  });

  it("ends with 12 over a notice of somebody who had no right to it, and judges nothing", async () => {
    const { exit, stdout, stderr } = await run([...line, "--revoked", "forged.txt"], setting);
    expect([exit, stdout]).toEqual([12, ""]);
    expect(stderr).toContain(
      "forged.txt is not honoured: River Police root neither holds nor issued",
    );
  });

  it("ends with 2 where there is no such file, with 12 where it is no notice", async () => {
    expect((await run([...line, "--revoked", "nosuch.txt"], setting)).exit).toBe(2);
    expect((await run([...line, "--revoked", "root.pem"], setting)).exit).toBe(12);
  });
});
