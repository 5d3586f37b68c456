/**
 * Revocation notices: a root made in an office publishes no revocation list, so the withdrawal of a
 * certificate is one small signed file, handed to those who verify.
 *
 * The file is text: a line of canonical JSON (RFC 8785), which is what is signed, without its line end;
 * the detached CMS signature over it; and the certificate that is withdrawn. Whoever holds that
 * certificate's key may withdraw it, and the authority that issued it; a notice of anybody else is
 * refused, so none needs a trusted root.
 */
import { canonical } from "../hash/canonical.ts";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import { stringAt } from "../model/json.ts";
import type { Outcome } from "../model/validation.ts";
import {
  type Certificate,
  fingerprintOf,
  holderOf,
  isIssuedBy,
  issuerOf,
  readCertificate,
} from "./certificate.ts";
import { checkDetached } from "./check.ts";
import { isAuthority } from "./path-rules.ts";
import { readPem, writePem } from "./pem.ts";
import { isProblem, readSignature } from "./read.ts";

/** Why a certificate is withdrawn: the words of RFC 5280, section 5.3.1, that fit a signer. */
export const REVOCATION_REASONS = [
  "unspecified",
  "key-compromise",
  "affiliation-changed",
  "superseded",
  "cessation-of-operation",
] as const;

export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export interface Revocation {
  readonly reason: RevocationReason;
  /** ISO 8601 UTC to the second: from here on the certificate is not to be relied on. */
  readonly revoked: string;
  readonly note: string | null;
}

/** A notice whose signature is intact and whose signer was entitled to it. */
export interface RevocationNotice extends Revocation {
  /** SHA-256 of the certificate withdrawn. */
  readonly certificate: Sha256;
  readonly holder: string;
  /** Who signed the notice. */
  readonly by: string;
  /** When the notice was signed, as its signer says; ISO 8601 UTC. */
  readonly issued: string;
}

const CMS = "CMS";
const CERTIFICATE = "CERTIFICATE";
const MAX_CHARACTERS = 64 * 1024;

/** The line of canonical JSON that a notice's signature covers, as UTF-8. */
export function noticeContent(certificate: Certificate, revocation: Revocation): Buffer {
  const { reason, revoked, note } = revocation;
  const line = canonical({
    certificate: fingerprintOf(certificate.der),
    holder: holderOf(certificate),
    issuer: issuerOf(certificate),
    note,
    reason,
    revoked,
    schema: 1,
    serial: certificate.x509.serialNumber.toLowerCase(),
    type: "exhibita-revocation",
  });
  return Buffer.from(line);
}

/** The whole file, given the detached signature over `content` in DER. */
export function noticeText(
  certificate: Certificate,
  content: Uint8Array,
  signature: Uint8Array,
): string {
  const line = Buffer.from(content).toString("utf8");
  return `${line}\n${writePem(CMS, signature)}${writePem(CERTIFICATE, certificate.der)}`;
}

/**
 * Reads a notice that is named as `origin`.
 *
 * @throws Failure `key-unusable`: no notice, an altered one, or one whose signer is neither the holder
 *   of the certificate nor the authority that issued it
 */
export function readNotice(text: string, origin: string): RevocationNotice {
  const parts = text.length > MAX_CHARACTERS ? null : partsOf(text);
  if (parts === null) {
    throw new Failure("key-unusable", `${origin} is no revocation notice of exhibita`, [
      "exhibita key revoke writes one",
    ]);
  }
  const { certificate, revocation, line, signature } = parts;
  const content = noticeContent(certificate, revocation);
  if (content.toString("utf8") !== line) throw altered(origin, "the certificate is another one");
  const signer = signerOf(signature, content, origin);
  const isOwn = signer.fingerprint === fingerprintOf(certificate.der);
  const isIssuer = isAuthority(signer.certificate) && isIssuedBy(certificate, signer.certificate);
  const by = holderOf(signer.certificate);
  if (!isOwn && !isIssuer) {
    throw altered(origin, `${by} neither holds nor issued the certificate of ${parts.holder}`);
  }
  const { holder } = parts;
  const fingerprint = fingerprintOf(certificate.der);
  return { ...revocation, certificate: fingerprint, holder, by, issued: signer.claimed };
}

export interface RevocationVerdict {
  readonly outcome: Outcome;
  readonly detail: string;
}

/**
 * What notices do to a signature whose path holds a certificate: it stays good only where a trusted
 * time precedes the revocation, since anybody with the key could have written an earlier claimed time.
 *
 * @param trustedTime of a token whose authority is trusted; null where only the signer says when
 * @returns null where no notice is about the certificate
 */
export function judgeRevocation(
  notices: readonly RevocationNotice[],
  fingerprint: Sha256,
  trustedTime: Date | null,
): RevocationVerdict | null {
  const [earliest] = notices
    .filter(({ certificate }) => certificate === fingerprint)
    .toSorted((left, right) => left.revoked.localeCompare(right.revoked, "en"));
  if (earliest === undefined) return null;
  const { holder, revoked, reason, by } = earliest;
  const what = `the certificate of ${holder} was revoked as of ${revoked} by ${by} (${reason})`;
  if (trustedTime !== null && trustedTime.getTime() < Date.parse(revoked)) {
    const time = trustedTime.toISOString();
    return { outcome: "pass", detail: `${what}, after the trusted time ${time}` };
  }
  const doubt =
    trustedTime === null
      ? "no trusted time shows that the signature is older"
      : `the trusted time ${trustedTime.toISOString()} is not before that`;
  return { outcome: "indeterminate", detail: `${what}, and ${doubt}` };
}

interface Parts {
  readonly line: string;
  readonly signature: Uint8Array;
  readonly certificate: Certificate;
  readonly holder: string;
  readonly revocation: Revocation;
}

/** Null where the text has not the three parts, or the line not the members, of a notice. */
function partsOf(text: string): Parts | null {
  const [signature, withdrawn, ...others] = readPem(text);
  if (signature?.label !== CMS || withdrawn?.label !== CERTIFICATE || others.length > 0)
    return null;
  const certificate = readCertificate(withdrawn.der);
  const line = text.slice(0, text.indexOf("\n"));
  const revocation = revocationOf(line);
  if (certificate === null || revocation === null) return null;
  const holder = holderOf(certificate);
  return { line, signature: signature.der, certificate, holder, revocation };
}

const SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function revocationOf(line: string): Revocation | null {
  const value = parsed(line);
  const revoked = stringAt(value, "revoked") ?? "";
  const reason = REVOCATION_REASONS.find((each) => each === stringAt(value, "reason"));
  if (!SECOND.test(revoked) || Number.isNaN(Date.parse(revoked)) || reason === undefined)
    return null;
  return { reason, revoked, note: stringAt(value, "note") ?? null };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

interface NoticeSigner {
  readonly certificate: Certificate;
  readonly fingerprint: Sha256;
  readonly claimed: string;
}

/** Who made an intact signature over the content. Whether they might is asked by the caller. */
function signerOf(der: Uint8Array, content: Uint8Array, origin: string): NoticeSigner {
  const options = {
    roots: [],
    at: new Date(0),
    certificates: null,
    signingTime: "required",
  } as const;
  const { problems, signer } = checkDetached(der, content, options);
  const [problem] = problems;
  if (problem !== undefined) throw altered(origin, problem.detail);
  const fields = readSignature(der);
  const certificates = isProblem(fields) ? [] : fields.certificates;
  const certificate = certificates.find((each) => fingerprintOf(each.der) === signer?.fingerprint);
  if (certificate === undefined || signer === null) throw altered(origin, "nobody signed it");
  return { certificate, fingerprint: signer.fingerprint, claimed: signer.claimedTime ?? "" };
}

function altered(origin: string, reason: string): Failure {
  return new Failure("key-unusable", `the revocation notice ${origin} is not honoured: ${reason}`, [
    "ask the agency for the notice again",
  ]);
}
