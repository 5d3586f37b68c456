import type { FormatRecord } from "../../model/record.ts";
import { CR, LF } from "./bytes.ts";
import { type Header, newHeader, newHeaderReader } from "./header.ts";
import type { Window } from "./lines.ts";
import type { Plan, Step } from "./plan.ts";

/** A row longer than this is cut: its message ends here, the rest is an exception. */
export const ROW_LIMIT: number = 1 << 20;

/** A whole row, its bytes at hand until the call returns. */
export interface Row {
  /** Its header; reused. */
  header: Header;
  step: Step;
  /** Bytes of the row, from its header to the next one's. */
  bytes: Buffer;
  from: number;
  to: number;
  /** The same without the line end that closes the row. */
  textTo: number;
  offset: number;
  /** More than one line. */
  folded: boolean;
  /** Header-like lines were kept inside it. */
  pasted: boolean;
  cut: boolean;
}

/** What stands in the splitter's hand: nothing yet, a row, lines without a header, or the rest of a cut row. */
type Holding = "nothing" | "row" | "headless" | "overflow";

const FREE: Step = { from: 0, paste: false, doubt: false, reading: 0, left: 0 };

/** Splits the second pass's lines into rows. */
export interface Splitter {
  readonly line: (bytes: Buffer, start: number, limit: number, offset: number) => void;
  /** To be called after each piece: gives up a row that has grown too long. */
  readonly check: () => void;
  /** To be called at the end with the file's length. */
  readonly end: (size: number) => void;
  /** Rows and regions opened so far, counted where they begin and not where they are read. */
  readonly units: () => number;
}

/**
 * @param emit Reads a whole row.
 * @param region Takes a region that is no row.
 */
export function newSplitter(
  window: Window,
  plan: Plan,
  crowdedFrom: number,
  emit: (row: Row) => void,
  region: (record: FormatRecord) => void,
): Splitter {
  let holding: Holding = "nothing";
  let probe = newHeader();
  const readHeader = newHeaderReader();
  let at = -1;
  let units = 0;
  const row: Row = {
    header: newHeader(),
    step: FREE,
    bytes: window.bytes,
    from: 0,
    to: 0,
    textTo: 0,
    offset: 0,
    folded: false,
    pasted: false,
    cut: false,
  };
  const stepAt = (offset: number): Step => {
    if (offset >= crowdedFrom) return FREE;
    while ((plan.steps[at + 1]?.from ?? Infinity) <= offset) at++;
    return plan.steps[at] ?? FREE;
  };
  const open = (what: Holding, offset: number): void => {
    holding = what;
    units++;
    row.offset = offset;
    window.keep = what === "row" ? offset : Infinity;
  };
  const closeRow = (to: number): void => {
    row.bytes = window.bytes;
    row.from = row.offset - window.base;
    row.to = to - window.base;
    row.cut = row.to - row.from > ROW_LIMIT;
    if (row.cut) row.to = characterStart(window.bytes, row.from + ROW_LIMIT);
    row.textTo = row.cut ? row.to : withoutLineEnd(window.bytes, row.from, row.to);
    emit(row);
    if (row.cut) open("overflow", window.base + row.to);
  };
  const close = (to: number): void => {
    if (holding === "row") closeRow(to);
    if (holding === "headless" || holding === "overflow") {
      region(regionRecord(holding, row.offset, to));
    }
    holding = "nothing";
  };
  return {
    line: (bytes, start, limit, offset) => {
      if (!readHeader(bytes, start, limit, probe)) {
        if (holding === "nothing") open("headless", offset);
        row.folded = true;
        return;
      }
      const step = stepAt(offset);
      if (step.paste) {
        if (offset - row.offset < ROW_LIMIT) row.pasted = true;
        row.folded = true;
        return;
      }
      close(offset);
      open("row", offset);
      const spare = row.header;
      row.header = probe;
      probe = spare;
      row.step = step;
      row.folded = false;
      row.pasted = false;
    },
    check: () => {
      const held = window.base + window.end - row.offset;
      // a line not yet told may still be a header: the row ends before it or not within the limit
      if (holding === "row" && window.told && held > ROW_LIMIT + 4) {
        closeRow(window.base + window.end);
      }
    },
    end: close,
    units: () => units,
  };
}

function withoutLineEnd(bytes: Buffer, from: number, to: number): number {
  if (to <= from) return to;
  if (bytes[to - 1] !== LF) return bytes[to - 1] === CR ? to - 1 : to;
  return to - 2 >= from && bytes[to - 2] === CR ? to - 2 : to - 1;
}

function characterStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start > at - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}

function regionRecord(holding: "headless" | "overflow", from: number, to: number): FormatRecord {
  const headless = holding === "headless";
  return {
    type: "exception",
    code: headless ? "no-header" : "too-long",
    detail: headless
      ? "lines before the first header of a message"
      : "the rest of a row of more than 1 MiB",
    span: { offset: from, length: to - from },
    conversation: headless ? null : "chat",
  };
}
