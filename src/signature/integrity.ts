/** Whether a signature is intact: made by its key over this content, and nothing else in it. */
import { createHash, verify } from "node:crypto";
import type { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import {
  type AlgorithmProfile,
  digestIdentifier,
  judgeKey,
  profileOf,
  signatureIdentifier,
} from "./algorithms.ts";
import { assemble, identityOf } from "./assemble.ts";
import { signedAttributes, toBeSigned } from "./attributes.ts";
import type { Certificate } from "./certificate.ts";
import { compareBytes, equalBytes } from "./der.ts";
import { isCanonicalEcdsa } from "./ecdsa.ts";
import type { Problem, SignatureFields } from "./read.ts";
import { encode } from "./schema.ts";

export interface Examined {
  readonly der: Uint8Array;
  readonly content: Uint8Array;
  readonly fields: SignatureFields;
  readonly leaf: Certificate;
}

export interface Expected {
  readonly certificates: readonly Uint8Array[] | null;
  readonly signingTime: "required" | "forbidden" | "either";
}

/** Every fault that is found; none where the signature is intact. */
export function integrityProblems(examined: Examined, expected: Expected): readonly Problem[] {
  const { fields, leaf } = examined;
  const verdict = judgeKey(leaf.x509.publicKey);
  if (verdict.algorithm === null) return [{ word: verdict.word, detail: verdict.reason }];
  const profile = profileOf(verdict.algorithm);
  const problems: Problem[] = [];
  if (!leaf.hasCanonicalKey) {
    problems.push({ word: "BAD KEY", detail: "the public key is not in its canonical encoding" });
  }
  problems.push(
    ...algorithmProblems(profile, fields),
    ...digestProblems(profile, examined),
    ...valueProblems(profile, fields, leaf),
    ...timeProblems(fields, expected.signingTime),
    ...certificateProblems(fields, expected.certificates),
    ...encodingProblems(profile, examined),
  );
  return problems;
}

function algorithmProblems(profile: AlgorithmProfile, fields: SignatureFields): Problem[] {
  const { digestAlgorithm, signatureAlgorithm } = fields.signer;
  const digest = digestIdentifier(profile);
  const declared = fields.signed.digestAlgorithms;
  const isExpected =
    isSame(digestAlgorithm, digest) &&
    isSame(signatureAlgorithm, signatureIdentifier(profile)) &&
    declared.length === 1 &&
    declared.every((each) => isSame(each, digest));
  if (isExpected) return [];
  const names = `${signatureAlgorithm.algorithm} over ${digestAlgorithm.algorithm}`;
  return [{ word: "UNSUPPORTED", detail: `the algorithms ${names} are not those of the key` }];
}

function isSame(found: AlgorithmIdentifier, expected: AlgorithmIdentifier): boolean {
  return equalBytes(encode(found), encode(expected));
}

function digestProblems(profile: AlgorithmProfile, { content, fields }: Examined): Problem[] {
  const digest = createHash(profile.digest).update(content).digest();
  if (equalBytes(digest, fields.messageDigest)) return [];
  return [{ word: "BAD SIGNATURE", detail: "the signature was made over other content" }];
}

function valueProblems(
  profile: AlgorithmProfile,
  fields: SignatureFields,
  leaf: Certificate,
): Problem[] {
  const { signature, attributes } = fields;
  if (profile.order !== null && !isCanonicalEcdsa(signature, profile.order)) {
    return [{ word: "BAD SIGNATURE", detail: "the ECDSA value is not in its one accepted form" }];
  }
  const isMade = verify(profile.digest, toBeSigned(attributes), leaf.x509.publicKey, signature);
  if (isMade) return [];
  return [{ word: "BAD SIGNATURE", detail: "the signature was not made by the signer's key" }];
}

function timeProblems(
  { signingTime }: SignatureFields,
  expected: Expected["signingTime"],
): Problem[] {
  if (expected === "required" && signingTime === null) {
    return [{ word: "BAD SIGNATURE", detail: "the signed attribute signing-time is missing" }];
  }
  if (expected === "forbidden" && signingTime !== null) {
    return [{ word: "ALTERED", detail: "the signature of a PDF states a signing-time of its own" }];
  }
  return [];
}

function certificateProblems(
  { certificates }: SignatureFields,
  expected: readonly Uint8Array[] | null,
): Problem[] {
  if (expected === null) return [];
  const wanted = expected.toSorted(compareBytes);
  const found = certificates.map(({ der }) => der).toSorted(compareBytes);
  const isEqual =
    wanted.length === found.length &&
    wanted.every((each, index) => equalBytes(each, found[index] ?? new Uint8Array()));
  if (isEqual) return [];
  return [{ word: "ALTERED", detail: "the signature holds other certificates than the bundle" }];
}

/** Writes the signature again from its parts: versions, order, tags, parameters have one spelling. */
function encodingProblems(profile: AlgorithmProfile, { der, fields, leaf }: Examined): Problem[] {
  const { messageDigest, signingTime, signature, timestampToken } = fields;
  const identity = identityOf(
    leaf,
    profile,
    fields.certificates.map((certificate) => certificate.der),
  );
  const attributes = signedAttributes(identity.fixed, messageDigest, signingTime);
  if (!equalBytes(toBeSigned(attributes), toBeSigned(fields.attributes))) {
    return [{ word: "BAD SIGNATURE", detail: "the signed attributes do not name this signer" }];
  }
  if (equalBytes(assemble(identity, { attributes, signature, timestampToken }), der)) return [];
  return [{ word: "ALTERED", detail: "the signature is not in its one accepted encoding" }];
}
