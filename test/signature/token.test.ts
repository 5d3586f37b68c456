import { createHash } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  ExtendedKeyUsage,
  type Extension,
  id_ce_extKeyUsage,
  id_kp_emailProtection,
  id_kp_timeStamping,
} from "@peculiar/asn1-x509";
import { describe, expect, it } from "vitest";
import { attribute } from "../../src/signature/attributes.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { checkDetached } from "../../src/signature/check.ts";
import { critical, extension } from "../../src/signature/keys/extensions.ts";
import { bufferOf, encode, SealedContent } from "../../src/signature/schema.ts";
import { kept, signatureValueOf, withToken } from "../../src/signature/timestamp/attach.ts";
import { checkToken, type TokenCheck } from "../../src/signature/timestamp/check.ts";
import { Accuracy } from "../../src/signature/timestamp/schema.ts";
import { timeOf } from "../../src/signature/timestamp/time.ts";
import { type ClockHouse, makeClockHouse, makeToken, type TokenWishes } from "./clock-house.ts";
import { certify, makeRoot, makeSigner, NOW, trusted } from "./pki.ts";

const IMPRINT = createHash("sha256").update("a signature value").digest();
const house = makeClockHouse();

function check(token: Uint8Array, by: ClockHouse = house, at: Date = NOW): TokenCheck {
  return checkToken(token, { imprint: IMPRINT, roots: trusted(by.root.certificate), at });
}

function envelope(token: Uint8Array, imprint: Uint8Array): string {
  return checkToken(token, { imprint, roots: [], at: NOW }).stated?.envelope ?? "none";
}

function problems(wishes: TokenWishes, by: ClockHouse = house): string {
  const found = check(makeToken(by, IMPRINT, wishes), by);
  expect(found.stated === null).toBe(found.problems.length > 0);
  return found.problems.map(({ word, detail }) => `${word}: ${detail}`).join("\n");
}

describe("a token", () => {
  it("states a time, whose authority a trusted root vouches for", () => {
    const { problems: none, stated } = check(makeToken(house, IMPRINT));
    expect(none).toEqual([]);
    expect(stated).toMatchObject({
      authority: "Clock House",
      text: "2026-03-02T09:30:00Z",
      trust: { outcome: "pass" },
    });
  });

  it.each(["P-256", "P-384", "P-521", "RSA-3072"] as const)("may be signed with %s", (kind) => {
    const by = makeClockHouse({ kind });
    for (const digest of ["sha256", "sha384", "sha512"] as const) {
      expect(problems({ digest }, by)).toBe("");
    }
  });

  it.each(["v1", "v2", "v2-sha512", "both"] as const)(
    "may name its certificate with signing-certificate %s",
    (ess) => expect(problems({ ess })).toBe(""),
  );

  it("says how far off its time may be", () => {
    const accuracy = Object.assign(new Accuracy(), { seconds: 1, millis: 500 });
    const { stated } = check(makeToken(house, IMPRINT, { accuracy, time: "20260302093000.25Z" }));
    expect(stated?.text).toBe("2026-03-02T09:30:00Z ± 1.5 s");
    expect(stated?.time.toISOString()).toBe("2026-03-02T09:30:00.250Z");
  });

  it("is sound, but vouched for by nobody, where no root is trusted", () => {
    const { stated } = checkToken(makeToken(house, IMPRINT), {
      imprint: IMPRINT,
      roots: [],
      at: NOW,
    });
    expect(stated?.trust).toMatchObject({
      outcome: "indeterminate",
      detail: "no trusted root vouches for it",
    });
  });

  it("is vouched for by nobody once its authority's certificate has ended", () => {
    const by = makeClockHouse({ validTo: new Date("2027-01-01T00:00:00Z") });
    const { stated } = check(makeToken(by, IMPRINT), by, new Date("2028-01-01T00:00:00Z"));
    expect(stated?.trust.outcome).toBe("indeterminate");
    expect(stated?.trust.detail).toContain("2027-01-01");
  });

  it("may carry its root's key certified by another root, as old authorities' do", () => {
    const crossing = makeRoot("Crossing root");
    const cross = certify(house.root.keys, crossing, { name: "Clock House root" });
    const by = { ...house, certificates: [house.certificate, cross] };
    expect(problems({}, by)).toBe("");
  });
});

describe("a token is refused", () => {
  const other = createHash("sha256").update("another").digest();

  it("where it is over something else", () => {
    const found = check(makeToken(house, other));
    expect(found.problems).toEqual([
      { word: "ALTERED", detail: "the time-stamp is over something else" },
    ]);
  });

  const stamping = new ExtendedKeyUsage([id_kp_timeStamping]);
  const documents = new ExtendedKeyUsage([id_kp_emailProtection]);
  const both = new ExtendedKeyUsage([id_kp_timeStamping, id_kp_emailProtection]);
  const unfit: readonly (readonly [string, Extension])[] = [
    ["for documents", critical(id_ce_extKeyUsage, documents)],
    ["for time-stamps, not critical", extension(id_ce_extKeyUsage, stamping)],
    ["for time-stamps and documents", critical(id_ce_extKeyUsage, both)],
  ];
  it.each(unfit)("where its certificate is %s", (_, purposes) => {
    expect(problems({}, makeClockHouse({ purposes }))).toMatch(
      /^BAD KEY: .* not for time-stamps alone/,
    );
  });

  it("where its certificate had ended at the time stamped with it", () => {
    const by = makeClockHouse({ validTo: new Date("2025-12-31T23:59:59Z") });
    expect(problems({}, by)).toMatch(/^BAD KEY: the certificate of Clock House, valid from/);
  });

  it("where its key is too short", () => {
    expect(problems({}, makeClockHouse({ kind: "RSA-1024" }))).toMatch(
      /BAD KEY: .*RSA of 1024 bits/,
    );
  });

  const faults: readonly (readonly [string, TokenWishes, RegExp])[] = [
    ["it does not name its certificate", { ess: "none" }, /does not name the certificate/],
    ["it names another certificate", { ess: "other" }, /does not name the certificate/],
    [
      "it holds something else than a TSTInfo",
      { contentType: "1.2.840.113549.1.7.1" },
      /does not hold a TSTInfo/,
    ],
    ["its time is no time", { time: "20260230093000Z" }, /states its time in no form/],
    ["its time is of a zone", { time: "20260302093000+0100" }, /states its time in no form/],
    ["its time ends in zeros", { time: "20260302093000.10Z" }, /states its time in no form/],
    ["its ECDSA value is the upper one", { isLowS: false }, /^ALTERED: the ECDSA value/],
    [
      "its signature is that of something else",
      {
        spoil: (_, signer) =>
          (signer.signature = new OctetString(signer.signature.buffer.slice(0, -1))),
      },
      /ALTERED|BAD SIGNATURE/,
    ],
    [
      "it has no signed attributes",
      { change: (_, signer) => delete signer.signedAttrs },
      /^BAD SIGNATURE/,
    ],
    [
      "it has unsigned attributes",
      {
        spoil: (_, signer) =>
          (signer.unsignedAttrs = [attribute("1.2.3.4", encode(new OctetString(IMPRINT))).buffer]),
      },
      /has unsigned attributes/,
    ],
    [
      "it has two signers",
      { spoil: (sealed, signer) => sealed.content.signerInfos.push(signer) },
      /BAD SIGNATURE/,
    ],
    [
      "its attributes are not in the order of DER",
      { change: (_, signer) => (signer.signedAttrs = signer.signedAttrs?.toReversed() ?? []) },
      /not in their one form/,
    ],
    [
      "it holds a certificate that is no link",
      {
        spoil: (sealed) =>
          sealed.content.certificates?.push(bufferOf(makeRoot("Stray").certificate)),
      },
      /^ALTERED: the certificate of Stray is no link/,
    ],
    [
      "it holds no certificates",
      { spoil: (sealed) => delete sealed.content.certificates },
      /holds no certificate/,
    ],
    [
      "it names another digest than it was signed with",
      { spoil: (_, signer) => (signer.digestAlgorithm.algorithm = "2.16.840.1.101.3.4.2.2") },
      /^UNSUPPORTED/,
    ],
    [
      "it names SHA-1",
      { spoil: (_, signer) => (signer.digestAlgorithm.algorithm = "1.3.14.3.2.26") },
      /^UNSUPPORTED/,
    ],
  ];
  it.each(faults)("where %s", (_, wishes, reason) => expect(problems(wishes)).toMatch(reason));

  it("where it is cut, empty or not a token at all", () => {
    const token = makeToken(house, IMPRINT);
    for (const bytes of [
      token.subarray(0, -1),
      new Uint8Array(),
      Buffer.from("no token"),
      IMPRINT,
    ]) {
      expect(check(bytes).problems).toHaveLength(1);
    }
    expect(check(new Uint8Array(300_000)).problems[0]?.detail).toContain("longer than");
  });

  it("where any bit of it is flipped", () => {
    // Without the root, which the person checking has: a bundle covers what else a token carries.
    const by = { ...house, certificates: [house.certificate] };
    const token = makeToken(by, IMPRINT);
    const unseen: number[] = [];
    for (let bit = 0; bit < token.length * 8; bit += 13) {
      const copy = Uint8Array.from(token);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (check(copy).problems.length === 0) unseen.push(bit >> 3);
    }
    expect(unseen).toEqual([]);
  });
});

describe("a token that is kept", () => {
  it("has the lower ECDSA value, and is else as it was received", () => {
    const upper = makeToken(house, IMPRINT, { isLowS: false });
    const token = kept(upper);
    expect(check(token).problems).toEqual([]);
    const sealed = AsnConvert.parse(token, SealedContent);
    const received = AsnConvert.parse(upper, SealedContent);
    expect(sealed.content.signerInfos[0]?.signedAttrs).toEqual(
      received.content.signerInfos[0]?.signedAttrs,
    );
    expect(kept(token)).toBe(token);
  });

  it("is as it was received where it is of RSA, or no token", () => {
    const by = makeClockHouse({ kind: "RSA-3072" });
    const token = makeToken(by, IMPRINT);
    expect(kept(token)).toBe(token);
    expect(kept(IMPRINT)).toBe(IMPRINT);
  });

  it("has the envelope of every other token of its authority, and of no other", () => {
    const again = makeToken(house, createHash("sha256").update("x").digest());
    const other = makeClockHouse();
    const one = envelope(makeToken(house, IMPRINT), IMPRINT);
    expect(envelope(again, createHash("sha256").update("x").digest())).toBe(one);
    expect(envelope(makeToken(other, IMPRINT), IMPRINT)).not.toBe(one);
  });
});

describe("a signature with a token", () => {
  it("is the signature it was, and hands the token over", async () => {
    const root = makeRoot();
    const signer = makeSigner("P-256", root);
    const content = Buffer.from("manifest");
    const cms = await signDetached(content, signer, { signingTime: NOW });
    const imprint = createHash("sha256").update(signatureValueOf(cms)).digest();
    const token = makeToken(house, imprint);
    const stamped = withToken(cms, token);
    const found = checkDetached(stamped, content, {
      roots: trusted(root.certificate),
      at: NOW,
      certificates: null,
      signingTime: "required",
    });
    expect(found.problems).toEqual([]);
    expect(found.timestampToken).toEqual(token);
    expect(signatureValueOf(stamped)).toEqual(signatureValueOf(cms));
    expect(() => withToken(stamped, token)).toThrow("has a time-stamp already");
    expect(() => withToken(token, token)).toThrow("signature");
  });
});

function read(text: string): string | undefined {
  return timeOf(Buffer.concat([Buffer.of(0x18, text.length), Buffer.from(text)]))?.toISOString();
}

describe("a GeneralizedTime", () => {
  it("is read in the form of DER alone", () => {
    expect(read("20260302093000Z")).toBe("2026-03-02T09:30:00.000Z");
    expect(read("20260302093000.123456789Z")).toBe("2026-03-02T09:30:00.123Z");
    for (const text of [
      "20260302093000",
      "202603020930Z",
      "20260302093000.Z",
      "20260302093060Z",
      "20261302093000Z",
      "20260302250000Z",
    ]) {
      expect(read(text)).toBeUndefined();
    }
  });
});
