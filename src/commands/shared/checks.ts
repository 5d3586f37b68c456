import type { Check, Outcome } from "../../model/validation.ts";
import { type Line, type Style, styled } from "../../terminal/terminal.ts";
import { displayWidth } from "../../terminal/width.ts";

/** Every check on a line of its own, in the order made: outcome, id, subject and what was found. */
export function checkLines(checks: readonly Check[]): readonly Line[] {
  const widest = Math.max(0, ...checks.map(({ id }) => displayWidth(id)));
  return checks.map(({ id, outcome, subject, detail }) => [
    "  ",
    styled(STYLES[outcome], outcome.padEnd(OUTCOME_WIDTH)),
    `  ${id.padEnd(widest)}  `,
    subject === "" ? "" : `${subject}: `,
    detail,
  ]);
}

const OUTCOME_WIDTH = "indeterminate".length;

const STYLES: Readonly<Record<Outcome, Style>> = {
  pass: "good",
  fail: "bad",
  indeterminate: "doubtful",
};
