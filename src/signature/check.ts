/** Judges a detached signature: intact, by whom, and when, each apart. */
import type { Sha256 } from "../model/artifact.ts";
import type { TrustedRoot } from "../model/signature.ts";
import type { Outcome, SignerReport } from "../model/validation.ts";
import { judgeKey } from "./algorithms.ts";
import { signerIdentifier } from "./assemble.ts";
import { type Certificate, fingerprintOf, holderOf, issuerOf, validityOf } from "./certificate.ts";
import { chainOf } from "./chain.ts";
import { isoSecond, judgeTime } from "./dates.ts";
import { equalBytes } from "./der.ts";
import { integrityProblems } from "./integrity.ts";
import { judgePath, type PathVerdict } from "./path.ts";
import { isProblem, type Problem, readSignature, type SignatureFields } from "./read.ts";

export type { Problem } from "./read.ts";

export interface CheckOptions {
  readonly roots: readonly TrustedRoot[];
  /** The moment certificates are judged at: a trusted time, else the one asked for, else now. */
  readonly at: Date;
  /** Where given, the signature must hold exactly these certificates, byte for byte. */
  readonly certificates: readonly Uint8Array[] | null;
  /** CAdES states the signing time in the signature, PAdES must not. */
  readonly signingTime: "required" | "forbidden" | "either";
  /** The name of the signature's file for the report; empty where not given. */
  readonly file?: string;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly detail: string;
}

export interface SignatureCheck {
  /** None where the signature is intact: well-formed, and made over this content by its key. */
  readonly problems: readonly Problem[];
  /** Who signed, as the certificate says; null where no certificate could be read. */
  readonly signer: SignerReport | null;
  readonly path: Verdict;
  /** SHA-256 of each certificate of the path, the signer's first. */
  readonly fingerprints: readonly Sha256[];
  readonly time: Verdict;
  /** The RFC 3161 token in DER, not judged here; null where there is none. */
  readonly timestampToken: Uint8Array | null;
  /** The signature value, which its time-stamp is over; null where it cannot be read. */
  readonly value: Uint8Array | null;
  /**
   * As `time`, with no regard to the token: at a time that something proves, or at another. `claimed`
   * takes the place of the signature's own claim where it states none.
   */
  readonly timeAt: (at: Date, claimed?: Date | null) => Verdict;
}

/**
 * Checks a signature over content. Never throws over what the bytes hold: every fault of the
 * signature is a problem, every doubt about signer or time is a verdict.
 */
export function checkDetached(
  der: Uint8Array,
  content: Uint8Array,
  options: CheckOptions,
): SignatureCheck {
  const fields = readSignature(der);
  if (isProblem(fields)) return unreadable(fields);
  const leaf = signerOf(fields);
  if (leaf === null) {
    return unreadable({
      word: "BAD SIGNATURE",
      detail: "the signature does not hold its signer's certificate",
    });
  }
  const chain = chainOf(leaf, fields.certificates);
  const path = judgePath(chain.certificates, options.roots);
  return {
    problems: [...integrityProblems({ der, content, fields, leaf }, options), ...chain.problems],
    signer: reportOf(leaf, path, fields.signingTime, options.file ?? ""),
    path: { outcome: path.outcome, detail: path.detail },
    fingerprints: path.path.map((certificate) => fingerprintOf(certificate.der)),
    time: timeOf(fields, path, options.at),
    timestampToken: fields.timestampToken,
    value: fields.signature,
    timeAt: (at, claimed = null) =>
      judgeTime({ path: path.path, claimed: fields.signingTime ?? claimed, at, hasToken: false }),
  };
}

function timeOf(fields: SignatureFields, { path }: PathVerdict, at: Date): Verdict {
  const hasToken = fields.timestampToken !== null;
  return judgeTime({ path, claimed: fields.signingTime, at, hasToken });
}

function unreadable(problem: Problem): SignatureCheck {
  const nothing: Verdict = {
    outcome: "indeterminate",
    detail: "nothing can be said of a signature that cannot be read",
  };
  return {
    problems: [problem],
    signer: null,
    path: nothing,
    fingerprints: [],
    time: nothing,
    timestampToken: null,
    value: null,
    timeAt: () => nothing,
  };
}

/** The certificate that the signer identifier names, by the bytes it would have for it. */
function signerOf(fields: SignatureFields): Certificate | null {
  const sid = new Uint8Array(fields.signer.sid);
  const isNamed = (each: Certificate): boolean => equalBytes(signerIdentifier(each), sid);
  return fields.certificates.find(isNamed) ?? null;
}

function reportOf(
  leaf: Certificate,
  path: PathVerdict,
  claimed: Date | null,
  file: string,
): SignerReport {
  const { from, to } = validityOf(leaf);
  const verdict = judgeKey(leaf.x509.publicKey);
  return {
    file,
    holder: holderOf(leaf),
    issuer: issuerOf(leaf),
    algorithm: verdict.algorithm ?? "unsupported",
    fingerprint: fingerprintOf(leaf.der),
    root: path.root,
    validFrom: from,
    validTo: to,
    claimedTime: claimed === null ? null : isoSecond(claimed),
  };
}
