import { MIMETYPE, SIGNATURE, TSA_CHAIN } from "../../bundle/names.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { assertionManifest, tsaChain } from "../../bundle/time-assertion.ts";
import type { Check } from "../../model/validation.ts";
import type { SignatureCheck, Verdict } from "../../signature/check.ts";
import type { StatedTime } from "../../signature/timestamp/check.ts";
import type { Contents } from "./contents.ts";
import type { VerifyOptions } from "./options.ts";
import { judged, notChecked } from "./outcome.ts";
import { afterRevocation } from "./revoked.ts";
import { earliestTrusted, judgeToken, type Stamps } from "./stamps.ts";

/** When the bundle was signed, and what its tokens say. */
export interface TimeFindings {
  readonly check: Check;
  /** Of the sound tokens. */
  readonly stated: readonly StatedTime[];
}

/**
 * The time of the signature: proven where a trusted authority stamped it, else claimed. The time-stamps
 * are held against what the signed bundle.json says is to be expected, so that none is taken away or put in.
 */
export function checkTime(
  bundle: StrictBundle,
  contents: Contents,
  found: SignatureCheck,
  options: VerifyOptions,
): TimeFindings {
  const { record } = contents;
  if (record === null) {
    return { check: notChecked("time", SIGNATURE, "bundle.json cannot be read"), stated: [] };
  }
  const stamps: Stamps = { problems: [], stated: [] };
  const isStamped = found.timestampToken !== null || contents.assertions.length > 0;
  if (isStamped && record.timestamp === "none") {
    const detail = "a time-stamp was added where none is expected";
    stamps.problems.push({ word: "ALTERED", detail });
  } else if (isStamped) {
    judgeStamps(bundle, contents, found, stamps, options);
  } else if (record.timestamp === "expected") {
    const detail = "the time-stamp that bundle.json expects is missing";
    stamps.problems.push({ word: "INCOMPLETE", detail });
  }
  if (stamps.problems.length > 0) {
    return { check: judged("time", SIGNATURE, stamps.problems, ""), stated: [] };
  }
  const verdict = timeVerdict(found, stamps.stated, options);
  return { check: { id: "time", subject: SIGNATURE, ...verdict }, stated: stamps.stated };
}

function judgeStamps(
  bundle: StrictBundle,
  contents: Contents,
  found: SignatureCheck,
  stamps: Stamps,
  options: VerifyOptions,
): void {
  const missing = (what: string): void => {
    stamps.problems.push({ word: "INCOMPLETE", detail: `there is no ${what}` });
  };
  if (found.timestampToken === null || found.value === null) missing("time-stamp in the signature");
  else judgeToken(found.timestampToken, found.value, stamps, options);
  const { assertions } = contents;
  if (assertions.length === 0) missing("time assertion beside the signature");
  for (const { places, manifest, token } of assertions) {
    if (manifest === null) missing(places.manifest);
    else if (token === null) missing(places.token);
    else judgeToken(token, manifest, stamps, options);
  }
  stamps.problems.push(...listProblems(bundle, contents));
  if (stamps.problems.length === 0) {
    stamps.problems.push(...bindingProblems(contents, stamps.stated));
  }
}

/** Each assertion lists, in its one form, all that was there before it. */
function listProblems(bundle: StrictBundle, { assertions }: Contents): readonly Problem[] {
  const files = bundle.entries.filter(({ name }) => name !== MIMETYPE);
  return assertions.flatMap(({ places, manifest }, index): Problem[] => {
    const expected = assertionManifest(index + 1, assertions.length, files);
    if (manifest === null || manifest.equals(Buffer.from(expected, "utf8"))) return [];
    const detail = `${places.manifest} does not list the files of this bundle`;
    return [{ word: "ALTERED", detail }];
  });
}

/**
 * What no token covers: of the last one, the parts its authority did not sign. They are those of the
 * token in the signature, which the last assertion covers.
 *
 * @param stated by the token in the signature, then by the assertions in their order
 */
function bindingProblems(
  { tsaChain: chain }: Contents,
  stated: readonly StatedTime[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const [signed] = stated;
  if (signed === undefined || stated.at(-1)?.envelope !== signed.envelope) {
    const detail = "the last time-stamp is of another authority than that of the signature";
    problems.push({ word: "ALTERED", detail });
  }
  if (chain?.toString("utf8") !== tsaChain(stated.map(({ certificates }) => certificates))) {
    const detail = `${TSA_CHAIN} does not hold the certificates of the time-stamps`;
    problems.push({ word: "ALTERED", detail });
  }
  return problems;
}

/**
 * Certificates are judged at the time that a trusted authority states; a token whose authority is not
 * trusted here leaves the time a claim. A certificate that was withdrawn needs a trusted time before.
 *
 * @param claimed the time that a PDF states where its signature does not
 */
export function timeVerdict(
  found: SignatureCheck,
  stated: readonly StatedTime[],
  options: VerifyOptions,
  claimed: Date | null = null,
): Verdict {
  const proven = earliestTrusted(stated);
  const verdict = datedVerdict(found, stated, proven, options, claimed);
  return afterRevocation(verdict, found, proven?.time ?? null, options);
}

function datedVerdict(
  found: SignatureCheck,
  stated: readonly StatedTime[],
  proven: StatedTime | null,
  options: VerifyOptions,
  claimed: Date | null,
): Verdict {
  if (proven !== null) {
    const verdict = found.timeAt(proven.time, claimed);
    if (verdict.outcome !== "pass") return verdict;
    const detail = `signed before ${proven.text}, says ${proven.authority}, ${proven.trust.detail}`;
    return { outcome: "pass", detail };
  }
  const verdict = claimedTime(found.timeAt(options.at ?? options.now, claimed), options);
  const untrusted = stated.map(
    ({ text, authority, trust }) => `${authority} says ${text}, but ${trust.detail}`,
  );
  return { ...verdict, detail: [verdict.detail, ...new Set(untrusted)].join("; ") };
}

/** A claim passes unless a trusted time was asked for. */
export function claimedTime(time: Verdict, options: VerifyOptions): Verdict {
  if (time.outcome !== "pass" || !options.requireTime) return time;
  return { outcome: "indeterminate", detail: `a trusted time is required; ${time.detail}` };
}
