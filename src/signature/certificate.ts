/** One X.509 certificate in both views: node's for signatures and names, the schema's for its fields. */
import { X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate as CertificateFields, type Name } from "@peculiar/asn1-x509";
import { sha256 } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { isCanonicalKey } from "./algorithms.ts";
import { equalBytes, isDer } from "./der.ts";
import { ID_COMMON_NAME, ID_ORGANIZATION } from "./oids.ts";
import { encode } from "./schema.ts";

export interface Certificate {
  readonly der: Uint8Array;
  readonly x509: X509Certificate;
  readonly fields: CertificateFields;
  /** Subject and issuer in DER. */
  readonly subjectName: Uint8Array;
  readonly issuerName: Uint8Array;
  /** Whether the public key stands in its one canonical encoding. */
  readonly hasCanonicalKey: boolean;
}

/** The last certificates read, by fingerprint: a batch shows the same few in every signature. */
const KEPT = new Map<Sha256, Certificate>();
const MAX_KEPT = 64;

/** Reads one DER certificate and nothing after it; null where the bytes are no such thing. */
export function readCertificate(der: Uint8Array): Certificate | null {
  const fingerprint = fingerprintOf(der);
  const kept = KEPT.get(fingerprint);
  if (kept !== undefined) return kept;
  const certificate = parseCertificate(der);
  if (certificate === null) return null;
  for (const oldest of KEPT.keys()) {
    if (KEPT.size < MAX_KEPT) break;
    KEPT.delete(oldest);
  }
  KEPT.set(fingerprint, certificate);
  return certificate;
}

function parseCertificate(source: Uint8Array): Certificate | null {
  if (!isDer(source)) return null;
  const der = Uint8Array.from(source);
  try {
    const x509 = new X509Certificate(der);
    const fields = AsnConvert.parse(der, CertificateFields);
    // A key that node cannot load throws at its first use: let that be here.
    const isReadable =
      x509.raw.equals(der) &&
      x509.publicKey.type === "public" &&
      isDate(x509.validFromDate) &&
      isDate(x509.validToDate);
    return isReadable ? describe(der, x509, fields) : null;
  } catch {
    return null;
  }
}

/** Whether it is the key alone that keeps a certificate from being read: a point off the curve, for one. */
export function hasUnreadableKey(der: Uint8Array): boolean {
  const x509 = x509Of(der);
  try {
    return x509 !== null && x509.publicKey.type !== "public";
  } catch {
    return true;
  }
}

function x509Of(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

function describe(der: Uint8Array, x509: X509Certificate, fields: CertificateFields): Certificate {
  const { subject, issuer, subjectPublicKeyInfo } = fields.tbsCertificate;
  return {
    der,
    x509,
    fields,
    subjectName: encode(subject),
    issuerName: encode(issuer),
    hasCanonicalKey: isCanonicalKey(x509.publicKey, encode(subjectPublicKeyInfo)),
  };
}

/** node gives an invalid date, not an error, for a time that names no moment. */
function isDate(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}

/** SHA-256 of a certificate's DER, 64 lower-case hex digits. */
export function fingerprintOf(der: Uint8Array): Sha256 {
  return sha256(der);
}

/** The subject as a person reads it: the common name, else the organization, else all of it. */
export function holderOf(certificate: Certificate): string {
  const subject = certificate.fields.tbsCertificate.subject;
  return shortName(subject) ?? oneLine(certificate.x509.subject);
}

/** The issuer, as `holderOf` writes the subject. */
export function issuerOf(certificate: Certificate): string {
  const issuer = certificate.fields.tbsCertificate.issuer;
  return shortName(issuer) ?? oneLine(certificate.x509.issuer);
}

/** The organization of the subject; null where it names none. */
export function organizationOf(certificate: Certificate): string | null {
  return attributeOf(certificate.fields.tbsCertificate.subject, ID_ORGANIZATION);
}

/** ISO 8601 UTC of both ends of the validity; the last second is part of it. */
export function validityOf(certificate: Certificate): { from: string; to: string } {
  const { validFromDate, validToDate } = certificate.x509;
  return { from: validFromDate.toISOString(), to: validToDate.toISOString() };
}

/** Whether a moment lies within the validity, both ends included (RFC 5280, section 4.1.2.5). */
export function isValidAt(certificate: Certificate, at: Date): boolean {
  const second = Math.floor(at.getTime() / 1000) * 1000;
  const { validFromDate, validToDate } = certificate.x509;
  return second >= validFromDate.getTime() && second <= validToDate.getTime();
}

/** Subject and issuer are one name, and the certificate's own key signed it. */
export function isSelfSigned(certificate: Certificate): boolean {
  return isIssuedBy(certificate, certificate);
}

/**
 * The issuer's subject is the name the certificate gives, and the issuer's key made its signature.
 * Whether the issuer was allowed to is judged apart, so that the reason can be told.
 */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return isNamedIssuer(certificate, issuer) && isSignedWith(certificate, issuer);
}

/** Subject and issuer are one name, whoever made the signature. */
export function isSelfIssued(certificate: Certificate): boolean {
  return isNamedIssuer(certificate, certificate);
}

function isNamedIssuer(certificate: Certificate, issuer: Certificate): boolean {
  return equalBytes(certificate.issuerName, issuer.subjectName);
}

/** Signatures of kept certificates that were verified, since that is the slowest part of a check. */
const VERIFIED = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

function isSignedWith(certificate: Certificate, issuer: Certificate): boolean {
  const known = VERIFIED.get(certificate) ?? new WeakMap<Certificate, boolean>();
  const result = known.get(issuer) ?? verifySignature(certificate, issuer);
  known.set(issuer, result);
  VERIFIED.set(certificate, known);
  return result;
}

function verifySignature(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    return false;
  }
}

function shortName(name: Name): string | null {
  return attributeOf(name, ID_COMMON_NAME) ?? attributeOf(name, ID_ORGANIZATION);
}

function attributeOf(name: Name, type: string): string | null {
  for (const part of name) {
    for (const attribute of part) {
      if (attribute.type === type) return attribute.value.toString();
    }
  }
  return null;
}

function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ");
}
