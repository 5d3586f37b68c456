import { relative } from "node:path";
import type { Terminal } from "../../terminal/terminal.ts";
import { styled } from "../../terminal/terminal.ts";
import { grouped } from "../../terminal/measures.ts";
import { startProgress } from "../../terminal/progress.ts";
import type { IngestObserver, IngestSummary, SourceReport } from "../../workflow/ingest/request.ts";

/** Tells what becomes of each source: a line for a person, a record for a script. */
export function ingestObserver(
  terminal: Terminal,
  now: () => number,
  cwd: string,
): IngestObserver & { readonly end: () => void } {
  const progress = startProgress(terminal, now);
  return {
    source: (report) => {
      if (terminal.json) terminal.record(report);
      else showSource(terminal, report, cwd);
    },
    passedOver: (item) => {
      if (terminal.json) terminal.record(item);
      else if (item.type === "refused") terminal.warn(`not taken in: ${item.path}: ${item.reason}`);
      else terminal.say(`passed over: ${item.path}`);
    },
    progress: ({ path, rows, bytes }) =>
      progress.update({ label: relative(cwd, path), bytes, totalBytes: null, messages: rows }),
    end: () => progress.end(),
  };
}

function showSource(terminal: Terminal, report: SourceReport, cwd: string): void {
  const { messages, events, exceptions, status, format, number } = report;
  const style = status === "unrecognised" || exceptions > 0 ? "doubtful" : "good";
  const name = relative(cwd, report.path) || report.path;
  const what =
    format === null
      ? ""
      : ` as ${format}: ${grouped(messages)} messages, ${grouped(events)} events, ${grouped(exceptions)} exceptions`;
  terminal.data([
    styled(style, status),
    `  ${number === null ? "" : `[${number}] `}${name}${what}`,
  ]);
  for (const finding of report.findings) {
    const times = finding.count > 1 ? ` (${grouped(finding.count)})` : "";
    terminal.data([styled("faint", `    ${finding.code}: ${finding.detail}${times}`)]);
  }
  for (const candidate of report.candidates) {
    terminal.data(`    may be ${candidate.id} (${candidate.score}): ${candidate.reason}`);
  }
}

export function showSummary(terminal: Terminal, summary: IngestSummary): void {
  if (terminal.json) {
    terminal.record(summary);
    return;
  }
  const { artifacts, messages, events, exceptions, unrecognised, ties, seconds } = summary;
  const sources = artifacts === 1 ? "1 source" : `${grouped(artifacts)} sources`;
  terminal.say(
    `${sources}: ${grouped(messages)} messages, ${grouped(events)} events, ${grouped(exceptions)} exceptions in ${seconds.toFixed(1)} s`,
  );
  if (ties > 0) terminal.hint("two formats claim a file: exhibita reparse NUMBER --format ID");
  else if (unrecognised > 0)
    terminal.hint("stored and unread: exhibita reparse NUMBER --format ID, or --mapping FILE");
  if (exceptions > 0) terminal.hint("what could not be read: exhibita list exceptions");
  if (messages > 0)
    terminal.hint("next: exhibita search WORD, or exhibita bundle --whole-case -o DIR");
}

/** 3 where something was not read; a tie of formats on the only source given is a question, 2. */
export function exitOfIngest(summary: IngestSummary, accept: boolean): number {
  const { exceptions, unrecognised, refused, findings, ties, artifacts } = summary;
  if (ties > 0 && artifacts === 1) return 2;
  if (accept) return 0;
  return exceptions + unrecognised + refused + findings + ties > 0 ? 3 : 0;
}
