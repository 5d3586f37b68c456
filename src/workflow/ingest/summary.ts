import type { IngestSummary, PassedOver, SourceReport } from "./request.ts";

/** Adds up a run. Rows that the case had already are not counted again. */
export function summaryOf(
  reports: readonly SourceReport[],
  passedOver: readonly PassedOver[],
  seconds: number,
): IngestSummary {
  const fresh = reports.filter((report) => report.status !== "duplicate");
  const sum = (of: (report: SourceReport) => number): number =>
    fresh.reduce((total, report) => total + of(report), 0);
  return {
    type: "summary",
    artifacts: reports.length,
    messages: sum((report) => report.messages),
    events: sum((report) => report.events),
    exceptions: sum((report) => report.exceptions),
    bytes: reports.reduce((total, report) => total + report.size, 0),
    seconds: Math.round(seconds * 1000) / 1000,
    unrecognised: reports.filter((report) => report.status === "unrecognised").length,
    refused: passedOver.filter((item) => item.type === "refused").length,
    findings: sum((report) => report.findings.filter(isDefect).length),
    ties: reports.filter((report) => report.candidates.length > 0).length,
  };
}

/** True for what was wrong with a file or archive as it was taken in; a parser's remarks and notes are not. */
function isDefect(finding: SourceReport["findings"][number]): boolean {
  return finding.stage === "acquisition" && !finding.code.startsWith("note:");
}
