import { unitWidth, type Encoding } from "./charset.ts";
import { openWindow, type Window } from "./window.ts";

const LF = 0x0a;
const CR = 0x0d;
const NONE = -1;

/** Stream place before which nothing unread is the unit searched for. */
interface Ahead {
  free: number;
}

/** How rows end. `delimiter` and `quote` are one ASCII character each; without a quote, rows are lines. */
export interface RowSyntax {
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly quote: string | null;
}

/** The search for the end of the row that begins at `window.from`. */
export interface Scan {
  readonly window: Window;
  readonly width: 1 | 2;
  readonly delimiter: number;
  readonly quote: number;
  /** Next unit to look at, an index into the window. */
  at: number;
  /** Inside a quoted field at `at`. */
  inQuotes: boolean;
  /** A field of this row opens with the quote. */
  quoted: boolean;
  readonly lines: Ahead;
  readonly quotes: Ahead;
}

/** A search over an empty window. */
export function startScan(syntax: RowSyntax): Scan {
  return {
    window: openWindow(),
    width: unitWidth(syntax.encoding),
    delimiter: syntax.delimiter.charCodeAt(0),
    quote: syntax.quote === null ? NONE : syntax.quote.charCodeAt(0),
    at: 0,
    inQuotes: false,
    quoted: false,
    lines: { free: 0 },
    quotes: { free: 0 },
  };
}

/** Begins the row at `from`; with `anew`, bytes that were searched before are searched again. */
export function beginRow(scan: Scan, from: number, anew: boolean): void {
  scan.window.from = from;
  scan.at = from;
  scan.inQuotes = false;
  scan.quoted = false;
  if (!anew) return;
  scan.lines.free = 0;
  scan.quotes.free = 0;
}

/**
 * Moves `at` past the end of the row, if it lies before index `room`; false where it does not lie in
 * the window. `last` says that no more bytes will come.
 */
export function findRowEnd(scan: Scan, room: number, last: boolean): boolean {
  return scan.quote === NONE ? findLineEnd(scan, room) : findUnquotedLineEnd(scan, room, last);
}

/** Moves `at` past the next line feed before index `room`; false where the window has none. */
export function findLineEnd(scan: Scan, room: number): boolean {
  const end = Math.min(scan.window.to, room);
  const found = nextUnit(scan, LF, scan.at, end);
  scan.at = found === NONE ? Math.max(scan.at, lastUnit(scan, end)) : found + scan.width;
  return found !== NONE;
}

/** As findLineEnd, but line feeds inside quotes are text. */
function findUnquotedLineEnd(scan: Scan, room: number, last: boolean): boolean {
  const end = Math.min(scan.window.to, room);
  // Past the limit nothing is looked at, so that no chunk decides what a quote at the edge means.
  const final = last && scan.window.to < room;
  for (;;) {
    if (scan.inQuotes) {
      if (!findQuoteEnd(scan, end, final)) return false;
      continue;
    }
    const lineEnd = nextAhead(scan, LF, scan.lines, end);
    const quote = nextAhead(scan, scan.quote, scan.quotes, lineEnd === NONE ? end : lineEnd);
    if (quote === NONE) {
      scan.at = lineEnd === NONE ? lastUnit(scan, end) : lineEnd + scan.width;
      return lineEnd !== NONE;
    }
    scan.at = quote + scan.width;
    scan.inQuotes = opensField(scan, quote);
    scan.quoted ||= scan.inQuotes;
  }
}

/** Moves past the quote that closes a field; false where more bytes are needed to tell. */
function findQuoteEnd(scan: Scan, end: number, final: boolean): boolean {
  const { data } = scan.window;
  for (;;) {
    const quote = nextUnit(scan, scan.quote, scan.at, end);
    if (quote === NONE) {
      scan.at = lastUnit(scan, end);
      return false;
    }
    const after = quote + scan.width;
    if (after + scan.width > end && !final) {
      scan.at = quote;
      return false;
    }
    const next = after + scan.width > end ? LF : unitAt(data, after, scan.width);
    scan.at = next === scan.quote ? after + scan.width : after;
    if (next === scan.delimiter || next === LF || next === CR) {
      scan.inQuotes = false;
      return true;
    }
  }
}

/** The next `unit` before `end`; what was found free of it is not searched again. */
function nextAhead(scan: Scan, unit: number, ahead: Ahead, end: number): number {
  const { window } = scan;
  const from = Math.max(scan.at, ahead.free - window.base);
  if (from >= end) return NONE;
  const found = nextUnit(scan, unit, from, window.to);
  ahead.free = window.base + (found === NONE ? lastUnit(scan, window.to) : found);
  return found < end ? found : NONE;
}

function opensField(scan: Scan, quote: number): boolean {
  const { data, from } = scan.window;
  return quote === from || unitAt(data, quote - scan.width, scan.width) === scan.delimiter;
}

/** Index of the first `unit` in `[from, end)`, or NONE. */
function nextUnit(scan: Scan, unit: number, from: number, end: number): number {
  const { data } = scan.window;
  let found = data.indexOf(unit, from);
  while (found !== NONE && found + scan.width <= end) {
    if (scan.width === 1 || (isAligned(scan, found) && data[found + 1] === 0)) return found;
    found = data.indexOf(unit, found + 1);
  }
  return NONE;
}

function unitAt(data: Buffer, at: number, width: 1 | 2): number {
  return width === 1 ? (data[at] ?? NONE) : data.readUInt16LE(at);
}

function isAligned(scan: Scan, at: number): boolean {
  return (at - scan.window.from) % scan.width === 0;
}

/** `end`, or the place of the half unit before it. */
function lastUnit(scan: Scan, end: number): number {
  return end - ((end - scan.window.from) % scan.width);
}
