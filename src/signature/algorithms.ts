/** The three algorithms of the profile, and which of them a public key answers to. */
import { createPublicKey, type KeyObject } from "node:crypto";
import { DigestAlgorithmIdentifier, SignatureAlgorithmIdentifier } from "@peculiar/asn1-cms";
import type { SignatureAlgorithm } from "../model/signature.ts";
import { equalBytes } from "./der.ts";
import {
  ID_ECDSA_SHA256,
  ID_ECDSA_SHA384,
  ID_ECDSA_SHA512,
  ID_RSA,
  ID_RSA_SHA256,
  ID_RSA_SHA384,
  ID_RSA_SHA512,
  ID_SHA256,
  ID_SHA384,
} from "./oids.ts";

export interface AlgorithmProfile {
  readonly digest: "sha256" | "sha384";
  readonly digestId: string;
  readonly signatureId: string;
  /** RFC 3370 and RFC 5754: NULL for RSA, absent for ECDSA. */
  readonly hasNullParameters: boolean;
  /** The order of the curve's base point; null for RSA. */
  readonly order: bigint | null;
}

const PROFILES: { readonly [name in SignatureAlgorithm]: AlgorithmProfile } = {
  "ecdsa-p256-sha256": {
    digest: "sha256",
    digestId: ID_SHA256,
    signatureId: ID_ECDSA_SHA256,
    hasNullParameters: false,
    // FIPS 186-4, D.1.2.3
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  "ecdsa-p384-sha384": {
    digest: "sha384",
    digestId: ID_SHA384,
    signatureId: ID_ECDSA_SHA384,
    hasNullParameters: false,
    // FIPS 186-4, D.1.2.4
    order:
      0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  "rsa-sha256": {
    digest: "sha256",
    digestId: ID_SHA256,
    signatureId: ID_RSA,
    hasNullParameters: true,
    order: null,
  },
};

const CURVES: { readonly [curve: string]: SignatureAlgorithm } = {
  prime256v1: "ecdsa-p256-sha256",
  secp384r1: "ecdsa-p384-sha384",
};

/** FIPS 186-4, D.1.2.5: the curve that only authorities use here. */
const ORDER_OF_P521 =
  0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n;

/** The order of the base point of a key's curve; null for RSA and for curves that are not used here. */
export function orderOf(key: KeyObject): bigint | null {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve === undefined) return null;
  if (curve === "secp521r1") return ORDER_OF_P521;
  const algorithm = CURVES[curve];
  return algorithm === undefined ? null : PROFILES[algorithm].order;
}

/** RSA keys outside these bits are refused: too weak, or only good for making a verifier slow. */
const RSA_BITS = { min: 2048, max: 8192 } as const;

export function profileOf(algorithm: SignatureAlgorithm): AlgorithmProfile {
  return PROFILES[algorithm];
}

/** The DigestAlgorithmIdentifier, without parameters (RFC 5754, section 2). */
export function digestIdentifier(profile: AlgorithmProfile): DigestAlgorithmIdentifier {
  return new DigestAlgorithmIdentifier({ algorithm: profile.digestId });
}

/** The SignatureAlgorithmIdentifier with exactly the parameters its RFC asks for. */
export function signatureIdentifier(profile: AlgorithmProfile): SignatureAlgorithmIdentifier {
  return new SignatureAlgorithmIdentifier({
    algorithm: profile.signatureId,
    ...(profile.hasNullParameters ? { parameters: null } : {}),
  });
}

/** The algorithm a key signs with here, or the reason why it signs nothing here. */
export type KeyVerdict =
  | { readonly algorithm: SignatureAlgorithm }
  | { readonly algorithm: null; readonly word: "UNSUPPORTED" | "BAD KEY"; readonly reason: string };

/** Judges a public or private key by its type, curve and size. */
export function judgeKey(key: KeyObject): KeyVerdict {
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ec") {
    const curve = details.namedCurve ?? "without a name";
    const algorithm = CURVES[curve];
    return algorithm === undefined
      ? refusal("UNSUPPORTED", `of the elliptic curve ${curve}`)
      : { algorithm };
  }
  if (key.asymmetricKeyType === "rsa") return judgeRsa(details);
  if (key.asymmetricKeyType === "ed25519") {
    return refusal("UNSUPPORTED", "Ed25519, which openssl and NSS cannot check in CMS");
  }
  return refusal("UNSUPPORTED", key.asymmetricKeyType ?? "of unknown type");
}

function judgeRsa(details: { modulusLength?: number; publicExponent?: bigint }): KeyVerdict {
  const bits = details.modulusLength ?? 0;
  const exponent = details.publicExponent ?? 0n;
  if (bits < RSA_BITS.min || bits > RSA_BITS.max) return refusal("BAD KEY", `RSA of ${bits} bits`);
  // FIPS 186-4, B.3.1: odd, above 2^16; with e = 1 every value would be its own signature
  if (exponent <= 65536n || exponent % 2n === 0n) {
    return refusal("BAD KEY", `RSA with the exponent ${exponent}`);
  }
  return { algorithm: "rsa-sha256" };
}

/** Why a key may not issue certificates of a path; null where it may. P-521 is fit for that alone. */
export function judgeIssuerKey(key: KeyObject): string | null {
  if (key.asymmetricKeyDetails?.namedCurve === "secp521r1") return null;
  const verdict = judgeKey(key);
  return verdict.algorithm === null ? `has an unfit key: ${verdict.reason}` : null;
}

const CERTIFICATE_SIGNATURES: ReadonlySet<string> = new Set([
  ID_ECDSA_SHA256,
  ID_ECDSA_SHA384,
  ID_ECDSA_SHA512,
  ID_RSA_SHA256,
  ID_RSA_SHA384,
  ID_RSA_SHA512,
]);

/** Whether a certificate may be signed with this algorithm: ECDSA or RSA over SHA-2. */
export function isCertificateSignature(id: string): boolean {
  return CERTIFICATE_SIGNATURES.has(id);
}

/**
 * Whether a SubjectPublicKeyInfo is the one canonical encoding of its key: named curve, uncompressed
 * point, no stray parameters. Curve parameters spelt out have let forgers choose their own base point.
 */
export function isCanonicalKey(key: KeyObject, encoded: Uint8Array): boolean {
  try {
    const rebuilt = createPublicKey({ key: key.export({ format: "jwk" }), format: "jwk" });
    return equalBytes(rebuilt.export({ type: "spki", format: "der" }), encoded);
  } catch {
    return false;
  }
}

function refusal(word: "UNSUPPORTED" | "BAD KEY", reason: string): KeyVerdict {
  return { algorithm: null, word, reason: `the key is ${reason}` };
}
