import { CR, LF } from "./bytes.ts";

/** Bytes of a line that are looked at before it is decided what the line is; a header is shorter. */
export const LOOKAHEAD = 256;

/** Chunks are taken in pieces no longer than this, so that rows leave before the next piece comes. */
export const PIECE: number = 1 << 16;

/**
 * Told of each line once, when its end or LOOKAHEAD bytes of it are at hand: `bytes[start, limit)` is its
 * beginning without the line feed, `offset` its place in the file. What is told does not depend on how
 * the file was cut into chunks.
 */
export type LineSink = (bytes: Buffer, start: number, limit: number, offset: number) => void;

/** A growing window over the file; `keep` is the offset from which its user still needs the bytes. */
export interface Window {
  bytes: Buffer;
  /** File offset of `bytes[0]`. */
  base: number;
  end: number;
  keep: number;
  lineStart: number;
  scanned: number;
  told: boolean;
  /** The byte that ends a line. */
  readonly lineEnd: number;
}

/** A window over a file whose lines end with LF or CRLF, or with `lineEnd` alone. */
export function newWindow(lineEnd: number = LF): Window {
  return {
    bytes: Buffer.allocUnsafe(4 * PIECE),
    base: 0,
    end: 0,
    keep: 0,
    lineStart: 0,
    scanned: 0,
    told: false,
    lineEnd,
  };
}

/**
 * CR where the beginning of the file has line ends of CR alone, as editors of old Macs write, else LF: read
 * by LF, such a file would be one message of its first author.
 */
export function lineEndOf(head: Uint8Array): number {
  return head.includes(LF) || !head.includes(CR) ? LF : CR;
}

/** The chunks cut to pieces of at most PIECE bytes. */
export function* pieces(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
  }
}

/** Adds a piece to the window and tells `sink` of every line that can be told. */
export function feed(window: Window, piece: Uint8Array, sink: LineSink): void {
  if (window.end + piece.length > window.bytes.length) makeRoom(window, piece.length);
  window.bytes.set(piece, window.end);
  window.end += piece.length;
  scan(window, sink, false);
}

/** Tells of the last line, which no line feed ends. */
export function finish(window: Window, sink: LineSink): void {
  // what lies past the end is old: a line feed there stops a header cut off by the end of the file
  if (window.end < window.bytes.length) window.bytes[window.end] = window.lineEnd;
  scan(window, sink, true);
}

function makeRoom(window: Window, length: number): void {
  const line = window.told ? window.scanned : window.lineStart;
  const drop = Math.max(0, Math.min(window.keep - window.base, line));
  const size = window.end - drop + length;
  const room = window.bytes.length;
  const target = size > room ? Buffer.allocUnsafe(Math.max(size, 2 * room)) : window.bytes;
  window.bytes.copy(target, 0, drop, window.end);
  window.bytes = target;
  window.base += drop;
  window.end -= drop;
  window.lineStart -= drop;
  window.scanned -= drop;
}

function scan(window: Window, sink: LineSink, last: boolean): void {
  const { bytes, end } = window;
  let at = window.scanned;
  let start = window.lineStart;
  let told = window.told;
  for (;;) {
    const found = bytes.indexOf(window.lineEnd, at);
    const feed = found < 0 || found > end ? end : found;
    if (!told) {
      const stop = Math.min(feed, start + LOOKAHEAD);
      if (feed === end && stop < start + LOOKAHEAD && !last) break;
      if (start === end) break;
      window.lineStart = start;
      sink(bytes, start, stop, window.base + start);
      told = true;
    }
    if (feed === end) break;
    at = feed + 1;
    start = at;
    told = false;
  }
  window.scanned = told ? end : Math.max(at, start);
  window.lineStart = start;
  window.told = told;
}
