/** Requests for a certificate (PKCS#10): who asks, with which key, and that the key is theirs. */
import { type KeyObject, verify } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import type { Sha256 } from "../../model/artifact.ts";
import { Failure } from "../../model/failure.ts";
import { sha256 } from "../../hash/digest.ts";
import { equalBytes, isDer } from "../der.ts";
import {
  ID_COMMON_NAME,
  ID_ECDSA_SHA256,
  ID_ECDSA_SHA384,
  ID_ECDSA_SHA512,
  ID_ORGANIZATION,
  ID_RSA_SHA256,
  ID_RSA_SHA384,
  ID_RSA_SHA512,
} from "../oids.ts";
import { readPem, writePem } from "../pem.ts";
import { bufferOf, encode } from "../schema.ts";
import { admitPublicKey } from "./admit.ts";
import {
  certificateSignature,
  nameOf,
  profileOfKey,
  publicKeyDer,
  publicKeyInfo,
  type Subject,
} from "./certificate.ts";
import { CertificationRequest, CertificationRequestInfo } from "./request-schema.ts";

export interface SigningRequest {
  /** As asked for, not judged. */
  readonly holder: string | null;
  readonly agency: string | null;
  readonly publicKey: KeyObject;
  /** SHA-256 of the SubjectPublicKeyInfo in DER: what two people compare by voice. */
  readonly fingerprint: Sha256;
}

/** The fingerprint by which two people compare a key that has no certificate yet. */
export function keyFingerprint(key: KeyObject): Sha256 {
  return sha256(publicKeyDer(key));
}

/**
 * A request in PEM for a public key, signed by what holds its private half.
 *
 * @param sign takes the bytes to be signed, gives the value as a certificate holds it
 */
export async function writeRequest(
  subject: Subject,
  publicKey: KeyObject,
  sign: (toBeSigned: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const info = new CertificationRequestInfo();
  info.subject = nameOf(subject);
  info.subjectPublicKeyInfo = publicKeyInfo(publicKey);
  const request = new CertificationRequest();
  request.certificationRequestInfo = info;
  request.signatureAlgorithm = certificateSignature(profileOfKey(publicKey));
  request.signature = bufferOf(await sign(encode(info)));
  return writePem("CERTIFICATE REQUEST", encode(request));
}

/**
 * Reads a request and proves that its sender holds the key.
 *
 * @throws Failure `key-unusable`, naming `origin`: no request, a key that may not sign bundles, or a
 *   signature that is not of that key
 */
export function readRequest(text: string, origin: string): SigningRequest {
  const block = readPem(text).find(({ label }) => LABELS.has(label));
  const request = block === undefined ? null : parse(block.der);
  if (request === null) {
    throw new Failure("key-unusable", `${origin} holds no request for a certificate (PKCS#10)`);
  }
  const { certificationRequestInfo: info, signatureAlgorithm, signature } = request;
  const publicKey = admitPublicKey(encode(info.subjectPublicKeyInfo), origin);
  const digest = DIGESTS[signatureAlgorithm.algorithm];
  if (digest === undefined) {
    throw new Failure(
      "key-unusable",
      `${origin} is signed with ${signatureAlgorithm.algorithm}, which is not accepted`,
    );
  }
  if (!verify(digest, encode(info), publicKey, new Uint8Array(signature))) {
    throw new Failure("key-unusable", `${origin} is not signed by the key it asks for`);
  }
  return {
    holder: attributeOf(info, ID_COMMON_NAME),
    agency: attributeOf(info, ID_ORGANIZATION),
    publicKey,
    fingerprint: keyFingerprint(publicKey),
  };
}

const LABELS: ReadonlySet<string> = new Set(["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"]);

const DIGESTS: { readonly [id: string]: string } = {
  [ID_ECDSA_SHA256]: "sha256",
  [ID_ECDSA_SHA384]: "sha384",
  [ID_ECDSA_SHA512]: "sha512",
  [ID_RSA_SHA256]: "sha256",
  [ID_RSA_SHA384]: "sha384",
  [ID_RSA_SHA512]: "sha512",
};

/** Null where the bytes are no request in the one encoding that its signature covers. */
function parse(der: Uint8Array): CertificationRequest | null {
  if (!isDer(der)) return null;
  try {
    const request = AsnConvert.parse(der, CertificationRequest);
    return equalBytes(encode(request), der) ? request : null;
  } catch {
    return null;
  }
}

function attributeOf({ subject }: CertificationRequestInfo, type: string): string | null {
  for (const part of subject) {
    for (const attribute of part) {
      if (attribute.type === type) return attribute.value.toString();
    }
  }
  return null;
}
