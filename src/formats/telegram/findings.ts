import type { FindingRecord } from "../../model/record.ts";

/** Findings of one file, counted while it is read. */
export interface Findings {
  readonly counts: Map<string, FindingCount>;
}

interface FindingCount {
  readonly code: string;
  readonly detail: string;
  count: number;
}

/** Different findings kept apart; a file that names more sections than this has them counted together. */
const KEPT_APART = 64;

export function noFindings(): Findings {
  return { counts: new Map() };
}

/** Counts a finding; those of one code and detail are one record. */
export function note(findings: Findings, code: string, detail: string, count = 1): void {
  if (count === 0) return;
  const text = findings.counts.size < KEPT_APART ? detail : "others";
  const key = `${code} ${detail}`;
  const found = findings.counts.get(key) ?? findings.counts.get(`${code} ${text}`);
  if (found !== undefined) found.count += count;
  else findings.counts.set(`${code} ${text}`, { code, detail: text, count });
}

/** The findings as records, in the order of their first sight. */
export function findingRecords(findings: Findings): readonly FindingRecord[] {
  return [...findings.counts.values()].map(({ code, detail, count }) => ({
    type: "finding",
    code,
    detail,
    count,
  }));
}
