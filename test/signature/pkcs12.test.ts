/** Keys as agencies and issuers of electronic identities hand them out: written by openssl, read here. */
import { createHmac, pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PFX } from "@peculiar/asn1-pfx";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { describe, expect, it } from "vitest";
import { checkDetached } from "../../src/signature/check.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { type Importable, readImport } from "../../src/signature/keys/import.ts";
import { roundsExcess } from "../../src/signature/keys/pkcs12/protection.ts";
import { openSigner } from "../../src/signature/keys/open.ts";
import { pemOf } from "../../src/signature/pem.ts";
import { encode } from "../../src/signature/schema.ts";
import {
  type Desk,
  failureOf,
  hasOpenssl,
  importOf,
  openDesk,
  openssl,
  PASSPHRASE,
  pkcs8,
} from "./desk.ts";
import { certify, fixedEnvironment, keyPair, makeRoot, NOW, trusted } from "./pki.ts";

const environment = fixedEnvironment();
const root = makeRoot();
const ana = keyPair("P-256");
const anaCertificate = certify(ana, root, { name: "Ana Vega" });

const OLD_3DES = ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"];

/** A PKCS#12 file of openssl's, with Ana's key and its chain. */
function exported(desk: Desk, name: string, ...flags: readonly string[]): string {
  const key = desk.put("key.pem", pkcs8(ana.privateKey, null));
  const chain = desk.put("chain.pem", pemOf([anaCertificate, root.certificate]));
  // openssl reads one line for each passphrase that the same file holds.
  const secret = desk.put("secret", `${PASSPHRASE}\n`.repeat(2));
  const out = desk.path(name);
  openssl(
    "pkcs12",
    "-export",
    "-inkey",
    key,
    "-in",
    chain,
    "-name",
    "Ana's key",
    "-out",
    out,
    "-passout",
    `file:${secret}`,
    ...flags,
  );
  return out;
}

function read(
  desk: Desk,
  file: string,
  passphrase: string | null = PASSPHRASE,
): Promise<Importable> {
  return readImport(desk.folder, importOf([file], passphrase), environment);
}

const NULL = Buffer.from("0500", "hex");

/** Elements in DER, each shorter than 128 bytes. */
function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag, content.length), content]);
}
const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, ...parts);
const octets = (bytes: Buffer): Buffer => element(0x04, bytes);
const oid = (hex: string): Buffer => element(0x06, Buffer.from(hex, "hex"));

/** The file with another seal, as openssl writes it from 3.4 on: PBKDF2 and HMAC of SHA-256. */
function withPbmac1(file: Uint8Array): Uint8Array {
  const pfx = AsnConvert.parse(file, PFX);
  const content = AsnConvert.parse(pfx.authSafe.content, OctetString).buffer;
  const [salt, rounds] = [Buffer.from("saltsalt"), 2048];
  const key = pbkdf2Sync(PASSPHRASE, salt, rounds, 32, "sha256");
  const digest = createHmac("sha256", key).update(new Uint8Array(content)).digest();
  const hmac = sequence(oid("2a864886f70d0209"), NULL);
  const derivation = sequence(octets(salt), Buffer.from("02020800", "hex"), hmac);
  const parameters = sequence(sequence(oid("2a864886f70d01050c"), derivation), hmac);
  pfx.macData.mac.digestAlgorithm = new AlgorithmIdentifier({
    algorithm: "1.2.840.113549.1.5.14",
    parameters: Uint8Array.from(parameters).buffer,
  });
  pfx.macData.mac.digest = new OctetString(digest);
  return encode(pfx);
}

describe.skipIf(!hasOpenssl)("a PKCS#12 file (skipped where openssl 3 is not installed)", () => {
  it("as openssl 3 writes it gives a key that signs, under its chain", async () => {
    const desk = openDesk();
    const found = await read(desk, exported(desk, "ana.p12"));
    expect(found.warnings).toEqual([]);
    const signer = await found.store();
    expect(signer).toMatchObject({ holder: "Ana Vega", algorithm: "ecdsa-p256-sha256" });
    const opened = await openSigner(desk.folder, signer.id, async () => PASSPHRASE, NOW);
    const der = await signDetached(Buffer.from("manifest"), opened, { signingTime: NOW });
    const check = checkDetached(der, Buffer.from("manifest"), {
      roots: trusted(root.certificate),
      at: NOW,
      certificates: [anaCertificate, root.certificate],
      signingTime: "required",
    });
    expect([check.problems, check.path.outcome]).toEqual([[], "pass"]);
  });

  it("is kept under our own encryption, which openssl opens again", async () => {
    const desk = openDesk();
    const { id } = await (await read(desk, exported(desk, "ana.p12"))).store();
    const key = join(desk.folder, "signers", id, "key.pem");
    expect(readFileSync(key, "utf8")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    const shown = openssl(
      "pkey",
      "-in",
      key,
      "-passin",
      `file:${desk.path("secret")}`,
      "-noout",
      "-text",
    );
    expect(shown).toContain("prime256v1");
  });

  for (const macalg of ["sha1", "sha256", "sha384", "sha512"]) {
    it(`sealed with ${macalg} is read, and refused under another passphrase`, async () => {
      const desk = openDesk();
      const file = exported(desk, "ana.p12", "-macalg", macalg);
      expect((await read(desk, file)).signer.holder).toBe("Ana Vega");
      const failure = await failureOf(() => read(desk, file, "a lighthouse at night"));
      expect([failure.code, failure.message]).toEqual([
        "key-unusable",
        `wrong passphrase for ${file}`,
      ]);
    });
  }

  for (const cipher of ["AES-128-CBC", "AES-192-CBC", "DES-EDE3-CBC"]) {
    it(`encrypted with PBES2 and ${cipher} is read`, async () => {
      const desk = openDesk();
      const file = exported(desk, "ana.p12", "-keypbe", cipher, "-certpbe", cipher);
      const { warnings } = await read(desk, file);
      expect(warnings.join()).toMatch(
        cipher.startsWith("DES") ? /weakly protected, by 3DES/ : /^$/,
      );
    });
  }

  it("of old 3DES is read, with a word on its weakness", async () => {
    const desk = openDesk();
    const file = exported(desk, "old.p12", ...OLD_3DES);
    const { warnings, signer } = await read(desk, file);
    expect(signer.holder).toBe("Ana Vega");
    expect(warnings).toEqual([
      `${file} is weakly protected, by 3DES with SHA-1 (2048 rounds): whoever gets a copy can guess its passphrase, so destroy it once the key is in the key folder`,
    ]);
  });

  it("of RC2 is refused before a passphrase is asked, with the command that converts it", async () => {
    const desk = openDesk();
    const file = exported(desk, "rc2 file.p12", "-legacy");
    const request = importOf([file]);
    const failure = await failureOf(() =>
      readImport(
        desk.folder,
        { ...request, passphrase: () => Promise.reject(new Error("asked for a passphrase")) },
        environment,
      ),
    );
    expect(failure.message).toContain("is protected by RC2 of 40 bits, which is broken");
    const [command = "", next] = failure.hints;
    expect(command).toBe(
      `convert it with: openssl pkcs12 -legacy -in '${file}' -out converted.pem`,
    );
    expect(next).toBe("then: exhibita key import converted.pem");
    const converted = desk.path("converted.pem");
    const pass = `file:${desk.path("secret")}`;
    openssl("pkcs12", "-legacy", "-in", file, "-out", converted, "-passin", pass, "-passout", pass);
    const { signer } = await read(desk, converted);
    expect(signer).toMatchObject({ holder: "Ana Vega" });
  });

  it("of RC4 is refused too", async () => {
    const desk = openDesk();
    const rc4 = ["-legacy", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "PBE-SHA1-RC4-128"];
    const failure = await failureOf(() => read(desk, exported(desk, "rc4.p12", ...rc4)));
    expect(failure.message).toContain("is protected by RC4, which is broken");
  });

  it("sealed with PBMAC1 (RFC 9579) is read, and refused under another passphrase", async () => {
    const desk = openDesk();
    const file = desk.put("new.p12", withPbmac1(readFileSync(exported(desk, "ana.p12"))));
    expect((await read(desk, file)).signer.holder).toBe("Ana Vega");
    const failure = await failureOf(() => read(desk, file, "a lighthouse at night"));
    expect(failure.message).toBe(`wrong passphrase for ${file}`);
  });

  it("without a seal is read, and says so", async () => {
    const desk = openDesk();
    const file = exported(desk, "nomac.p12", "-nomac");
    expect((await read(desk, file)).warnings).toEqual([
      `${file} carries no seal (MAC) that would show a change`,
    ]);
    const failure = await failureOf(() => read(desk, file, "a lighthouse at night"));
    expect(failure.message).toBe(`wrong passphrase for ${file}`);
  });

  it("with an empty passphrase is read", async () => {
    const desk = openDesk();
    const file = exported(desk, "empty.p12", "-passout", "pass:");
    expect((await read(desk, file, "")).signer.holder).toBe("Ana Vega");
  });

  it("changed in any byte gives no key, or the same one", async () => {
    const desk = openDesk();
    const file = exported(desk, "ana.p12", "-noiter", "-nomaciter");
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      const path = desk.put("changed.p12", changed);
      const outcome = await read(desk, path).then(
        ({ signer }) => signer.holder,
        (error: unknown) => (error instanceof Error ? error.name : "thrown"),
      );
      expect(["Failure", "Ana Vega"]).toContain(outcome);
    }
  });

  it("of a number of rounds that is none, or would take hours, is refused", async () => {
    const desk = openDesk();
    const file = exported(desk, "slow.p12", "-iter", "2049");
    const bytes = readFileSync(file);
    const at = bytes.lastIndexOf(Buffer.from([0x02, 0x02, 0x08, 0x01]));
    const path = desk.put(
      "slow.p12",
      Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([0x02, 0x02, 0xff, 0xff]),
        bytes.subarray(at + 4),
      ]),
    );
    const failure = await failureOf(() => read(desk, path));
    expect(failure.message).toContain("a key derivation of -1 rounds");
    expect([1, 2048, 5_000_000].map(roundsExcess)).toEqual([null, null, null]);
    expect(roundsExcess(5_000_001)).toBe("a key derivation of 5000001 rounds");
  });
});
