/** CAdES baseline B signatures (EN 319 122-1, section 6): detached CMS in DER, one signer each. */
import { createHash } from "node:crypto";
import { Failure } from "../model/failure.ts";
import type { Signer } from "../model/signature.ts";
import { type AlgorithmProfile, judgeKey, profileOf } from "./algorithms.ts";
import { assemble, identityOf, type SignerIdentity } from "./assemble.ts";
import { signedAttributes, toBeSigned } from "./attributes.ts";
import { isValidAt, readCertificate, validityOf } from "./certificate.ts";
import { canonicalEcdsa } from "./ecdsa.ts";

export interface SigningOptions {
  /** The claimed time, to the second; null for PAdES, where the PDF states it. */
  readonly signingTime: Date | null;
}

/** Encoded once for each signer: a batch makes thousands of signatures with one. */
const IDENTITIES = new WeakMap<Signer, SignerIdentity>();

/**
 * Signs content that is kept elsewhere. The result is one DER ContentInfo holding exactly the
 * certificates of the signer's chain; an ECDSA value is brought to its lower s.
 *
 * Fails with `key-unusable` where the chain is unreadable, its first key does not fit the algorithm,
 * the signing time lies outside the certificate's validity, or the signer gives no signature value.
 */
export async function signDetached(
  content: Uint8Array,
  signer: Signer,
  options: SigningOptions,
): Promise<Uint8Array> {
  const identity = identityFor(signer);
  refuseOutsideValidity(signer, identity, options.signingTime);
  const digest = createHash(identity.profile.digest).update(content).digest();
  const attributes = signedAttributes(identity.fixed, digest, options.signingTime);
  const value = await signer.sign(toBeSigned(attributes));
  const signature = canonicalValue(signer, identity.profile, value);
  return assemble(identity, { attributes, signature, timestampToken: null });
}

function identityFor(signer: Signer): SignerIdentity {
  const known = IDENTITIES.get(signer);
  if (known !== undefined) return known;
  const [first] = signer.chain;
  const certificate = first === undefined ? null : readCertificate(first);
  if (certificate === null) {
    throw new Failure("key-unusable", `the certificate of key ${signer.id} cannot be read`);
  }
  const verdict = judgeKey(certificate.x509.publicKey);
  if (verdict.algorithm !== signer.algorithm) {
    throw new Failure(
      "key-unusable",
      `the certificate of key ${signer.id} is not for ${signer.algorithm}`,
    );
  }
  const identity = identityOf(certificate, profileOf(signer.algorithm), signer.chain);
  IDENTITIES.set(signer, identity);
  return identity;
}

function refuseOutsideValidity(signer: Signer, identity: SignerIdentity, time: Date | null): void {
  if (time === null || isValidAt(identity.certificate, time)) return;
  const { from, to } = validityOf(identity.certificate);
  throw new Failure(
    "key-unusable",
    `the certificate of key ${signer.id} is valid from ${from} to ${to}, not at ${time.toISOString()}`,
    ["name a key whose certificate is valid today, or make one with exhibita key init"],
  );
}

function canonicalValue(signer: Signer, profile: AlgorithmProfile, value: Uint8Array): Uint8Array {
  const canonical = profile.order === null ? value : canonicalEcdsa(value, profile.order);
  if (canonical === null || canonical.length === 0) {
    throw new Failure("key-unusable", `key ${signer.id} gave no signature value`);
  }
  return canonical;
}
