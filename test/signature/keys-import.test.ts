import { generateKeyPairSync } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rootExtensions } from "../../src/signature/keys/extensions.ts";
import { readImport } from "../../src/signature/keys/import.ts";
import { listKeys } from "../../src/signature/keys/list.ts";
import { openSigner } from "../../src/signature/keys/open.ts";
import { pemOf, writePem } from "../../src/signature/pem.ts";
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
import { certify, fixedEnvironment, keyPair, makeRoot, NOW, type Pair } from "./pki.ts";

const environment = fixedEnvironment();
const root = makeRoot();
const DAY = 86_400_000;

/** A key and its chain in one PEM file, as agencies hand them out. */
function pemFile(
  desk: Desk,
  keys: Pair,
  certificate: Uint8Array,
  passphrase: string | null,
): string {
  const chain = pemOf([certificate, root.certificate]);
  return desk.put("ana.pem", pkcs8(keys.privateKey, passphrase) + chain);
}

describe("a key in PEM", () => {
  for (const kind of ["P-256", "P-384", "RSA-3072"] as const) {
    it(`of ${kind}, encrypted, is taken over with its chain and signs`, async () => {
      const desk = openDesk();
      const keys = keyPair(kind);
      const file = pemFile(desk, keys, certify(keys, root), PASSPHRASE);
      const signer = await (await readImport(desk.folder, importOf([file]), environment)).store();
      const opened = await openSigner(desk.folder, signer.id, async () => PASSPHRASE, NOW);
      expect(opened.chain).toHaveLength(2);
      expect((await opened.sign(Buffer.from("manifest"))).length).toBeGreaterThan(60);
    });
  }

  it("may lie in another file than its certificates, whatever their order", async () => {
    const desk = openDesk();
    const keys = keyPair("P-256");
    const key = desk.put("key.pem", pkcs8(keys.privateKey, null));
    const chain = desk.put("chain.pem", pemOf([root.certificate, certify(keys, root)]));
    const found = await readImport(desk.folder, importOf([chain, key], null), environment);
    expect(found.signer.holder).toBe("Ines Okafor");
    await found.store();
    expect(listKeys(desk.folder)[0]).toMatchObject({ encrypted: false });
  });

  it("takes its certificate in DER too", async () => {
    const desk = openDesk();
    const keys = keyPair("P-256");
    const key = desk.put("key.pem", pkcs8(keys.privateKey, null));
    const der = desk.put("ana.cer", certify(keys, root));
    const found = await readImport(desk.folder, importOf([key, der], null), environment);
    expect(found.signer.holder).toBe("Ines Okafor");
  });

  it("in the forms of before PKCS#8 is read, with a word on MD5 where it is encrypted", async () => {
    const desk = openDesk();
    const keys = keyPair("P-256");
    const sec1 = { type: "sec1", format: "pem" } as const;
    const chain = pemOf([certify(keys, root)]);
    const plain = desk.put("plain.pem", keys.privateKey.export(sec1).toString() + chain);
    const sealed = keys.privateKey.export({
      ...sec1,
      cipher: "aes-128-cbc",
      passphrase: PASSPHRASE,
    });
    const old = desk.put("old.pem", sealed.toString() + chain);
    expect((await readImport(desk.folder, importOf([plain]), environment)).warnings).toEqual([]);
    const { warnings } = await readImport(desk.folder, importOf([old]), environment);
    expect(warnings.join()).toContain("weakly protected, by one round of MD5");
  });

  it("is refused under a wrong passphrase, and without one", async () => {
    const desk = openDesk();
    const keys = keyPair("P-256");
    const file = pemFile(desk, keys, certify(keys, root), PASSPHRASE);
    const read = (passphrase: string | null) => () =>
      readImport(desk.folder, importOf([file], passphrase), environment);
    expect((await failureOf(read("night"))).message).toBe(`wrong passphrase for ${file}`);
    expect((await failureOf(read(null))).message).toBe(`${file} needs its passphrase`);
  });

  it("writes nothing until it is stored, and never over a key that is there", async () => {
    const desk = openDesk();
    const keys = keyPair("P-256");
    const file = pemFile(desk, keys, certify(keys, root), null);
    const found = await readImport(desk.folder, importOf([file], null), environment);
    expect(existsSync(desk.folder)).toBe(false);
    await found.store();
    expect((await failureOf(found.store)).code).toBe("target-exists");
    expect(readdirSync(join(desk.folder, "signers"))).toEqual([found.signer.id]);
  });

  it("leaves out certificates that vouch for nobody, and says so", async () => {
    const desk = openDesk();
    const keys = keyPair("P-256");
    const stray = makeRoot("River Police root");
    const file = desk.put(
      "ana.pem",
      pkcs8(keys.privateKey, null) + pemOf([certify(keys, root), stray.certificate]),
    );
    const { warnings, store } = await readImport(desk.folder, importOf([file], null), environment);
    expect(warnings).toEqual([
      "the certificate of River Police root vouches for nobody here and is left out",
    ]);
    const { certificate } = await store();
    expect(readFileSync(certificate, "utf8").match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
  });

  it("among several is the one that may sign, or has to be named", async () => {
    const desk = openDesk();
    const [one, two, weak] = [keyPair("P-256"), keyPair("P-384"), keyPair("RSA-1024")];
    const certificates = [certify(one, root, { name: "Ana Vega" }), certify(weak, root)];
    const text = [one, two, weak].map((pair) => pkcs8(pair.privateKey, null)).join("");
    const single = desk.put("single.pem", text + pemOf(certificates));
    const found = await readImport(desk.folder, importOf([single], null), environment);
    expect(found.signer.holder).toBe("Ana Vega");
    const double = desk.put("double.pem", text + pemOf([...certificates, certify(two, root)]));
    const read = (name: string | null) => () =>
      readImport(desk.folder, { ...importOf([double], null), name }, environment);
    const failure = await failureOf(read(null));
    expect(failure.code).toBe("usage");
    expect(failure.hints).toHaveLength(2);
    const [prefix = ""] = /[0-9a-f]{8}/.exec(failure.hints[0] ?? "") ?? [];
    expect((await read(prefix)()).signer.certificateFingerprint).toMatch(new RegExp(`^${prefix}`));
  });
});

/** Why the import of a key with this certificate is refused, with nothing written. */
async function refusal(keys: Pair, certificate: Uint8Array): Promise<string> {
  const desk = openDesk();
  const file = pemFile(desk, keys, certificate, null);
  const failure = await failureOf(() =>
    readImport(desk.folder, importOf([file], null), environment),
  );
  expect(failure.code).toBe("key-unusable");
  expect(existsSync(desk.folder)).toBe(false);
  return failure.message.replace(`${file} `, "");
}

async function refused(keys: Pair): Promise<string> {
  return refusal(keys, certify(keys, root));
}

describe("a key that may not sign", () => {
  it("is refused for its kind, its curve or its length", async () => {
    expect(await refused(keyPair("RSA-1024"))).toBe(
      "cannot sign bundles: the key is RSA of 1024 bits",
    );
    expect(await refused(keyPair("P-521"))).toContain("of the elliptic curve secp521r1");
    expect(await refused(generateKeyPairSync("ed25519"))).toContain("Ed25519");
    expect(await refused(generateKeyPairSync("rsa-pss", { modulusLength: 2048 }))).toContain(
      "rsa-pss",
    );
  });

  it("is refused where its certificate spells the curve out, or presses the point", async () => {
    const explicit = generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" });
    expect(await refusal(explicit, certify(explicit, root))).toContain("canonical encoding");
  });

  it("is refused where its certificate has ended, or is not valid yet", async () => {
    const keys = keyPair("P-256");
    const past = new Date(NOW.getTime() - DAY);
    const future = new Date(NOW.getTime() + DAY);
    expect(await refusal(keys, certify(keys, root, { validTo: past }))).toBe(
      "cannot sign bundles: the certificate of Ines Okafor ended at 2026-03-01T09:30:00.000Z",
    );
    expect(await refusal(keys, certify(keys, root, { validFrom: future }))).toContain(
      "is not valid before 2026-03-03T09:30:00.000Z",
    );
  });

  it("is refused without a certificate, or with another's", async () => {
    const keys = keyPair("P-256");
    expect(await refusal(keys, certify(keyPair("P-256"), root))).toBe(
      "holds no certificate for its key",
    );
  });

  it("is refused under a certificate of other uses", async () => {
    const keys = keyPair("P-256");
    const extensions = rootExtensions(keys.publicKey);
    expect(await refusal(keys, certify(keys, root, { extensions }))).toContain(
      "is not for signatures by its key usage",
    );
  });

  it.skipIf(!hasOpenssl)(
    "is refused under a certificate signed with SHA-1 (skipped without openssl 3)",
    async () => {
      const desk = openDesk();
      const [key, out] = [desk.path("key.pem"), desk.path("sha1.pem")];
      openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-sha1",
        "-subj",
        "/CN=Ana Vega",
        "-days",
        "30",
        "-keyout",
        key,
        "-out",
        out,
      );
      const failure = await failureOf(() =>
        readImport(desk.folder, importOf([key, out], null), environment),
      );
      expect(failure.message).toContain(
        "the certificate of Ana Vega is signed with SHA-1, which is broken",
      );
    },
  );

  it("is refused where the file is something else", async () => {
    const desk = openDesk();
    const read = (file: string) => () =>
      readImport(desk.folder, importOf([file], null), environment);
    const letter = desk.put("letter.txt", "Dear Ana");
    expect((await failureOf(read(letter))).message).toBe(
      `${letter} is neither PEM nor PKCS#12 nor a certificate`,
    );
    const ssh = desk.put("id", writePem("OPENSSH PRIVATE KEY", Buffer.from("openssh-key-v1")));
    expect((await failureOf(read(ssh))).message).toContain("but OPENSSH PRIVATE KEY");
    const large = desk.put("large.pem", Buffer.alloc(2 ** 20 + 1));
    expect((await failureOf(read(large))).message).toContain("is too large");
    expect((await failureOf(read(desk.path("nosuch.pem")))).message).toContain("no such file");
  });
});
