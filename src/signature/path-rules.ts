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

/** The first breach along a path whose first certificate is the signer's; null where there is none. */
export function breachOf(path: readonly Certificate[]): string | null {
  for (const [index, certificate] of path.entries()) {
    const breach =
      structureBreach(certificate) ??
      (index === 0 ? signerBreach(certificate) : issuerBreach(certificate, index - 1));
    if (breach !== null) return `BAD KEY: the certificate of ${holderOf(certificate)} ${breach}`;
  }
  return null;
}

function structureBreach(certificate: Certificate): string | null {
  const { tbsCertificate, signatureAlgorithm } = certificate.fields;
  const seen = new Set<string>();
  for (const { extnID, critical } of tbsCertificate.extensions ?? []) {
    if (seen.has(extnID)) return `holds the extension ${extnID} twice`;
    seen.add(extnID);
    if (critical && !UNDERSTOOD.has(extnID)) {
      return `holds the critical extension ${extnID}, which is not understood here`;
    }
  }
  if (!certificate.hasCanonicalKey) return "does not hold its key in the canonical encoding";
  if (!isCertificateSignature(signatureAlgorithm.algorithm)) {
    return `is signed with ${signatureAlgorithm.algorithm}, which is not accepted`;
  }
  return null;
}

function signerBreach(certificate: Certificate): string | null {
  const usage = keyUsageOf(certificate);
  const wanted = KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation;
  if (usage === "unreadable") return "holds an unreadable key usage";
  if (usage !== null && (usage & wanted) === 0) return "is not for signatures by its key usage";
  const purposes = extensionOf(certificate, id_ce_extKeyUsage, ExtendedKeyUsage);
  if (purposes === "unreadable") return "holds an unreadable extended key usage";
  if (purposes !== null && !purposes.some((purpose) => SIGNING_PURPOSES.has(purpose))) {
    return "is not for documents by its extended key usage";
  }
  return null;
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
