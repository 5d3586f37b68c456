/** ETSI EN 319 102-1 words: passed, failed, indeterminate. */
export type Outcome = "pass" | "fail" | "indeterminate";

export type CheckId =
  | "container"
  | "names"
  | "manifest"
  | "payload"
  | "unlisted"
  | "signature"
  | "signer"
  | "time"
  | "custody"
  | "records"
  | "counts"
  | "report"
  | "seal"
  // the checks of a case
  | "originals"
  | "journal"
  | "index"
  | "anchor";

/** One line of a validation. `detail` is lower case and names the thing; a failure opens with its class word. */
export interface Check {
  readonly id: CheckId;
  readonly subject: string;
  readonly outcome: Outcome;
  readonly detail: string;
}

export type Verdict = "passed" | "failed" | "indeterminate";

export interface SignerReport {
  readonly file: string;
  readonly holder: string;
  readonly issuer: string;
  readonly algorithm: string;
  /** SHA-256 of the certificate, 64 hex digits. */
  readonly fingerprint: string;
  /** SHA-256 of the root the path ends in; null where no path to a trusted root was found. */
  readonly root: string | null;
  readonly validFrom: string;
  readonly validTo: string;
  /** The time the signer claims, ISO 8601 UTC; null where the signature states none. */
  readonly claimedTime: string | null;
}

export interface TimestampReport {
  readonly authority: string;
  readonly time: string;
  readonly trusted: boolean;
}

/** Every check that was made of one file, none left out because another failed. */
export interface ValidationReport {
  readonly verdict: Verdict;
  readonly file: string;
  readonly checks: readonly Check[];
  readonly signers: readonly SignerReport[];
  readonly timestamps: readonly TimestampReport[];
  /** What the bundle says of itself; null where that could not be read. */
  readonly bundle: unknown;
}

/**
 * Any fail fails; else any indeterminate leaves it undecided. A missing slice of evidence is not a
 * failure: callers report it as a passed check that says what was not compared.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.outcome === "fail")) return "failed";
  if (checks.some((check) => check.outcome === "indeterminate")) return "indeterminate";
  return "passed";
}
