/** Which keys and certificates may sign bundles. What is not fit is refused at the door, with the reason. */
import { createPublicKey, type KeyObject } from "node:crypto";
import { Failure } from "../../model/failure.ts";
import type { SignatureAlgorithm } from "../../model/signature.ts";
import { isCertificateSignature, isCanonicalKey, judgeKey } from "../algorithms.ts";
import {
  type Certificate,
  holderOf,
  isSelfIssued,
  isValidAt,
  readCertificate,
  validityOf,
} from "../certificate.ts";
import { chainOf } from "../chain.ts";
import { equalBytes } from "../der.ts";
import { breachOf } from "../path-rules.ts";
import { publicKeyDer } from "./certificate.ts";

export interface Admitted {
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
  /** The signer's certificate first, each followed by its issuer as far as given. */
  readonly chain: readonly Certificate[];
  /** Certificates that came along and are no link of that chain. */
  readonly strays: readonly Certificate[];
}

/**
 * The algorithm of a key that may sign.
 *
 * @throws Failure `key-unusable`, naming `origin`: another curve or kind, RSA under 2048 bits, a point
 *   off its curve or in another than the canonical encoding
 */
export function admitKey(key: KeyObject, origin: string): SignatureAlgorithm {
  const verdict = judgeKey(key);
  if (verdict.algorithm === null) throw unfit(origin, verdict.reason);
  return verdict.algorithm;
}

/** As `admitKey`, for a public key as it is encoded. */
export function admitPublicKey(encoded: Uint8Array, origin: string): KeyObject {
  const key = publicKeyOf(encoded);
  if (key === null) throw unfit(origin, "the public key is none");
  admitKey(key, origin);
  if (!isCanonicalKey(key, encoded)) {
    throw unfit(origin, "the public key is not in its canonical encoding");
  }
  return key;
}

/**
 * The chain for a key among certificates in DER, all fit and all valid at `at`.
 *
 * @param key private or public
 * @throws Failure `key-unusable`, naming `origin` and the certificate at fault
 */
export function admitSigner(
  key: KeyObject,
  certificates: readonly Uint8Array[],
  at: Date,
  origin: string,
): Admitted {
  const algorithm = admitKey(key, origin);
  const read = certificates.map((der) => certificateOf(der, origin));
  const wanted = publicKeyDer(key);
  const leaf = read.find(({ x509 }) => equalBytes(publicKeyDer(x509.publicKey), wanted));
  if (leaf === undefined) {
    throw new Failure("key-unusable", `${origin} holds no certificate for its key`, [
      "name the file with the certificate too",
      "where there is none yet: exhibita key request --holder NAME",
    ]);
  }
  const { certificates: chain, problems } = chainOf(leaf, read);
  const forged = problems.find(({ word }) => word !== "ALTERED");
  if (forged !== undefined) throw unfit(origin, forged.detail);
  const top = chain.at(-1);
  const root = chain.length > 1 && top !== undefined && isSelfIssued(top) ? top : null;
  for (const link of chain) {
    // Nobody relies on a root's signature of itself: many an old one is SHA-1.
    if (link !== root) refuseBroken(link, origin);
    refuseOutdated(link, at, origin);
  }
  const breach = breachOf(chain, "documents", root !== null);
  if (breach !== null) throw unfit(origin, breach.replace("BAD KEY: ", ""));
  const strays = read.filter((each) => !chain.includes(each));
  return { certificate: leaf, algorithm, chain, strays };
}

/** The signature algorithms that certificates still carry and that prove nothing any more. */
const BROKEN: { readonly [id: string]: string } = {
  "1.2.840.113549.1.1.4": "MD5",
  "1.2.840.113549.1.1.5": "SHA-1",
  "1.2.840.10045.4.1": "SHA-1",
};

function refuseBroken(certificate: Certificate, origin: string): void {
  const { algorithm } = certificate.fields.signatureAlgorithm;
  if (isCertificateSignature(algorithm)) return;
  const name = BROKEN[algorithm];
  const reason = name === undefined ? `the algorithm ${algorithm}` : `${name}, which is broken`;
  throw unfit(origin, `the certificate of ${holderOf(certificate)} is signed with ${reason}`);
}

function refuseOutdated(certificate: Certificate, at: Date, origin: string): void {
  if (isValidAt(certificate, at)) return;
  const { from, to } = validityOf(certificate);
  const reason = at.toISOString() < from ? `is not valid before ${from}` : `ended at ${to}`;
  throw unfit(origin, `the certificate of ${holderOf(certificate)} ${reason}`);
}

function certificateOf(der: Uint8Array, origin: string): Certificate {
  const certificate = readCertificate(der);
  if (certificate === null) {
    throw new Failure("key-unusable", `${origin} holds a certificate that cannot be read`);
  }
  return certificate;
}

function publicKeyOf(encoded: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(encoded), format: "der", type: "spki" });
  } catch {
    return null;
  }
}

function unfit(origin: string, reason: string): Failure {
  return new Failure("key-unusable", `${origin} cannot sign bundles: ${reason}`);
}
