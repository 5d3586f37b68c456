import { textOf, type Encoding } from "./charset.ts";
import { ROW_LIMIT, rowBounds, type RowBounds } from "./rows.ts";

/** One line with its place in the stream; `length` counts its line end, `text` leaves it out. */
export interface Line {
  readonly offset: number;
  readonly length: number;
  /** 1-based, every line of the file counted. */
  readonly number: number;
  /** Empty where there is a fault. */
  readonly text: string;
  /** False for a last line without a line end. */
  readonly ended: boolean;
  readonly fault: LineFault | null;
}

/** `bad-encoding`: bytes that are not of the encoding; `too-long`: more bytes than the limit. */
export type LineFault = "bad-encoding" | "too-long";

/**
 * Splits a stream at LF or CRLF, every byte but a byte order mark in exactly one line. A lone CR, NEL
 * or U+2028 ends no line.
 */
export function* splitLines(
  chunks: Iterable<Uint8Array>,
  encoding: Encoding,
  limit: number = ROW_LIMIT,
): Iterable<Line> {
  const syntax = { encoding, delimiter: "\n", quote: null };
  let number = 0;
  for (const row of rowBounds(chunks, syntax, limit)) {
    number += 1;
    yield lineOf(row, number, encoding);
  }
}

function lineOf(row: RowBounds, number: number, encoding: Encoding): Line {
  const { offset, length } = row;
  const text = row.fault === null ? textOf(row.data, row.from, row.to, encoding) : "";
  if (row.fault === null && text !== null) {
    const ended = text.endsWith("\n");
    return { offset, length, number, text: withoutLineEnd(text), ended, fault: null };
  }
  const fault = text === null ? "bad-encoding" : "too-long";
  return { offset, length, number, text: "", ended: true, fault };
}

/** The text before its LF or CRLF. */
export function withoutLineEnd(text: string): string {
  if (!text.endsWith("\n")) return text;
  return text.slice(0, text.endsWith("\r\n") ? -2 : -1);
}
