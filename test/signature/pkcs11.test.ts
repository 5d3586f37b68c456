/** Keys on a card: SoftHSM2 plays one, with a token of its own for this file. */
import { verify } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkDetached } from "../../src/signature/check.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { applyWithCard } from "../../src/signature/keys/apply.ts";
import { readImport } from "../../src/signature/keys/import.ts";
import { initKeys } from "../../src/signature/keys/init.ts";
import { readApplication } from "../../src/signature/keys/grant.ts";
import { listKeys } from "../../src/signature/keys/list.ts";
import { openSigner } from "../../src/signature/keys/open.ts";
import { readCardKey } from "../../src/signature/keys/pkcs11/add.ts";
import { signingKeys } from "../../src/signature/keys/pkcs11/objects.ts";
import { signingOn } from "../../src/signature/keys/pkcs11/sign.ts";
import { openToken, unlock } from "../../src/signature/keys/pkcs11/token.ts";
import { pemOf } from "../../src/signature/pem.ts";
import { type Desk, failureOf, hasOpenssl, importOf, openDesk, openssl } from "./desk.ts";
import { certify, fixedEnvironment, keyPair, makeRoot, NOW, type Pair, trusted } from "./pki.ts";
import {
  cardOf,
  createObject,
  insertCard,
  LABEL,
  missing,
  module,
  PIN,
  putKey,
  rightPin,
} from "./softhsm.ts";

/** The card: two keys and no certificate, as a card comes from its maker. */
const ec = keyPair("P-256");
const rsa = keyPair("RSA-3072");

insertCard();
putKey(ec, "sign", "01");
putKey(rsa, "archive", "02");

const environment = fixedEnvironment();
const root = makeRoot();
const CONTENT = Buffer.from("<ASiCManifest>harbour</ASiCManifest>");

function chainFile(desk: Desk, keys: Pair): string {
  return desk.put(
    "chain.pem",
    pemOf([certify(keys, root, { name: "Ana Vega" }), root.certificate]),
  );
}

describe.skipIf(missing !== null)(`a key on a card (${missing ?? "SoftHSM2"})`, () => {
  for (const [kind, keys, name] of [
    ["P-256", ec, "sign"],
    ["RSA-3072", rsa, "archive"],
  ] as const) {
    it(`of ${kind} signs, and its signature is intact and identified`, async () => {
      const desk = openDesk();
      const chain = chainFile(desk, keys);
      const request = cardOf({ name, certificates: [chain] });
      const added = await (await readCardKey(desk.folder, request, environment)).store();
      const signer = await openSigner(desk.folder, added.id, rightPin, NOW);
      const der = await signDetached(CONTENT, signer, { signingTime: NOW });
      const check = checkDetached(der, CONTENT, {
        roots: trusted(root.certificate),
        at: NOW,
        certificates: signer.chain,
        signingTime: "required",
      });
      expect([check.problems, check.path.outcome]).toEqual([[], "pass"]);
      expect(listKeys(desk.folder)[0]).toMatchObject({ token: "Ana's card", encrypted: true });
    });

    it.skipIf(!hasOpenssl)(
      `of ${kind} makes CAdES that openssl accepts (or no openssl 3)`,
      async () => {
        const desk = openDesk();
        const request = cardOf({ name, certificates: [chainFile(desk, keys)] });
        const { id } = await (await readCardKey(desk.folder, request, environment)).store();
        const signer = await openSigner(desk.folder, id, rightPin, NOW);
        const signature = desk.put(
          "s.p7s",
          await signDetached(CONTENT, signer, { signingTime: NOW }),
        );
        const anchor = desk.put("root.pem", pemOf([root.certificate]));
        const at = String(NOW.getTime() / 1000);
        const said = openssl(
          "cms",
          "-verify",
          "-cades",
          "-binary",
          "-purpose",
          "any",
          "-inform",
          "DER",
          "-in",
          signature,
          "-content",
          desk.put("content", CONTENT),
          "-CAfile",
          anchor,
          "-attime",
          at,
          "-out",
          "/dev/null",
        );
        expect(said).toContain("CAdES Verification successful");
      },
    );
  }

  it("leaves nothing secret in the key folder", async () => {
    const desk = openDesk();
    const request = cardOf({ name: "sign", certificates: [chainFile(desk, ec)] });
    const { id } = await (await readCardKey(desk.folder, request, environment)).store();
    const card = join(desk.folder, "signers", id, "card.json");
    expect(statSync(card).mode & 0o777).toBe(0o600);
    const text = readFileSync(card, "utf8");
    expect(JSON.parse(text)).toMatchObject({ schema: 1, module, token: "Ana's card", key: "01" });
    expect(text).not.toContain(PIN);
  });

  it("has to be named among several, by label or id", async () => {
    const desk = openDesk();
    const certificates = [chainFile(desk, ec)];
    const found = await readCardKey(desk.folder, cardOf({ certificates }), environment);
    expect(found.signer.algorithm).toBe("ecdsa-p256-sha256");
    const none = await failureOf(() => readCardKey(desk.folder, cardOf(), environment));
    expect(none.code).toBe("usage");
    expect(none.hints.toSorted()).toEqual([
      '--name "archive" or --name 02',
      '--name "sign" or --name 01',
    ]);
    const wrong = await failureOf(() =>
      readCardKey(desk.folder, cardOf({ name: "03" }), environment),
    );
    expect(wrong.message).toBe("the card Ana's card holds no signing key 03");
  });

  it("is refused with another key's certificate", async () => {
    const desk = openDesk();
    const request = cardOf({ name: "sign", certificates: [chainFile(desk, rsa)] });
    const failure = await failureOf(() => readCardKey(desk.folder, request, environment));
    expect(failure.message).toBe("the card Ana's card holds no certificate for its key");
  });

  it("may be certified: requested, issued, taken in, and it signs", async () => {
    const desk = openDesk();
    const office = openDesk();
    const harbour = {
      holder: "Ines Okafor",
      agency: "Harbour Unit",
      passphrase: null,
      rootOut: null,
    };
    await initKeys(office.folder, harbour, environment);
    const applicant = { holder: "Ana Vega", agency: "Harbour Unit" };
    const asked = await applyWithCard(desk.folder, applicant, cardOf({ name: "sign" }));
    const request = { request: asked.request, agency: null, expected: asked.fingerprint };
    const issuable = readApplication(office.folder, request, environment);
    const out = desk.path("issued.pem");
    await issuable.issue(out, { keyFile: null, passphrase: async () => null });
    const added = await (await readImport(desk.folder, importOf([out]), environment)).store();
    const signer = await openSigner(desk.folder, added.id, rightPin, NOW);
    const der = await signDetached(CONTENT, signer, { signingTime: NOW });
    const options = { roots: [], at: NOW, certificates: null, signingTime: "required" } as const;
    expect(checkDetached(der, CONTENT, options).problems).toEqual([]);
  });

  it("is told by its card's label, and the cards at hand are named", async () => {
    const desk = openDesk();
    const failure = await failureOf(() =>
      readCardKey(desk.folder, cardOf({ token: "Ben's card" }), environment),
    );
    expect(failure.message).toBe(`${module} shows no card Ben's card`);
    expect(failure.hints).toEqual(['--token "Ana\'s card" is there']);
  });

  it("is refused where the module is none", async () => {
    const desk = openDesk();
    const file = desk.put("module.so", "no library");
    const read = (path: string) => () =>
      readCardKey(desk.folder, cardOf({ module: path }), environment);
    expect((await failureOf(read(file))).message).toBe(
      `${file} is no PKCS#11 module for this machine`,
    );
    expect((await failureOf(read("/nosuch.so"))).message).toBe(
      "there is no PKCS#11 module /nosuch.so",
    );
  });

  it("of RSA signs on cards that do not hash by themselves", async () => {
    const token = await openToken({ module, token: LABEL, serial: null });
    await unlock(token, rightPin);
    const key = signingKeys(token).find(({ label }) => label === "archive");
    if (key === undefined) throw new Error("the key is not on the card");
    const bare = { ...token, mechanisms: new Set([0x0001]) };
    const value = await signingOn(bare, key, "rsa-sha256", PIN)(CONTENT);
    expect(verify("sha256", CONTENT, rsa.publicKey, value)).toBe(true);
    const useless = { ...token, mechanisms: new Set([0x1041]) };
    expect((await failureOf(() => signingOn(useless, key, "rsa-sha256", PIN))).message).toBe(
      "the card Ana's card does not sign by RSA with PKCS#1 v1.5",
    );
  });

  it("that asks for its PIN at each signature is given it each time", async () => {
    const token = await openToken({ module, token: LABEL, serial: null });
    await unlock(token, rightPin);
    const strict = keyPair("P-256");
    const { d = "" } = strict.privateKey.export({ format: "jwk" });
    createObject(token, [
      { type: 0x000, value: 3 },
      { type: 0x100, value: 3 },
      { type: 0x002, value: true },
      { type: 0x003, value: "strict" },
      { type: 0x102, value: Buffer.from("05", "hex") },
      { type: 0x108, value: true },
      { type: 0x202, value: true },
      { type: 0x180, value: Buffer.from("06082a8648ce3d030107", "hex") },
      { type: 0x011, value: Buffer.from(d, "base64url") },
    ]);
    const key = signingKeys(token).find(({ label }) => label === "strict");
    if (key === undefined) throw new Error("the key is not on the card");
    expect(key.alwaysAuthenticates).toBe(true);
    const sign = signingOn(token, key, "ecdsa-p256-sha256", PIN);
    for (const content of ["one", "two"].map((text) => Buffer.from(text))) {
      expect(verify("sha256", content, strict.publicKey, await sign(content))).toBe(true);
    }
  });

  it("brings its certificate along where the card holds it, with its issuers", async () => {
    const desk = openDesk();
    const token = await openToken({ module, token: "Ana's card", serial: null });
    await unlock(token, rightPin);
    const leaf = certify(ec, root, { name: "Ana of the card" });
    for (const [der, id] of [
      [leaf, "01"],
      [root.certificate, "0f"],
    ] as const) {
      createObject(token, [
        { type: 0x000, value: 1 },
        { type: 0x080, value: 0 },
        { type: 0x101, value: Buffer.of() },
        { type: 0x102, value: Buffer.from(id, "hex") },
        { type: 0x011, value: Buffer.from(der) },
      ]);
    }
    const found = await readCardKey(desk.folder, cardOf(), environment);
    const { certificate } = await found.store();
    expect(found.signer.holder).toBe("Ana of the card");
    expect(readFileSync(certificate, "utf8")).toBe(pemOf([leaf, root.certificate]));
  });
});
