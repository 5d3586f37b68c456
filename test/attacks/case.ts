import type { Verdict } from "../../src/model/validation.ts";

/** What the person verifying brings along; a member left out is nothing. */
export interface Given {
  /** PEM files of roots. */
  readonly roots: readonly string[];
  readonly at?: string;
  readonly requireTime?: boolean;
  readonly against?: readonly string[];
  readonly anchor?: string;
}

/** One file to verify and what both verifiers must answer. */
export interface Case {
  /** Row of the attack table in docs/threat-model.md: 1 to 36. */
  readonly class: number;
  /** What was done to it, as the end of "a bundle ...". */
  readonly name: string;
  readonly bytes: Buffer;
  readonly verdict: Verdict;
  /** Stands in the detail of some check; null where nothing is to be said. */
  readonly word: string | null;
  readonly given?: Given;
}
