import { createPublicKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../src/model/failure.ts";
import { fingerprintOf } from "../../src/signature/certificate.ts";
import { checkDetached } from "../../src/signature/check.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { initKeys, type KeyRequest } from "../../src/signature/keys/init.ts";
import { listKeys } from "../../src/signature/keys/list.ts";
import { openSigner } from "../../src/signature/keys/open.ts";
import { readPem } from "../../src/signature/pem.ts";
import { readRoots } from "../../src/signature/trust.ts";
import { fixedEnvironment, NOW } from "./pki.ts";

const base = mkdtempSync(join(tmpdir(), "exhibita-keys-"));
afterAll(() => rmSync(base, { recursive: true }));

let folder = "";
let made = 0;
beforeEach(() => {
  made += 1;
  folder = join(base, `keys-${made}`);
});

const environment = fixedEnvironment();
const ines: KeyRequest = {
  holder: "Inès Okafor",
  agency: "Harbour Unit",
  passphrase: null,
  rootOut: null,
};
const noPassphrase = async (): Promise<string | null> => null;

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Failure) return error;
  throw new Error("no Failure was thrown", { cause: error });
}

describe("a new key", () => {
  it("signs, and its root's file identifies it", async () => {
    const created = await initKeys(folder, ines, environment);
    const signer = await openSigner(folder, null, noPassphrase);
    const content = Buffer.from("manifest");
    const der = await signDetached(content, signer, { signingTime: NOW });
    const roots = readRoots(readFileSync(created.root, "utf8"), "root.pem");
    const check = checkDetached(der, content, {
      roots,
      at: NOW,
      certificates: signer.chain,
      signingTime: "required",
    });
    expect(check.problems).toEqual([]);
    expect([check.path.outcome, check.time.outcome]).toEqual(["pass", "pass"]);
    expect(check.signer).toMatchObject({ holder: "Inès Okafor", root: created.fingerprint });
  });

  it("has an id of the holder's name and its certificate, and the root's fingerprint", async () => {
    const created = await initKeys(folder, ines, environment);
    const [leaf, root] = readPem(readFileSync(created.certificate, "utf8"));
    expect(created.id).toBe(`ines-okafor-${fingerprintOf(leaf?.der ?? Buffer.of()).slice(0, 8)}`);
    expect(created.fingerprint).toBe(fingerprintOf(root?.der ?? Buffer.of()));
    expect(created).toMatchObject({ holder: "Inès Okafor", algorithm: "ecdsa-p256-sha256" });
  });

  it("lies in files that only their owner may read", async () => {
    const created = await initKeys(folder, ines, environment);
    const modes = ["", "roots", "signers", `signers/${created.id}`].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o700]);
    const key = join(folder, "signers", created.id, "key.pem");
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(statSync(created.root).mode & 0o777).toBe(0o600);
  });

  it("lasts 5 years under a root of 20", async () => {
    const created = await initKeys(folder, ines, environment);
    const root = new X509Certificate(readFileSync(created.root));
    const leaf = new X509Certificate(readFileSync(created.certificate));
    expect(leaf.validFromDate.toISOString()).toBe("2026-03-02T09:30:00.000Z");
    expect(leaf.validToDate.toISOString()).toBe("2031-03-02T09:30:00.000Z");
    expect(root.validToDate.toISOString()).toBe("2046-03-02T09:30:00.000Z");
    expect(root.publicKey.asymmetricKeyDetails?.namedCurve).toBe("secp384r1");
    expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
  });

  it("never outlives its root", async () => {
    await initKeys(folder, ines, environment);
    const late = fixedEnvironment(new Date("2044-01-01T00:00:00Z"));
    await initKeys(folder, { ...ines, holder: "Tomas Lindqvist" }, late);
    const ends = listKeys(folder).map(({ validTo }) => validTo);
    expect(ends).toEqual(["2031-03-02T09:30:00.000Z", "2046-03-02T09:30:00.000Z"]);
  });
});

describe("a second key in the folder", () => {
  it("is issued by the same agency's root", async () => {
    const first = await initKeys(folder, ines, environment);
    const second = await initKeys(folder, { ...ines, holder: "Tomas Lindqvist" }, environment);
    expect(second.root).toBe(first.root);
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(readdirSync(join(folder, "roots"))).toHaveLength(1);
  });

  it("of another agency has another root", async () => {
    const first = await initKeys(folder, ines, environment);
    const second = await initKeys(folder, { ...ines, agency: "River Police" }, environment);
    expect(second.fingerprint).not.toBe(first.fingerprint);
  });

  it("of a person without an agency has a root of that person", async () => {
    await initKeys(folder, { ...ines, agency: null }, environment);
    const [entry] = listKeys(folder);
    expect(entry).toMatchObject({ holder: "Inès Okafor", agency: null, encrypted: false });
  });

  it("must be named when signing", async () => {
    const first = await initKeys(folder, ines, environment);
    const second = await initKeys(folder, { ...ines, holder: "Tomas Lindqvist" }, environment);
    const failure = await failureOf(openSigner(folder, null, noPassphrase));
    expect(failure.code).toBe("usage");
    expect(failure.hints).toEqual([`--key ${first.id}`, `--key ${second.id}`]);
    const signer = await openSigner(folder, second.id, noPassphrase);
    expect(signer.holder).toBe("Tomas Lindqvist");
  });
});

describe("the root's key kept elsewhere", () => {
  it("is not in the folder, and issues another signer when it is named", async () => {
    const rootOut = join(base, `root-${made}.pem`);
    const first = await initKeys(folder, { ...ines, rootOut }, environment);
    const inFolder = readdirSync(join(first.root, ".."));
    expect(inFolder).toEqual(["certificate.pem"]);
    expect(statSync(rootOut).mode & 0o777).toBe(0o600);
    const failure = await failureOf(initKeys(folder, ines, environment));
    expect(failure.message).toBe("the root key of Harbour Unit root is not in the key folder");
    const second = await initKeys(folder, { ...ines, rootOut }, environment);
    expect(second.fingerprint).toBe(first.fingerprint);
  });

  it("never overwrites a file", async () => {
    const rootOut = join(base, `root-${made}.pem`);
    writeFileSync(rootOut, "a letter");
    const failure = await failureOf(initKeys(folder, { ...ines, rootOut }, environment));
    expect(failure.code).toBe("target-exists");
    expect(readFileSync(rootOut, "utf8")).toBe("a letter");
    expect(listKeys(folder)).toEqual([]);
  });

  it("is refused where the file holds another key", async () => {
    const rootOut = join(base, `root-${made}.pem`);
    const other = join(base, `other-${made}.pem`);
    await initKeys(folder, { ...ines, rootOut }, environment);
    await initKeys(`${folder}-b`, { ...ines, rootOut: other }, environment);
    const failure = await failureOf(initKeys(folder, { ...ines, rootOut: other }, environment));
    expect(failure.code).toBe("key-unusable");
  });
});

describe("an encrypted key", () => {
  const passphrase = "a lighthouse at noon";

  it("opens with its passphrase and with no other", async () => {
    const created = await initKeys(folder, { ...ines, passphrase }, environment);
    expect(listKeys(folder)[0]).toMatchObject({ id: created.id, encrypted: true });
    const signer = await openSigner(folder, created.id, async () => passphrase);
    expect(signer.id).toBe(created.id);
    const wrong = await failureOf(openSigner(folder, null, async () => "a lighthouse at night"));
    expect([wrong.code, wrong.message]).toEqual([
      "key-unusable",
      `wrong passphrase for key ${created.id}`,
    ]);
    const none = await failureOf(openSigner(folder, null, noPassphrase));
    expect(none.message).toBe(`key ${created.id} needs its passphrase`);
  });

  it("of the root guards the issue of further signers", async () => {
    await initKeys(folder, { ...ines, passphrase }, environment);
    const failure = await failureOf(initKeys(folder, { ...ines, passphrase: "no" }, environment));
    expect(failure.message).toBe("wrong passphrase for the root key of Harbour Unit root");
    expect(listKeys(folder)).toHaveLength(1);
  });
});

describe("a key that cannot be used", () => {
  it("is told apart from an empty folder", async () => {
    const failure = await failureOf(openSigner(folder, null, noPassphrase));
    expect(failure.code).toBe("key-unusable");
    expect(failure.hints).toEqual(["make one with: exhibita key init --holder NAME"]);
  });

  it("is named where it is not there, and never taken as a path", async () => {
    await initKeys(folder, ines, environment);
    const failure = await failureOf(openSigner(folder, "../signers", noPassphrase));
    expect(failure.message).toBe("there is no key ../signers");
  });

  it("is refused after its certificate has ended", async () => {
    const created = await initKeys(folder, ines, environment);
    const late = new Date("2031-03-02T09:30:01Z");
    const failure = await failureOf(openSigner(folder, null, noPassphrase, late));
    expect(failure.message).toContain(`the certificate of key ${created.id} is valid from`);
    const signer = await openSigner(folder, null, noPassphrase);
    const signing = await failureOf(signDetached(Buffer.of(), signer, { signingTime: late }));
    expect(signing.code).toBe("key-unusable");
  });

  it("is refused where its key is not that of its certificate", async () => {
    const first = await initKeys(folder, ines, environment);
    const second = await initKeys(folder, { ...ines, holder: "Tomas Lindqvist" }, environment);
    const [mine, other] = [first.id, second.id].map((id) => join(folder, "signers", id, "key.pem"));
    writeFileSync(mine ?? "", readFileSync(other ?? ""));
    const failure = await failureOf(openSigner(folder, first.id, noPassphrase));
    expect(failure.message).toBe(`the certificate of key ${first.id} is not for its key`);
  });

  it("is refused at birth with a name no certificate can hold", async () => {
    for (const holder of ["  ", "x".repeat(60), "Ines\u202eOkafor", "Ines\nOkafor"]) {
      const failure = await failureOf(initKeys(folder, { ...ines, holder }, environment));
      expect(failure.code).toBe("usage");
    }
    const failure = await failureOf(initKeys(folder, { ...ines, passphrase: "" }, environment));
    expect(failure.code).toBe("usage");
  });
});

describe("a holder's name", () => {
  it("stays as it is in the certificate, whatever its script", async () => {
    const created = await initKeys(folder, { ...ines, holder: "محمد العلي" }, environment);
    expect(created.id).toMatch(/^key-[0-9a-f]{8}$/u);
    expect(listKeys(folder)[0]?.holder).toBe("محمد العلي");
    const leaf = new X509Certificate(readFileSync(created.certificate));
    expect(createPublicKey(leaf.publicKey.export({ type: "spki", format: "pem" })).type).toBe(
      "public",
    );
  });
});
