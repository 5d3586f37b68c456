import type { Encoding } from "../../decode/charset.ts";
import type { FormatRecord } from "../../model/record.ts";

/** Records per batch, about: a row may come with the conversation and account it is the first to name. */
export const BATCH = 512;

/** A rule that a row breaks, and how. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
}

/** The refusal of bytes that are not of the declared encoding; windows-1252 knows no such bytes. */
export function badEncoding(encoding: Encoding): Refusal {
  const code = encoding === "utf-16le" ? "bad-utf16" : "bad-utf8";
  return { code, detail: `bytes that are not ${encoding}` };
}

/** Adds a finding about the file, if there is anything to count. */
export function pushFinding(
  out: FormatRecord[],
  code: string,
  detail: string,
  count: number,
): void {
  if (count > 0) out.push({ type: "finding", code, detail, count });
}
