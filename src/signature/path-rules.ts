/** What RFC 5280 asks of each certificate of a path, apart from signatures and dates. */
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  anyExtendedKeyUsage,
  BasicConstraints,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_kp_emailProtection,
  id_kp_timeStamping,
  KeyUsage,
  KeyUsageFlags,
} from "@peculiar/asn1-x509";
import { judgeIssuerKey, isCertificateSignature } from "./algorithms.ts";
import { type Certificate, holderOf } from "./certificate.ts";
import { ID_KP_DOCUMENT_SIGNING } from "./oids.ts";

/** Extensions that are acted on here, or that narrow nothing this profile relies on. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_extKeyUsage,
  id_ce_certificatePolicies,
  id_ce_subjectAltName,
]);

const SIGNING_PURPOSES: ReadonlySet<string> = new Set([
  id_kp_emailProtection,
  ID_KP_DOCUMENT_SIGNING,
  anyExtendedKeyUsage,
]);

/** What the first certificate of a path is to be for. */
export type Purpose = "documents" | "time-stamps";

/**
 * The first breach along a path whose first certificate is the signer's; null where there is none.
 * Where the last one is a root that somebody trusts, its own signature is not looked at: RFC 5280,
 * section 6.1.1, takes the root as given, and many an old root has signed itself with SHA-1.
 */
export function breachOf(
  path: readonly Certificate[],
  purpose: Purpose = "documents",
  endsInRoot = false,
): string | null {
  for (const [index, certificate] of path.entries()) {
    const isRoot = endsInRoot && index > 0 && index === path.length - 1;
    const breach =
      structureBreach(certificate) ??
      (isRoot ? null : algorithmBreach(certificate)) ??
      (index === 0 ? signerBreach(certificate, purpose) : issuerBreach(certificate, index - 1));
    if (breach !== null) return `BAD KEY: the certificate of ${holderOf(certificate)} ${breach}`;
  }
  return null;
}

function structureBreach(certificate: Certificate): string | null {
  const { tbsCertificate } = certificate.fields;
  const seen = new Set<string>();
  for (const { extnID, critical } of tbsCertificate.extensions ?? []) {
    if (seen.has(extnID)) return `holds the extension ${extnID} twice`;
    seen.add(extnID);
    if (critical && !UNDERSTOOD.has(extnID)) {
      return `holds the critical extension ${extnID}, which is not understood here`;
    }
  }
  return certificate.hasCanonicalKey ? null : "does not hold its key in the canonical encoding";
}

function algorithmBreach({ fields }: Certificate): string | null {
  const { algorithm } = fields.signatureAlgorithm;
  return isCertificateSignature(algorithm)
    ? null
    : `is signed with ${algorithm}, which is not accepted`;
}

function signerBreach(certificate: Certificate, purpose: Purpose): string | null {
  const usage = keyUsageOf(certificate);
  const wanted = KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation;
  if (usage === "unreadable") return "holds an unreadable key usage";
  if (usage !== null && (usage & wanted) === 0) return "is not for signatures by its key usage";
  const purposes = extensionOf(certificate, id_ce_extKeyUsage, ExtendedKeyUsage);
  if (purposes === "unreadable") return "holds an unreadable extended key usage";
  if (purpose === "time-stamps") return stampingBreach(certificate, purposes ?? []);
  if (purposes !== null && !purposes.some((purpose) => SIGNING_PURPOSES.has(purpose))) {
    return "is not for documents by its extended key usage";
  }
  return null;
}

/** RFC 3161, section 2.3: the one purpose, and marked critical. */
function stampingBreach(certificate: Certificate, purposes: readonly string[]): string | null {
  const extensions = certificate.fields.tbsCertificate.extensions ?? [];
  const isCritical = extensions.some(({ extnID, critical }) => {
    return extnID === id_ce_extKeyUsage && critical;
  });
  const [purpose, another] = purposes;
  return isCritical && purpose === id_kp_timeStamping && another === undefined
    ? null
    : "is not for time-stamps alone by its extended key usage";
}

/** Whether a certificate is declared as that of an authority (RFC 5280, section 4.2.1.9). */
export function isAuthority(certificate: Certificate): boolean {
  const constraints = extensionOf(certificate, id_ce_basicConstraints, BasicConstraints);
  return constraints !== null && constraints !== "unreadable" && constraints.cA;
}

/** `below` counts the authorities between this one and the signer. */
function issuerBreach(certificate: Certificate, below: number): string | null {
  const constraints = extensionOf(certificate, id_ce_basicConstraints, BasicConstraints);
  if (constraints === "unreadable") return "holds unreadable basic constraints";
  if (constraints?.cA !== true) return "is not that of an authority";
  const limit = constraints.pathLenConstraint;
  if (limit !== undefined && below > limit) return `allows ${limit} authorities below it`;
  const usage = keyUsageOf(certificate);
  if (usage === "unreadable") return "holds an unreadable key usage";
  if (usage !== null && (usage & KeyUsageFlags.keyCertSign) === 0) {
    return "is not for issuing certificates by its key usage";
  }
  return judgeIssuerKey(certificate.x509.publicKey);
}

function keyUsageOf(certificate: Certificate): number | "unreadable" | null {
  const usage = extensionOf(certificate, id_ce_keyUsage, KeyUsage);
  return usage === null || usage === "unreadable" ? usage : usage.toNumber();
}

function extensionOf<T>(
  certificate: Certificate,
  id: string,
  type: new () => T,
): T | "unreadable" | null {
  const extensions = certificate.fields.tbsCertificate.extensions ?? [];
  const found = extensions.find(({ extnID }) => extnID === id);
  if (found === undefined) return null;
  try {
    return AsnConvert.parse(found.extnValue, type);
  } catch {
    return "unreadable";
  }
}
