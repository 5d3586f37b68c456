import type { Problem } from "../../bundle/problem.ts";
import { sha256 } from "../../hash/digest.ts";
import type { TimestampReport } from "../../model/validation.ts";
import { checkToken, type StatedTime } from "../../signature/timestamp/check.ts";
import type { VerifyOptions } from "./options.ts";

/** What is said of the tokens of a file so far. */
export interface Stamps {
  readonly problems: Problem[];
  readonly stated: StatedTime[];
}

/** Judges a token over these bytes; what it says, or what is wrong with it, joins the others. */
export function judgeToken(
  token: Uint8Array,
  content: Uint8Array,
  { problems, stated }: Stamps,
  options: VerifyOptions,
): void {
  const imprint = Buffer.from(sha256(content), "hex");
  const at = options.at ?? options.now;
  const found = checkToken(token, { imprint, roots: options.roots, at });
  problems.push(...found.problems);
  if (found.stated !== null) stated.push(found.stated);
}

/** The earliest time that an authority trusted here states; null where none does. */
export function earliestTrusted(stated: readonly StatedTime[]): StatedTime | null {
  const trusted = stated.filter(({ trust }) => trust.outcome === "pass");
  const [first] = trusted.toSorted((a, b) => a.time.getTime() - b.time.getTime());
  return first ?? null;
}

/** The tokens as `verify --json` lists them. */
export function timestampReports(stated: readonly StatedTime[]): readonly TimestampReport[] {
  return stated.map(({ authority, time, trust }) => ({
    authority,
    time: `${time.toISOString().slice(0, 19)}Z`,
    trusted: trust.outcome === "pass",
  }));
}
