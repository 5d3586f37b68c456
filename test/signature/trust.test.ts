import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../src/model/failure.ts";
import { fingerprintOf } from "../../src/signature/certificate.ts";
import { pemOf, readPem, writePem } from "../../src/signature/pem.ts";
import { readRoots, trustedRoots, trustRoot } from "../../src/signature/trust.ts";
import { certify, keyPair, makeRoot } from "./pki.ts";

const base = mkdtempSync(join(tmpdir(), "exhibita-trust-"));
afterAll(() => rmSync(base, { recursive: true }));

let folder = "";
let made = 0;
beforeEach(() => {
  made += 1;
  folder = join(base, `keys-${made}`);
});

const root = makeRoot();
const leaf = certify(keyPair("P-256"), root);

function file(text: string): string {
  const path = join(base, `file-${made}.pem`);
  writeFileSync(path, text);
  return path;
}

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("no Failure was thrown");
}

describe("trusted roots", () => {
  it("are none in a folder that does not exist", () => {
    expect(trustedRoots(folder)).toEqual([]);
  });

  it("are kept by fingerprint, and a second time changes nothing", () => {
    const path = file(pemOf([root.certificate]));
    const added = trustRoot(folder, path);
    expect(added).toEqual({
      fingerprint: fingerprintOf(root.certificate),
      holder: "Harbour Unit root",
      location: join(folder, "trusted", `${fingerprintOf(root.certificate)}.pem`),
    });
    expect(trustRoot(folder, path)).toEqual(added);
    expect(trustedRoots(folder)).toEqual([
      { certificate: Uint8Array.from(root.certificate), origin: "trusted" },
    ]);
  });

  it("are no signer's certificate that an authority issued", () => {
    const path = file(pemOf([leaf]));
    expect(failureOf(() => trustRoot(folder, path)).message).toContain("is not an authority");
    expect(trustedRoots(folder)).toEqual([]);
  });

  it("are one to a file, so that nobody trusts more than was looked at", () => {
    const path = file(pemOf([root.certificate, leaf]));
    expect(failureOf(() => trustRoot(folder, path)).code).toBe("key-unusable");
  });

  it("come from a file that can be read, and is one", () => {
    const missing = join(base, "missing.pem");
    expect(failureOf(() => trustRoot(folder, missing)).message).toBe(`${missing}: no such file`);
    expect(failureOf(() => trustRoot(folder, base)).message).toBe(`${base} is not a file`);
  });

  it("may be a certificate that signs itself without being an authority", () => {
    const self = certify(keyPair("P-256"), null);
    expect(trustRoot(folder, file(pemOf([self]))).fingerprint).toBe(fingerprintOf(self));
  });
});

describe("a file named as root", () => {
  it("may hold several certificates, with talk between them", () => {
    const text = `The harbour's roots\n${pemOf([root.certificate])}and\r\n${pemOf([leaf])}`;
    const roots = readRoots(text, "roots.pem");
    expect(roots.map(({ origin }) => origin)).toEqual(["roots.pem", "roots.pem"]);
  });

  it("is named where it holds no certificate, or a broken one", () => {
    const none = failureOf(() => readRoots("no PEM at all", "letter.txt"));
    expect(none.message).toBe("letter.txt holds no PEM certificate");
    const broken = writePem("CERTIFICATE", root.certificate.subarray(0, 100));
    const half = failureOf(() => readRoots(broken, "half.pem"));
    expect(half.message).toBe("half.pem holds a certificate that cannot be read");
    const key = failureOf(() => readRoots(writePem("PRIVATE KEY", Buffer.of(1)), "key.pem"));
    expect(key.message).toBe("key.pem holds no PEM certificate");
  });
});

describe("PEM", () => {
  it("is read back as it was written", () => {
    const text = pemOf([root.certificate, leaf]);
    expect(readPem(text).map(({ der }) => fingerprintOf(der))).toEqual(
      [root.certificate, leaf].map(fingerprintOf),
    );
    expect(text.split("\n").every((line) => line.length <= 64)).toBe(true);
  });

  it("without an end, or of enormous size, is nothing", () => {
    expect(readPem("-----BEGIN CERTIFICATE-----\nAAAA")).toEqual([]);
    expect(readPem("-----BEGIN ".repeat(50_000))).toEqual([]);
    expect(readPem(" ".repeat(2 ** 20 + 1) + pemOf([leaf]))).toEqual([]);
  });
});
