/** Signatures made with their own key, but not as the profile has them. */
import { sign } from "node:crypto";
import { CMSVersion, DigestAlgorithmIdentifier, EncapsulatedContent } from "@peculiar/asn1-cms";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { describe, expect, it } from "vitest";
import { attribute } from "../../src/signature/attributes.ts";
import { EcdsaSigValue, encode } from "../../src/signature/schema.ts";
import { buffer, check, CONTENT, forge, keys, made, ORDER, root, sorted } from "./forge.ts";
import { certify } from "./pki.ts";

function withAttributes(
  change: (attributes: readonly ArrayBuffer[]) => readonly ArrayBuffer[],
): Uint8Array {
  return forge((_, info) => {
    info.signedAttrs = [...change(info.signedAttrs ?? [])];
  });
}

function isOf(type: string): (encoded: ArrayBuffer) => boolean {
  const start = Buffer.from(attribute(type, Uint8Array.of(5, 0)).subarray(2, -4));
  return (encoded) => Buffer.from(encoded).includes(start);
}

const ESS = "1.2.840.113549.1.9.16.2.47";
const TIME = "1.2.840.113549.1.9.5";
const STAMP = "1.2.840.113549.1.9.16.2.14";

function stamp(byte: number): ArrayBuffer {
  return attribute(STAMP, encode(new OctetString([byte]))).buffer;
}

describe("the genuine signature", () => {
  it("survives being taken apart and signed again, so that what follows fails for its own reason", () => {
    const again = check(forge(() => {}));
    expect(again.problems).toEqual([]);
    expect([again.path.outcome, again.time.outcome]).toEqual(["pass", "pass"]);
  });
});

describe("a forged signature", () => {
  const cases: readonly (readonly [string, () => Uint8Array, string])[] = [
    [
      "without signed attributes",
      () =>
        forge((_, info) => {
          delete info.signedAttrs;
          info.signature = new OctetString(sign("sha256", CONTENT, keys.privateKey));
        }, false),
      "has no signed attributes",
    ],
    [
      "without signing-certificate-v2",
      () => withAttributes((all) => all.filter((each) => !isOf(ESS)(each))),
      "signing-certificate-v2 is missing",
    ],
    [
      "without signing-time",
      () => withAttributes((all) => all.filter((each) => !isOf(TIME)(each))),
      "signing-time is missing",
    ],
    [
      "with an attribute more",
      () =>
        withAttributes((all) =>
          sorted([...all, attribute("1.2.3.4", encode(new OctetString([1]))).buffer]),
        ),
      "1.2.3.4 is not of this profile",
    ],
    [
      "with one attribute twice",
      () => withAttributes((all) => sorted([...all, ...all.slice(0, 1)])),
      "exactly one value",
    ],
    [
      "with its attributes in another order",
      () => withAttributes((all) => all.toReversed()),
      "do not name this signer",
    ],
    [
      "with the certificate of another in signing-certificate-v2",
      () => {
        const other = certify(keys, root);
        return forge((sealed) => {
          sealed.content.certificates = sorted([buffer(other), buffer(root.certificate)]);
        });
      },
      "does not hold its signer's certificate",
    ],
    [
      "with the higher of the two ECDSA values",
      () =>
        forge((_, info) => {
          const pair = AsnConvert.parse(info.signature, EcdsaSigValue);
          pair.s = ORDER - pair.s;
          info.signature = new OctetString(encode(pair));
        }, false),
      "one accepted form",
    ],
    [
      "with NULL parameters where there are to be none",
      () =>
        forge((_, info) => {
          info.digestAlgorithm.parameters = null;
        }),
      "are not those of the key",
    ],
    [
      "with SHA-1",
      () =>
        forge((sealed, info) => {
          const sha1 = new DigestAlgorithmIdentifier({ algorithm: "1.3.14.3.2.26" });
          info.digestAlgorithm = sha1;
          sealed.content.digestAlgorithms[0] = sha1;
        }),
      "are not those of the key",
    ],
    [
      "with a digest algorithm more",
      () =>
        forge((sealed) => {
          const more = new DigestAlgorithmIdentifier({ algorithm: "2.16.840.1.101.3.4.2.2" });
          sealed.content.digestAlgorithms.push(more);
        }),
      "are not those of the key",
    ],
    [
      "with content of its own",
      () =>
        forge((sealed) => {
          const single = new OctetString(CONTENT);
          sealed.content.encapContentInfo.eContent = new EncapsulatedContent({ single });
        }),
      "carries content of its own",
    ],
    [
      "with two signers",
      () => forge((sealed, info) => void sealed.content.signerInfos.push(info)),
      "more than one signer",
    ],
    [
      "with no signer",
      () =>
        forge((sealed) => {
          sealed.content.signerInfos = [];
        }),
      "holds no signer",
    ],
    [
      "of another version",
      () =>
        forge((sealed) => {
          sealed.content.version = CMSVersion.v3;
        }),
      "one accepted encoding",
    ],
    [
      "with its certificates in another order",
      () =>
        forge((sealed) => {
          sealed.content.certificates = (sealed.content.certificates ?? []).toReversed();
        }),
      "one accepted encoding",
    ],
    [
      "with an unsigned attribute that is no time-stamp",
      () =>
        forge((_, info) => {
          info.unsignedAttrs = [attribute("1.2.3.4", encode(new OctetString([1]))).buffer];
        }),
      "not one signature time-stamp",
    ],
    [
      "with two time-stamps",
      () =>
        forge((_, info) => {
          info.unsignedAttrs = [stamp(1), stamp(2)];
        }),
      "not one signature time-stamp",
    ],
    ["with bytes after it", () => Buffer.concat([made, Buffer.of(0)]), "not one structure in DER"],
    ["of no bytes", () => Buffer.of(), "is empty"],
    ["of half its bytes", () => made.subarray(0, made.length / 2), "not one structure in DER"],
    ["of a megabyte", () => Buffer.alloc(2 ** 20), "longer than"],
  ];
  for (const [name, make, reason] of cases) {
    it(`is refused ${name}`, () => {
      const { problems } = check(make());
      expect(problems.map(({ detail }) => detail).join("; ")).toContain(reason);
    });
  }
});

describe("a time-stamp token", () => {
  it("is handed on, and leaves the time undecided until it is judged", () => {
    const token = encode(new OctetString([1, 2, 3]));
    const found = check(
      forge((_, info) => {
        info.unsignedAttrs = [attribute(STAMP, token).buffer];
      }),
    );
    expect(found.problems).toEqual([]);
    expect(found.timestampToken).toEqual(token);
    expect(found.time.outcome).toBe("indeterminate");
  });
});
