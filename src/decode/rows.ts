import { MARK_LIMIT, markLength, type Encoding } from "./charset.ts";
import { beginRow, findLineEnd, findRowEnd, startScan, type RowSyntax, type Scan } from "./scan.ts";
import { append } from "./window.ts";

/**
 * Where the rows of a table or the lines of a text lie, byte for byte. A row runs from its first byte
 * to the end of its line feed, so that rows follow each other without a gap; a byte order mark before
 * the first belongs to none.
 */
export interface RowBounds {
  /** Place in the stream, in bytes. */
  readonly offset: number;
  readonly length: number;
  /** Bytes of the row in `data`, valid until the next row is asked for; empty with `too-long`. */
  readonly data: Buffer;
  readonly from: number;
  readonly to: number;
  /** A field opens with the quote. */
  readonly quoted: boolean;
  /**
   * - `unclosed-quote`: a line whose quoted field never ends; the lines after it are read anew
   * - `too-long`: more than the limit, bytes not kept
   */
  readonly fault: "unclosed-quote" | "too-long" | null;
  /** Read anew after an unclosed quote: the row may have been meant as text of the field before. */
  readonly resumed: boolean;
}

/** No row, and so no message, is longer than this many bytes. */
export const ROW_LIMIT: number = 16 * 1024 * 1024;

/**
 * Bytes that may be read a second time because of unclosed quotes, in one file. Past that, an unclosed
 * field is one `too-long` row, so that a hostile file costs linear time.
 */
const RESCAN_LIMIT = 64 * 1024 * 1024;

/** A scan, and what became of rows that have no end in sight. */
interface Reader {
  readonly scan: Scan;
  readonly limit: number;
  /** Stream place where an over-long row began, while its rest is passed over. */
  skippedFrom: number | null;
  rescanned: number;
  /** Stream place up to which rows are read anew. */
  resumedUntil: number;
}

/**
 * Splits a stream into rows as RFC 4180 has it, with the leniency of real files: rows end with LF or
 * CRLF, a quote inside an unquoted field is text, and so is a quote inside a quoted field that neither
 * a delimiter nor a line end follows. The same bytes give the same rows however they are chunked.
 */
export function* rowBounds(
  chunks: Iterable<Uint8Array>,
  syntax: RowSyntax,
  limit: number = ROW_LIMIT,
): Iterable<RowBounds> {
  const scan = startScan(syntax);
  const reader: Reader = { scan, limit, skippedFrom: null, rescanned: 0, resumedUntil: 0 };
  let opened = false;
  for (const chunk of chunks) {
    scan.at -= append(scan.window, chunk);
    if (!opened) {
      if (scan.window.to < MARK_LIMIT) continue;
      passMark(scan, syntax.encoding);
      opened = true;
    }
    for (let row = nextRow(reader, false); row !== null; row = nextRow(reader, false)) yield row;
  }
  if (!opened) passMark(scan, syntax.encoding);
  for (let row = nextRow(reader, true); row !== null; row = nextRow(reader, true)) yield row;
}

function passMark(scan: Scan, encoding: Encoding): void {
  const { data, to } = scan.window;
  beginRow(scan, markLength(data.subarray(0, to), encoding), false);
}

/** The next row, or null where more bytes are needed; with `last`, null at the end of the stream. */
function nextRow(reader: Reader, last: boolean): RowBounds | null {
  const { scan } = reader;
  const { window } = scan;
  if (reader.skippedFrom !== null) return skipRest(reader, reader.skippedFrom, last);
  const room = window.from + reader.limit;
  if (findRowEnd(scan, room, last)) return take(reader, scan.at, null);
  if (window.to >= room) return overflow(reader, room, last);
  if (!last || window.from === window.to) return null;
  if (scan.inQuotes && mayRescan(reader, window.to)) return unclosed(reader, window.to);
  return take(reader, window.to, null);
}

/** Cuts the window at `end` and gives the row before it. */
function take(reader: Reader, end: number, fault: "unclosed-quote" | null): RowBounds {
  const { scan, resumedUntil } = reader;
  const { data, base, from } = scan.window;
  const offset = base + from;
  const { quoted } = scan;
  beginRow(scan, end, fault !== null);
  const resumed = offset < resumedUntil;
  return { offset, length: end - from, data, from, to: end, quoted, fault, resumed };
}

/** A row that reaches the limit: an unclosed field is read anew line by line, anything else passed over. */
function overflow(reader: Reader, room: number, last: boolean): RowBounds | null {
  const { scan } = reader;
  if (scan.inQuotes && mayRescan(reader, room)) return unclosed(reader, room);
  reader.skippedFrom = scan.window.base + scan.window.from;
  beginRow(scan, room, false);
  return skipRest(reader, reader.skippedFrom, last);
}

/** Passes over bytes to the next line feed without keeping them. */
function skipRest(reader: Reader, offset: number, last: boolean): RowBounds | null {
  const { scan } = reader;
  const { window } = scan;
  const found = findLineEnd(scan, window.to);
  beginRow(scan, last && !found ? window.to : scan.at, false);
  if (!found && !last) return null;
  reader.skippedFrom = null;
  const length = window.base + window.from - offset;
  const resumed = offset < reader.resumedUntil;
  const { data } = window;
  return { offset, length, data, from: 0, to: 0, quoted: false, fault: "too-long", resumed };
}

function mayRescan(reader: Reader, upTo: number): boolean {
  return reader.rescanned + upTo - reader.scan.window.from <= RESCAN_LIMIT;
}

/** Gives the first line of an unclosed field as a row of its own, so that what follows is read anew. */
function unclosed(reader: Reader, upTo: number): RowBounds {
  const { scan } = reader;
  const { window } = scan;
  reader.rescanned += upTo - window.from;
  scan.at = window.from;
  const end = findLineEnd(scan, upTo) ? scan.at : upTo;
  const row = take(reader, end, "unclosed-quote");
  reader.resumedUntil = Math.max(reader.resumedUntil, window.base + upTo);
  return row;
}
