import type { Problem } from "../../bundle/problem.ts";
import type { Check, CheckId } from "../../model/validation.ts";

/** Problems named in one check; the rest are counted. */
const NAMED = 3;

/** A hostile file may make any number of problems; these are kept, and enough to fail by. */
const KEPT = 1000;

/** Adds a problem, as long as there are not too many to keep. */
export function note(problems: Problem[], problem: Problem): void {
  if (problems.length < KEPT) problems.push(problem);
}

/** A check that passes where there are no problems, and else names the first of them. */
export function judged(
  id: CheckId,
  subject: string,
  problems: readonly Problem[],
  passed: string,
): Check {
  if (problems.length === 0) return { id, subject, outcome: "pass", detail: passed };
  const named = problems.slice(0, NAMED).map(({ word, detail }) => `${word}: ${detail}`);
  const more = problems.length - named.length;
  const detail = more === 0 ? named.join("; ") : `${named.join("; ")}; and ${more} more`;
  return { id, subject, outcome: "fail", detail };
}

/** A check that cannot be made fails, and says which one tells why. */
export function notChecked(id: CheckId, subject: string, why: string): Check {
  return judged(id, subject, [{ word: "NOT CHECKED", detail: why }], "");
}

/** `1,204` */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}
