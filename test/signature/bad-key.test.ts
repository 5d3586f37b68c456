import { generateKeyPairSync } from "node:crypto";
import { IssuerAndSerialNumber } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate } from "@peculiar/asn1-x509";
import { describe, expect, it } from "vitest";
import { encode } from "../../src/signature/schema.ts";
import { buffer, check, forge, root, sorted } from "./forge.ts";
import { certify, keyPair, type Pair } from "./pki.ts";

/** The frame of a genuine signature around another certificate: the key is judged before all else. */
function signedBy(pair: Pair): Uint8Array {
  const certificate = certify(pair, root);
  return forge((sealed, info) => {
    const { issuer, serialNumber } = AsnConvert.parse(certificate, Certificate).tbsCertificate;
    info.sid = encode(new IssuerAndSerialNumber({ issuer, serialNumber })).buffer;
    sealed.content.certificates = sorted([buffer(certificate), buffer(root.certificate)]);
  });
}

describe("a key", () => {
  it("of Ed25519 or another curve is unsupported", () => {
    for (const pair of [generateKeyPairSync("ed25519"), keyPair("P-521")]) {
      expect(check(signedBy(pair)).problems[0]?.word).toBe("UNSUPPORTED");
    }
  });

  it("for RSA-PSS alone is unsupported", () => {
    const pair = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
    expect(check(signedBy(pair)).problems[0]?.word).toBe("UNSUPPORTED");
  });

  it("of RSA below 2048 bits, or with the exponent 3, is bad", () => {
    const weak = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 });
    for (const pair of [keyPair("RSA-1024"), weak]) {
      expect(check(signedBy(pair)).problems[0]?.word).toBe("BAD KEY");
    }
  });

  it("with spelt-out curve parameters is bad, although they are those of a named curve", () => {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" });
    expect(check(signedBy(pair)).problems[0]).toEqual({
      word: "BAD KEY",
      detail: "the public key is not in its canonical encoding",
    });
  });
});
