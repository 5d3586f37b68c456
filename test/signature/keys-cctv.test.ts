/** Public keys that some verifiers take for anybody's: low-order points and other spellings of a point. */
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { IssuerAndSerialNumber } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate } from "@peculiar/asn1-x509";
import { describe, expect, it } from "vitest";
import { admitPublicKey } from "../../src/signature/keys/admit.ts";
import { rootExtensions } from "../../src/signature/keys/extensions.ts";
import { readImport } from "../../src/signature/keys/import.ts";
import { pemOf } from "../../src/signature/pem.ts";
import { encode } from "../../src/signature/schema.ts";
import { trustRoot } from "../../src/signature/trust.ts";
import { failureOf, importOf, openDesk, pkcs8 } from "./desk.ts";
import { buffer, check, forge, root as forgedRoot, sorted } from "./forge.ts";
import { certify, fixedEnvironment, makeRoot } from "./pki.ts";

const environment = fixedEnvironment();
const root = makeRoot();

const VECTORS = join(
  import.meta.dirname,
  "../../../shared/samples/hostile/cctv-ed25519/ed25519vectors.json",
);

interface Vector {
  readonly key: string;
  readonly flags: readonly string[] | null;
}

/** SubjectPublicKeyInfo of RFC 8410 around 32 bytes. */
function ed25519Spki(key: string): Buffer {
  return Buffer.from(`302a300506032b6570032100${key}`, "hex");
}

/** A certificate made for another key, with this one put in its place and signed again by nobody. */
function certificateOf(key: string, template: Uint8Array, own: Buffer): Buffer {
  const der = Buffer.from(template);
  const at = der.indexOf(own);
  ed25519Spki(key).copy(der, at);
  return der;
}

describe.skipIf(!existsSync(VECTORS))(
  "the 914 Ed25519 keys of CCTV (skipped where they are not at hand)",
  () => {
    const vectors: readonly Vector[] = existsSync(VECTORS)
      ? JSON.parse(readFileSync(VECTORS, "utf8"))
      : [];
    const bad = vectors.filter(({ flags }) =>
      (flags ?? []).some((flag) => flag === "low_order_A" || flag === "non_canonical_A"),
    );
    const keys = [...new Set(vectors.map(({ key }) => key))];

    it("are never admitted to sign, to issue, or as a root, be they low-order, non-canonical or sound", async () => {
      expect(vectors).toHaveLength(914);
      expect(bad.length).toBeGreaterThan(100);
      const desk = openDesk();
      const pair = generateKeyPairSync("ed25519");
      const own = pair.publicKey.export({ type: "spki", format: "der" });
      const leaf = certify(pair, root);
      const key = createPrivateKey(pkcs8(pair.privateKey, null));
      const secret = desk.put("key.pem", pkcs8(key, null));
      const authority = certify(pair, root, { extensions: rootExtensions(pair.publicKey) });
      let accepted = 0;
      for (const each of keys) {
        const certificate = desk.put("leaf.pem", pemOf([certificateOf(each, leaf, own)]));
        const anchor = desk.put("root.pem", pemOf([certificateOf(each, authority, own)]));
        const attempts = [
          () => readImport(desk.folder, importOf([secret, certificate], null), environment),
          () => trustRoot(desk.folder, anchor),
          () => admitPublicKey(ed25519Spki(each), "a request"),
        ];
        for (const attempt of attempts) {
          const failure = await failureOf(attempt).catch(() => null);
          if (failure?.code !== "key-unusable") accepted += 1;
        }
      }
      expect(accepted).toBe(0);
      expect(existsSync(desk.folder)).toBe(false);
    });

    it("never make a signature intact, whoever stands behind it", () => {
      const pair = generateKeyPairSync("ed25519");
      const own = pair.publicKey.export({ type: "spki", format: "der" });
      const leaf = certify(pair, forgedRoot);
      for (const each of keys) {
        const certificate = certificateOf(each, leaf, own);
        const signature = forge((sealed, info) => {
          const { issuer, serialNumber } = AsnConvert.parse(
            certificate,
            Certificate,
          ).tbsCertificate;
          info.sid = encode(new IssuerAndSerialNumber({ issuer, serialNumber })).buffer;
          sealed.content.certificates = sorted([
            buffer(certificate),
            buffer(forgedRoot.certificate),
          ]);
        });
        expect(check(signature).problems[0]?.word).toMatch(/^(UNSUPPORTED|BAD SIGNATURE)$/);
      }
    });
  },
);
