import type { ParseInput, ParseOptions } from "../../model/format.ts";
import type { FormatRecord } from "../../model/record.ts";
import { feed, finish, lineEndOf, newWindow, PIECE, pieces } from "./lines.ts";
import { planOf } from "./plan.ts";
import { CHAT, newReader } from "./records.ts";
import { newSplitter } from "./rows.ts";
import { siblingsOf } from "./siblings.ts";
import { survey } from "./survey.ts";
import { findingsOf, newTally } from "./tally.ts";
import { titleOf } from "./title.ts";
import { isUtf16, utf16Exception } from "./utf16.ts";

const BATCH = 500;

/**
 * Reads a chat export in two passes: the order of day and month is decided by evidence from the whole
 * file, so `input.chunks` is iterated again (and once for its line ends); each iteration has to give the
 * file from its start.
 * Bytes that the second pass does not get are an exception. Memory holds one row of at most 1 MiB, one
 * piece of 64 KiB, the layouts and the authors.
 */
export function* parse(
  input: ParseInput,
  options: ParseOptions,
): Generator<readonly FormatRecord[]> {
  const title = titleOf(input.name);
  const lineEnd = lineEndOf(headOf(input.chunks));
  const surveyed = survey(input.chunks, title, lineEnd);
  const plan = planOf(surveyed.runs, options);
  const tally = newTally();
  let out: FormatRecord[] = [
    { type: "conversation", key: CHAT, nativeId: null, title, kind: surveyed.kind },
  ];
  const push = (record: FormatRecord): void => void out.push(record);
  const window = newWindow(lineEnd);
  const reader = newReader(title, siblingsOf(input.siblings), options, tally, push);
  const splitter = newSplitter(window, plan, surveyed.crowdedFrom, reader, push);
  let size = 0;
  for (const piece of pieces(input.chunks)) {
    if (size === 0 && isUtf16(piece)) {
      yield [...out, utf16Exception(surveyed.bytes), { type: "end", units: 1 }];
      return;
    }
    size += piece.length;
    feed(window, piece, splitter.line);
    splitter.check();
    while (out.length >= BATCH) {
      const batch = out.length < 2 * BATCH ? out : out.slice(0, BATCH);
      out = batch === out ? [] : out.slice(BATCH);
      yield batch;
    }
  }
  finish(window, splitter.line);
  splitter.end(size);
  const lost = surveyed.bytes - size;
  if (lost > 0) push(unreadRest(size, lost));
  out.push(...findingsOf(tally, plan.segments, surveyed.crowdedFrom < Infinity));
  yield [...out, { type: "end", units: splitter.units() + (lost > 0 ? 1 : 0) }];
}

/** The first piece of the file, gathered whole however the file is cut into chunks. */
function headOf(chunks: Iterable<Uint8Array>): Uint8Array {
  const head = Buffer.alloc(PIECE);
  let size = 0;
  for (const piece of pieces(chunks)) {
    size += Buffer.from(piece.buffer, piece.byteOffset, piece.length).copy(head, size);
    if (size === PIECE) break;
  }
  return head.subarray(0, size);
}

function unreadRest(offset: number, length: number): FormatRecord {
  return {
    type: "exception",
    code: "truncated",
    detail: "the file gave fewer bytes when it was read again",
    span: { offset, length },
    conversation: CHAT,
  };
}
