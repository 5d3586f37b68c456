/** What an authority may sign with: SHA-2 with RSA (PKCS#1 v1.5) or ECDSA. */
import type { KeyObject } from "node:crypto";
import { judgeIssuerKey, orderOf } from "../algorithms.ts";
import { isCanonicalEcdsa } from "../ecdsa.ts";
import { equalBytes } from "../der.ts";
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
  ID_SHA512,
} from "../oids.ts";
import { encode } from "../schema.ts";
import type { Problem } from "../read.ts";
import type { TokenFields } from "./token.ts";

/** As node names it. */
export type TokenDigest = "sha256" | "sha384" | "sha512";

interface Profile {
  readonly digest: TokenDigest;
  readonly rsa: string;
  readonly ecdsa: string;
}

const PROFILES: { readonly [digestId: string]: Profile } = {
  [ID_SHA256]: { digest: "sha256", rsa: ID_RSA_SHA256, ecdsa: ID_ECDSA_SHA256 },
  [ID_SHA384]: { digest: "sha384", rsa: ID_RSA_SHA384, ecdsa: ID_ECDSA_SHA384 },
  [ID_SHA512]: { digest: "sha512", rsa: ID_RSA_SHA512, ecdsa: ID_ECDSA_SHA512 },
};

/** The digest of a token's signature, or why its algorithms are not accepted with this key. */
export function algorithmsOf(fields: TokenFields, key: KeyObject): TokenDigest | Problem {
  const { digestAlgorithm, signatureAlgorithm } = fields.signer;
  const profile = PROFILES[digestAlgorithm.algorithm];
  const isRsa = key.asymmetricKeyType === "rsa";
  const expected = isRsa ? [ID_RSA, profile?.rsa] : [profile?.ecdsa];
  const parameters = [digestAlgorithm.parameters, signatureAlgorithm.parameters];
  const [declared, another] = fields.sealed.content.digestAlgorithms;
  const isAccepted =
    expected.includes(signatureAlgorithm.algorithm) &&
    parameters.every((each) => each === undefined || each === null) &&
    declared !== undefined &&
    another === undefined &&
    equalBytes(encode(declared), encode(digestAlgorithm));
  if (profile === undefined || !isAccepted) {
    const names = `${signatureAlgorithm.algorithm} over ${digestAlgorithm.algorithm}`;
    return { word: "UNSUPPORTED", detail: `the time-stamp is signed with ${names}` };
  }
  const breach = judgeIssuerKey(key);
  if (breach !== null) return { word: "BAD KEY", detail: `the time-stamp's authority ${breach}` };
  const order = orderOf(key);
  if (order !== null && !isCanonicalEcdsa(fields.signature, order)) {
    const detail = "the ECDSA value of the time-stamp is not in its one accepted form";
    return { word: "ALTERED", detail };
  }
  return profile.digest;
}
