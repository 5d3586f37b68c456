/** Whether the time of a signature is proven, or at least not contradicted (EN 319 102-1, 5.2.6). */
import type { Outcome } from "../model/validation.ts";
import { type Certificate, holderOf, isValidAt, validityOf } from "./certificate.ts";

export interface TimeVerdict {
  readonly outcome: Outcome;
  readonly detail: string;
}

export interface TimeQuestion {
  /** The signer's certificate first. */
  readonly path: readonly Certificate[];
  readonly claimed: Date | null;
  /** The trusted time where there is one, else the time of checking. */
  readonly at: Date;
  readonly hasToken: boolean;
}

/** A clock set to local time instead of UTC is off by up to 14 hours; more is no mistake of a zone. */
const TOLERANCE_MS = 24 * 60 * 60 * 1000;

/**
 * A claim proves nothing: it passes while every certificate of the path is valid at `at` and the
 * claim does not contradict the signer's certificate. Nothing here fails, since without a proof of
 * existence a date shows neither that the signature is good nor that it is bad.
 */
export function judgeTime(question: TimeQuestion): TimeVerdict {
  const { claimed, hasToken } = question;
  const doubt = certificateDoubt(question) ?? claimDoubt(question);
  if (doubt !== null) return { outcome: "indeterminate", detail: doubt };
  if (hasToken) {
    return {
      outcome: "indeterminate",
      detail: "the time-stamp of the signature is not judged here",
    };
  }
  const stated =
    claimed === null
      ? "the signature itself states none"
      : `${isoSecond(claimed)} as the signer says`;
  return { outcome: "pass", detail: `claimed time only: ${stated}` };
}

function certificateDoubt({ path, at }: TimeQuestion): string | null {
  const doubtful = path.find((certificate) => !isValidAt(certificate, at));
  if (doubtful === undefined) return null;
  const { from, to } = validityOf(doubtful);
  const holder = holderOf(doubtful);
  return at.toISOString() < from
    ? `the certificate of ${holder} begins at ${from}, after ${at.toISOString()}`
    : `no proof that the signature existed when the certificate of ${holder} ended at ${to}`;
}

function claimDoubt({ path, claimed, at }: TimeQuestion): string | null {
  const [signer] = path;
  if (claimed === null || signer === undefined) return null;
  if (!isValidAt(signer, claimed)) {
    const { from, to } = validityOf(signer);
    return `the claimed time ${isoSecond(claimed)} lies outside the certificate, ${from} to ${to}`;
  }
  if (claimed.getTime() > at.getTime() + TOLERANCE_MS) {
    return `the claimed time ${isoSecond(claimed)} lies after the time of checking`;
  }
  return null;
}

/** ISO 8601 UTC to the second, which is as fine as a signature states its time. */
export function isoSecond(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
