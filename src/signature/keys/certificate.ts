/** Makes X.509 certificates (RFC 5280) for offices that have no authority of their own. */
import { createPublicKey, type KeyObject, sign } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate as CertificateFields,
  type Extension,
  Extensions,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";
import { Failure } from "../../model/failure.ts";
import { type AlgorithmProfile, judgeKey, profileOf } from "../algorithms.ts";
import { readCertificate } from "../certificate.ts";
import { canonicalEcdsa } from "../ecdsa.ts";
import { ID_COMMON_NAME, ID_ORGANIZATION, ID_RSA_SHA256 } from "../oids.ts";
import { bufferOf, encode } from "../schema.ts";

export interface Subject {
  /** Null leaves the organization out. */
  readonly organization: string | null;
  readonly commonName: string;
}

export interface CertificateRequest {
  readonly subject: Subject;
  readonly publicKey: KeyObject;
  /** Up to 20 bytes, of which at least 8 random ones (CA/Browser Forum's measure). */
  readonly serial: Uint8Array;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly extensions: readonly Extension[];
}

export interface Issuer {
  /** The issuer's certificate in DER; null for a certificate that signs itself. */
  readonly certificate: Uint8Array | null;
  readonly key: KeyObject;
}

/** The certificate in DER. Fails with `key-unusable` where the issuer's key or certificate is unfit. */
export function issueCertificate(request: CertificateRequest, issuer: Issuer): Uint8Array {
  const profile = profileOfKey(issuer.key);
  const signature = certificateSignature(profile);
  const subject = nameOf(request.subject);
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialOf(request.serial),
    signature,
    issuer: issuer.certificate === null ? subject : subjectOf(issuer.certificate),
    validity: new Validity({ notBefore: request.validFrom, notAfter: request.validTo }),
    subject,
    subjectPublicKeyInfo: publicKeyInfo(request.publicKey),
    extensions: new Extensions([...request.extensions]),
  });
  const value = certificateValue(issuer.key, encode(tbsCertificate));
  return encode(
    new CertificateFields({
      tbsCertificate,
      signatureAlgorithm: signature,
      signatureValue: bufferOf(value),
    }),
  );
}

/** A private key's signature value over a certificate or a request: ECDSA brought to its lower s. */
export function certificateValue(key: KeyObject, data: Uint8Array): Uint8Array {
  const { digest, order } = profileOfKey(key);
  const value = sign(digest, data, key);
  const canonical = order === null ? value : canonicalEcdsa(value, order);
  if (canonical === null) throw new Failure("key-unusable", "the issuing key gave no signature");
  return canonical;
}

/** SubjectPublicKeyInfo in DER, of a public key or of the public half of a private one. */
export function publicKeyDer(key: KeyObject): Uint8Array {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return publicKey.export({ type: "spki", format: "der" });
}

/** The profile of a key. Fails with `key-unusable` where it may not sign here. */
export function profileOfKey(key: KeyObject): AlgorithmProfile {
  const verdict = judgeKey(key);
  if (verdict.algorithm === null) throw new Failure("key-unusable", verdict.reason);
  return profileOf(verdict.algorithm);
}

/** How a key of this profile signs certificates and requests (RFC 5758, RFC 4055). */
export function certificateSignature(profile: AlgorithmProfile): AlgorithmIdentifier {
  return profile.order === null
    ? new AlgorithmIdentifier({ algorithm: ID_RSA_SHA256, parameters: null })
    : new AlgorithmIdentifier({ algorithm: profile.signatureId });
}

function subjectOf(der: Uint8Array): Name {
  const certificate = readCertificate(der);
  if (certificate === null) {
    throw new Failure("key-unusable", "the issuing certificate cannot be read");
  }
  return certificate.fields.tbsCertificate.subject;
}

/** The key as certificates and requests hold it. */
export function publicKeyInfo(key: KeyObject): SubjectPublicKeyInfo {
  return AsnConvert.parse(publicKeyDer(key), SubjectPublicKeyInfo);
}

/** A positive INTEGER of at most 20 bytes (RFC 5280, section 4.1.2.2), never with a leading zero. */
function serialOf(random: Uint8Array): ArrayBuffer {
  const serial = new Uint8Array(random.subarray(0, 20));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial.buffer;
}

/** The X.501 name of a subject. */
export function nameOf(subject: Subject): Name {
  const parts = [namePart(ID_COMMON_NAME, subject.commonName)];
  if (subject.organization !== null) parts.unshift(namePart(ID_ORGANIZATION, subject.organization));
  return new Name(parts);
}

function namePart(type: string, text: string): RelativeDistinguishedName {
  const value = new AttributeValue({ utf8String: text });
  return new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })]);
}
