import { X509Certificate } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyAgain, applyWithNewKey } from "../../src/signature/keys/apply.ts";
import { type Issuable, readApplication } from "../../src/signature/keys/grant.ts";
import { readImport } from "../../src/signature/keys/import.ts";
import { type CreatedKey, initKeys } from "../../src/signature/keys/init.ts";
import { listKeys } from "../../src/signature/keys/list.ts";
import { openSigner } from "../../src/signature/keys/open.ts";
import { readRenewal } from "../../src/signature/keys/renew.ts";
import { readRequest } from "../../src/signature/keys/request.ts";
import { standingsOf } from "../../src/signature/keys/standing.ts";
import { readPem, writePem } from "../../src/signature/pem.ts";
import {
  type Desk,
  failureOf,
  hasOpenssl,
  importOf,
  openDesk,
  openssl,
  PASSPHRASE,
} from "./desk.ts";
import { fixedEnvironment, NOW } from "./pki.ts";

const environment = fixedEnvironment();
const later = fixedEnvironment(new Date("2030-03-02T09:30:00Z"));
const noRootKey = { keyFile: null, passphrase: async (): Promise<string> => PASSPHRASE };
const AGENCY = "Harbour Unit";
const BEN = { holder: "Ben Ode", agency: AGENCY };

/** An office with a root and its first analyst. */
async function office(): Promise<Desk & { readonly ines: CreatedKey }> {
  const desk = openDesk();
  const request = { holder: "Ines Okafor", agency: AGENCY, passphrase: PASSPHRASE, rootOut: null };
  return { ...desk, ines: await initKeys(desk.folder, request, environment) };
}

function asked(desk: Desk, request: string, expected: string | null = null): Issuable {
  return readApplication(desk.folder, { request, agency: null, expected }, environment);
}

describe("the second analyst", () => {
  it("asks, is issued a certificate under the same root, takes it in, and signs", async () => {
    const [here, ben] = [await office(), openDesk()];
    const put = await applyWithNewKey(ben.folder, BEN, PASSPHRASE, environment);
    const issuable = asked(here, put.request, put.fingerprint);
    expect(issuable).toMatchObject({ ...BEN, fingerprint: put.fingerprint });
    const out = ben.path("ben.pem");
    await issuable.issue(out, noRootKey);
    const added = await (await readImport(ben.folder, importOf([out]), environment)).store();
    expect(added).toMatchObject({ ...BEN, fingerprint: here.ines.fingerprint });
    const signer = await openSigner(ben.folder, added.id, async () => PASSPHRASE, NOW);
    expect(signer.chain).toHaveLength(2);
    const leaf = new X509Certificate(readFileSync(out));
    expect(leaf.validToDate.toISOString()).toBe("2031-03-02T09:30:00.000Z");
  });

  it("leaves no request behind when the certificate has come", async () => {
    const [here, ben] = [await office(), openDesk()];
    const put = await applyWithNewKey(ben.folder, BEN, null, environment);
    expect(listKeys(ben.folder)).toEqual([]);
    await asked(here, put.request).issue(ben.path("ben.pem"), noRootKey);
    await (await readImport(ben.folder, importOf([ben.path("ben.pem")]), environment)).store();
    expect(readdirSync(join(ben.folder, "requests"))).toEqual([]);
    expect(listKeys(ben.folder)).toHaveLength(1);
  });

  it("is kept in the office's folder as a certificate that was issued", async () => {
    const [here, ben] = [await office(), openDesk()];
    const put = await applyWithNewKey(ben.folder, BEN, null, environment);
    const out = ben.path("ben.pem");
    const issued = await asked(here, put.request).issue(out, noRootKey);
    const copy = join(here.folder, "issued", `${issued.certificateFingerprint}.pem`);
    expect(readFileSync(copy, "utf8")).toBe(readFileSync(out, "utf8"));
  });
});

describe("a request", () => {
  it("is refused under another fingerprint than its holder told", async () => {
    const [here, ben] = [await office(), openDesk()];
    const put = await applyWithNewKey(ben.folder, BEN, null, environment);
    const spoken = put.fingerprint.slice(0, 16).toUpperCase().replaceAll(/(..)/g, "$1:");
    expect(asked(here, put.request, spoken.slice(0, -1)).holder).toBe("Ben Ode");
    const other = await failureOf(() => asked(here, put.request, "0".repeat(16)));
    expect(other.message).toContain("is for another key, of fingerprint");
    const short = await failureOf(() => asked(here, put.request, put.fingerprint.slice(0, 8)));
    expect(short.code).toBe("usage");
  });

  it("for another agency than the root's is refused", async () => {
    const [here, ben] = [await office(), openDesk()];
    const police = { ...BEN, agency: "River Police" };
    const put = await applyWithNewKey(ben.folder, police, null, environment);
    expect((await failureOf(() => asked(here, put.request))).message).toContain(
      "there is no root of River Police",
    );
    const request = { request: put.request, agency: AGENCY, expected: null };
    expect(
      (await failureOf(() => readApplication(here.folder, request, environment))).message,
    ).toContain("asks for a certificate of River Police, the root is that of Harbour Unit");
  });

  it("changed on its way is refused, whatever byte it is", async () => {
    const ben = openDesk();
    const put = await applyWithNewKey(ben.folder, BEN, null, environment);
    const [block] = readPem(readFileSync(put.request, "utf8"));
    const der = Buffer.from(block?.der ?? []);
    for (let at = 0; at < der.length; at += 1) {
      const changed = Buffer.from(der);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const text = writePem("CERTIFICATE REQUEST", changed);
      expect((await failureOf(() => readRequest(text, "ben.pem"))).code).toBe("key-unusable");
    }
  });

  it("issues nothing over a file that is there, and keeps no copy then", async () => {
    const [here, ben] = [await office(), openDesk()];
    const put = await applyWithNewKey(ben.folder, BEN, null, environment);
    const out = ben.put("ben.pem", "a letter");
    const failure = await failureOf(() => asked(here, put.request).issue(out, noRootKey));
    expect(failure.code).toBe("target-exists");
    expect(readFileSync(out, "utf8")).toBe("a letter");
    expect(existsSync(join(here.folder, "issued"))).toBe(false);
  });

  it.skipIf(!hasOpenssl)("is one that openssl verifies (skipped without openssl 3)", async () => {
    const ben = openDesk();
    const put = await applyWithNewKey(ben.folder, BEN, null, environment);
    const said = openssl("req", "-in", put.request, "-noout", "-verify", "-subject");
    expect(said).toContain("verify OK");
    expect(said).toContain("O = Harbour Unit, CN = Ben Ode");
  });

  for (const [kind, newkey] of [
    ["P-256", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]],
    ["RSA-3072 with extensions", ["-newkey", "rsa:3072", "-addext", "keyUsage=digitalSignature"]],
  ] as const) {
    it.skipIf(!hasOpenssl)(
      `of openssl's, ${kind}, is issued for (skipped without openssl 3)`,
      async () => {
        const [here, ben] = [await office(), openDesk()];
        const [key, request] = [ben.path("ben.key"), ben.path("ben.csr")];
        openssl(
          "req",
          "-new",
          ...newkey,
          "-nodes",
          "-subj",
          "/O=Harbour Unit/CN=Ben Ode",
          "-keyout",
          key,
          "-out",
          request,
        );
        const out = ben.path("ben.pem");
        await asked(here, request).issue(out, noRootKey);
        const at = String(NOW.getTime() / 1000);
        expect(
          openssl("verify", "-x509_strict", "-attime", at, "-CAfile", here.ines.root, out),
        ).toContain(": OK");
        const found = await readImport(ben.folder, importOf([key, out]), environment);
        expect(found.signer.holder).toBe("Ben Ode");
      },
    );
  }

  it.skipIf(!hasOpenssl)(
    "for a key that may not sign is refused (skipped without openssl 3)",
    async () => {
      const [here, ben] = [await office(), openDesk()];
      const request = ben.path("ben.csr");
      for (const newkey of [
        ["ed25519"],
        ["rsa:1024"],
        ["ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
      ]) {
        openssl(
          "req",
          "-new",
          "-newkey",
          ...newkey,
          "-nodes",
          "-subj",
          "/CN=Ben Ode",
          "-keyout",
          ben.path("k"),
          "-out",
          request,
        );
        expect((await failureOf(() => asked(here, request))).message).toContain(
          "cannot sign bundles",
        );
      }
    },
  );
});

describe("a renewal", () => {
  it("is for the same key, holder and root, and takes the place of the earlier one", async () => {
    const { folder, ines } = await office();
    const renewed = await readRenewal(folder, ines.id, later).renew(noRootKey);
    const entries = listKeys(folder);
    expect(new Set(entries.map(({ keyFingerprint }) => keyFingerprint)).size).toBe(1);
    expect(renewed).toMatchObject({ holder: "Ines Okafor", fingerprint: ines.fingerprint });
    const at = new Date(later.now());
    const standings = new Map(
      [...standingsOf(folder, entries, at)].map(([{ id }, standing]) => [id, standing]),
    );
    expect(standings.get(ines.id)).toBe("superseded");
    const signer = await openSigner(folder, null, async () => PASSPHRASE, at);
    expect(signer.id).toBe(renewed.id);
  });

  it("without the root at hand is asked for, issued there, and taken in here", async () => {
    const [here, ben] = [await office(), openDesk()];
    const put = await applyWithNewKey(ben.folder, BEN, PASSPHRASE, environment);
    await asked(here, put.request).issue(ben.path("first.pem"), noRootKey);
    const [first, second] = [ben.path("first.pem"), ben.path("second.pem")];
    const { id } = await (await readImport(ben.folder, importOf([first]), environment)).store();
    const failure = await failureOf(() => readRenewal(ben.folder, id, later));
    expect(failure.message).toContain(`the root of key ${id} is not in`);
    const again = await applyAgain(ben.folder, id, ben.path("again.csr"), async () => PASSPHRASE);
    expect(again.fingerprint).toBe(put.fingerprint);
    const request = { request: again.request, agency: null, expected: null };
    await readApplication(here.folder, request, later).issue(second, noRootKey);
    const renewed = await (await readImport(ben.folder, importOf([second]), later)).store();
    const signer = await openSigner(
      ben.folder,
      null,
      async () => PASSPHRASE,
      new Date(later.now()),
    );
    expect([signer.id, renewed.id === id]).toEqual([renewed.id, false]);
  });

  it("needs the root's passphrase", async () => {
    const { folder, ines } = await office();
    const access = { keyFile: null, passphrase: async (): Promise<string> => "night" };
    const failure = await failureOf(() => readRenewal(folder, ines.id, later).renew(access));
    expect(failure.message).toBe("wrong passphrase for the root key of Harbour Unit root");
    expect(listKeys(folder)).toHaveLength(1);
  });
});

describe("a certificate alone", () => {
  it("of a key that is nowhere in the folder is not taken in", async () => {
    const [here, stranger] = [await office(), openDesk()];
    const failure = await failureOf(() =>
      readImport(stranger.folder, importOf([here.ines.certificate]), environment),
    );
    expect(failure.message).toContain("holds a certificate for no key of");
  });

  it("is not taken twice", async () => {
    const { folder, ines } = await office();
    const found = await readImport(folder, importOf([ines.certificate]), environment);
    expect((await failureOf(found.store)).code).toBe("target-exists");
  });

  it("in a request's folder that was tampered with is told", async () => {
    const [here, ben] = [await office(), openDesk()];
    const put = await applyWithNewKey(ben.folder, BEN, null, environment);
    writeFileSync(put.request, "nothing");
    const failure = await failureOf(() =>
      readImport(ben.folder, importOf([here.ines.certificate]), environment),
    );
    expect(failure.message).toBe(`${put.request} holds no request for a certificate (PKCS#10)`);
  });
});

describe("the roots of a folder", () => {
  it("have to be told apart by the agency where there are several", async () => {
    const [here, ben] = [await office(), openDesk()];
    const police = {
      holder: "Ines Okafor",
      agency: "River Police",
      passphrase: null,
      rootOut: null,
    };
    await initKeys(here.folder, police, environment);
    const put = await applyWithNewKey(
      ben.folder,
      { holder: "Ben Ode", agency: null },
      null,
      environment,
    );
    const failure = await failureOf(() => asked(here, put.request));
    expect([failure.code, failure.hints.length]).toEqual(["usage", 2]);
    const request = { request: put.request, agency: "River Police", expected: null };
    expect(readApplication(here.folder, request, environment).agency).toBe("River Police");
  });
});
