import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  type CheckOptions,
  checkDetached,
  type SignatureCheck,
} from "../../src/signature/check.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { keyPair, makeRoot, makeSigner, NOW, trusted } from "./pki.ts";

const CONTENT = Buffer.from("<ASiCManifest>the bytes that are signed</ASiCManifest>");
const root = makeRoot("Harbour Unit root", { keys: keyPair("P-256") });
const options: CheckOptions = {
  roots: trusted(root.certificate),
  at: NOW,
  certificates: null,
  signingTime: "required",
};

function isClean(check: SignatureCheck): boolean {
  return (
    check.problems.length === 0 && check.path.outcome === "pass" && check.time.outcome === "pass"
  );
}

function words(check: SignatureCheck): readonly string[] {
  return check.problems.map(({ word }) => word);
}

describe("a signature of this profile", () => {
  for (const kind of ["P-256", "P-384", "RSA-3072"] as const) {
    it(`made with ${kind} is intact, identified and has a claimed time`, async () => {
      const signer = makeSigner(kind, root);
      const der = await signDetached(CONTENT, signer, { signingTime: NOW });
      const check = checkDetached(der, CONTENT, { ...options, certificates: signer.chain });
      expect(check.problems).toEqual([]);
      expect(check.path.outcome).toBe("pass");
      expect(check.time).toEqual({
        outcome: "pass",
        detail: "claimed time only: 2026-03-02T09:30:00Z as the signer says",
      });
      expect(check.signer).toMatchObject({
        holder: "Ines Okafor",
        issuer: "Harbour Unit root",
        claimedTime: "2026-03-02T09:30:00Z",
        algorithm: signer.algorithm,
      });
    });
  }

  it("without signing time is what PAdES asks for, and CAdES refuses", async () => {
    const signer = makeSigner("P-256", root);
    const der = await signDetached(CONTENT, signer, { signingTime: null });
    expect(isClean(checkDetached(der, CONTENT, { ...options, signingTime: "forbidden" }))).toBe(
      true,
    );
    expect(isClean(checkDetached(der, CONTENT, { ...options, signingTime: "either" }))).toBe(true);
    expect(words(checkDetached(der, CONTENT, options))).toEqual(["BAD SIGNATURE"]);
  });

  it("with signing time is refused where PAdES forbids it", async () => {
    const der = await signDetached(CONTENT, makeSigner("P-256", root), { signingTime: NOW });
    expect(words(checkDetached(der, CONTENT, { ...options, signingTime: "forbidden" }))).toEqual([
      "ALTERED",
    ]);
  });

  it("fails over other content", async () => {
    const der = await signDetached(CONTENT, makeSigner("P-256", root), { signingTime: NOW });
    expect(words(checkDetached(der, Buffer.from("other"), options))).toEqual(["BAD SIGNATURE"]);
  });

  it("fails where the bundle names other certificates", async () => {
    const signer = makeSigner("P-256", root);
    const der = await signDetached(CONTENT, signer, { signingTime: NOW });
    const fewer = checkDetached(der, CONTENT, {
      ...options,
      certificates: signer.chain.slice(0, 1),
    });
    expect(words(fewer)).toEqual(["ALTERED"]);
  });
});

describe("a changed signature", () => {
  const steps = { "P-256": 1, "P-384": 11, "RSA-3072": 11 } as const;
  for (const kind of ["P-256", "P-384", "RSA-3072"] as const) {
    it(`of ${kind} is never clean, whichever byte was flipped (every ${steps[kind]})`, async () => {
      const signer = makeSigner(kind, root);
      const der = await signDetached(CONTENT, signer, { signingTime: NOW });
      const survivors: number[] = [];
      for (let at = 0; at < der.length; at += steps[kind]) {
        const changed = Uint8Array.from(der);
        changed[at] = (changed[at] ?? 0) ^ (1 << ((at * 3) % 8));
        if (isClean(checkDetached(changed, CONTENT, options))) survivors.push(at);
      }
      expect(survivors).toEqual([]);
    });
  }

  it("is never clean after any cut, growth or change of a run of bytes", async () => {
    const signer = makeSigner("P-256", root);
    const der = await signDetached(CONTENT, signer, { signingTime: NOW });
    fc.assert(
      fc.property(
        fc.nat(der.length),
        fc.nat(8),
        fc.uint8Array({ maxLength: 8 }),
        (start, drop, insert) => {
          const changed = Buffer.concat([
            der.subarray(0, start),
            insert,
            der.subarray(start + drop),
          ]);
          fc.pre(!changed.equals(der));
          expect(isClean(checkDetached(changed, CONTENT, options))).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is refused as unreadable where it is any other bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const check = checkDetached(bytes, CONTENT, options);
        expect(check).toMatchObject({ signer: null, path: { outcome: "indeterminate" } });
        expect(check.problems).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});
