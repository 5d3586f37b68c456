import { numberAt, objectAt } from "../../model/json.ts";
import type { CheckId, ValidationReport, Verdict } from "../../model/validation.ts";
import { type Line, type Style, styled } from "../../terminal/terminal.ts";
import type { VerifyAnswerWords } from "../../words/verify-answer.ts";
import { checkLines } from "./checks.ts";

/**
 * A validation as a person reads it: the verdict, then four answers that are never one (was it changed,
 * who signed, when, how much does it hold), then every check.
 */
export function answerLines(report: ValidationReport, words: VerifyAnswerWords): readonly Line[] {
  const { labels, verdicts } = words;
  const answers: readonly (readonly [string, readonly string[]])[] = [
    [labels.intact, [intactness(report, words)]],
    [labels.signer, signers(report, words)],
    [labels.time, times(report, words)],
    [labels.listed, listing(report, words)],
  ];
  const widest = Math.max(...answers.map(([label]) => label.length));
  return [
    styled("strong", report.file),
    ["  ", styled(STYLES[report.verdict], verdicts[report.verdict])],
    ...answers.flatMap(([label, lines]) =>
      lines.map((line, index) => `  ${(index === 0 ? label : "").padEnd(widest)}  ${line}`),
    ),
    "",
    styled("strong", labels.checks),
    ...checkLines(report.checks),
  ];
}

const STYLES: Readonly<Record<Verdict, Style>> = {
  passed: "good",
  failed: "bad",
  indeterminate: "doubtful",
};

/** Checks that speak of trust and time, not of bytes. */
const BESIDE_INTACTNESS: readonly CheckId[] = ["signer", "time"];

function intactness({ checks }: ValidationReport, words: VerifyAnswerWords): string {
  const failed = checks.filter(
    ({ id, outcome }) => outcome === "fail" && !BESIDE_INTACTNESS.includes(id),
  );
  return failed.length === 0
    ? words.intact
    : words.changed([...new Set(failed.map(({ id }) => id))]);
}

function signers(report: ValidationReport, words: VerifyAnswerWords): readonly string[] {
  if (report.signers.length === 0) return [words.noSigner];
  const lines = report.signers.map(({ holder, issuer, root }) =>
    words.signer(holder, issuer, root),
  );
  return [...new Set(lines)];
}

function times(report: ValidationReport, words: VerifyAnswerWords): readonly string[] {
  // Of an authority that stamped signature and container, the earlier says it all.
  const first = new Map(report.timestamps.toReversed().map((each) => [each.authority, each]));
  const stamped = report.timestamps
    .filter((each) => first.get(each.authority) === each)
    .map(({ time, authority, trusted }) => words.stampedTime(time, authority, trusted));
  if (stamped.length > 0) return [...new Set(stamped)];
  const claimed = report.signers.flatMap(({ claimedTime }) => claimedTime ?? []);
  if (claimed.length === 0) return [words.noTime];
  return [...new Set(claimed)].map((time) => words.claimedTime(time));
}

const OF_THE_LISTING: readonly CheckId[] = ["payload", "unlisted", "counts", "manifest"];

function listing(report: ValidationReport, words: VerifyAnswerWords): readonly string[] {
  const counts = objectAt(report.bundle, "counts");
  const messages = numberAt(counts, "messages");
  if (messages === undefined) return [words.nothingListed];
  const agrees = report.checks.every(
    ({ id, outcome }) => outcome === "pass" || !OF_THE_LISTING.includes(id),
  );
  return [
    agrees ? words.listed(messages) : words.notAsListed(messages),
    words.selected(messages, numberAt(counts, "messagesInConversations") ?? messages),
    words.withheld(numberAt(counts, "withheld") ?? 0),
  ];
}
