import { byteAt, NINE, OPEN, ZERO } from "./bytes.ts";
import { isAscii, skipMarks } from "./cursor.ts";
import { readClock, readTail } from "./headerclock.ts";
import { readDate, readGap } from "./headerdate.ts";
import { STYLE_BRACKET } from "./style.ts";

/**
 * The header that opens a row, read from the first bytes of a line:
 *
 *     [marks] ["["] DATE [","] SP [word] TIME ["."] [SP am-pm] ("]" | " - " | ":") SP rest
 *
 * A header is one reused object: a million rows are read without allocating one. Places (`*At`) count
 * bytes from the start of the line.
 */
export interface Header {
  /** Where the reader stands; meaningless to callers. */
  at: number;
  /** Digits of the number last read; meaningless to callers. */
  width: number;
  /** The three numbers of the date, in the order written. */
  first: number;
  second: number;
  third: number;
  firstWidth: number;
  thirdWidth: number;
  /** Where a year of four digits stands. */
  layout: Layout;
  hour: number;
  minute: number;
  /** -1 where the layout has no seconds. */
  seconds: number;
  meridiem: Meridiem;
  /** Everything that does not vary within one layout, packed: two rows of one layout are equal here. */
  style: number;
  /** Per number of the date and the hour: 1 seen without a leading zero, 2 seen with one, packed in pairs of bits. */
  pads: number;
  bracket: boolean;
  /** True where an invisible mark stands before the header. */
  marked: boolean;
  /** True where every byte of the header is surely ASCII. */
  ascii: boolean;
  rawFrom: number;
  rawTo: number;
  bodyFrom: number;
}

/** 0: the year has two digits; 1, 2, 3: the first, second or third number is a year of four digits. */
export type Layout = 0 | 1 | 2 | 3;

export type Meridiem = "none" | "am" | "pm";

/** No header is longer than this many bytes, so a line is looked at no further. */
export const HEADER_LIMIT = 160;

export function newHeader(): Header {
  return {
    at: 0,
    width: 0,
    first: 0,
    second: 0,
    third: 0,
    firstWidth: 0,
    thirdWidth: 0,
    layout: 0,
    hour: 0,
    minute: 0,
    seconds: -1,
    meridiem: "none",
    style: 0,
    pads: 0,
    bracket: false,
    marked: false,
    ascii: false,
    rawFrom: 0,
    rawTo: 0,
    bodyFrom: 0,
  };
}

/**
 * Reads the header of the line `bytes[start, end)` into `header`; false where the line opens with none.
 * Time is linear in the header's length, at most HEADER_LIMIT bytes.
 */
export type HeaderReader = (bytes: Buffer, start: number, end: number, header: Header) => boolean;

/** A reader that remembers the last date: most rows repeat it byte by byte, and it is not read again. */
export function newHeaderReader(): HeaderReader {
  const memo = newHeader();
  const prefix = new Uint8Array(MEMO_LIMIT);
  let length = 0;
  return (bytes, start, end, header) => {
    const lead = byteAt(bytes, start);
    if (lead < 0x80 && lead !== OPEN && (lead < ZERO || lead > NINE)) return false;
    const limit = Math.min(end, start + HEADER_LIMIT);
    if (length > 0 && isRepeated(bytes, start, prefix, length)) {
      recall(memo, header);
      header.at = start + length;
      if (readClock(bytes, header) && readTail(bytes, start, limit, header)) return true;
    }
    if (!readUpToClock(bytes, start, limit, header)) return false;
    header.ascii = isAscii(bytes, start, header.at);
    const size = header.at - start;
    if (size <= MEMO_LIMIT) {
      length = size;
      for (let index = 0; index < size; index++) prefix[index] = bytes[start + index] ?? 0;
      recall(header, memo);
    }
    return readClock(bytes, header) && readTail(bytes, start, limit, header);
  };
}

const MEMO_LIMIT = 48;

function isRepeated(bytes: Buffer, start: number, prefix: Uint8Array, length: number): boolean {
  if (start + length > bytes.length) return false;
  // dates differ at their ends first
  for (let index = length - 1; index >= 0; index--) {
    if (bytes[start + index] !== prefix[index]) return false;
  }
  return true;
}

/** Copies what the date and the gap after it say. */
function recall(from: Header, to: Header): void {
  to.first = from.first;
  to.second = from.second;
  to.third = from.third;
  to.firstWidth = from.firstWidth;
  to.thirdWidth = from.thirdWidth;
  to.layout = from.layout;
  to.meridiem = from.meridiem;
  to.style = from.style;
  to.pads = from.pads;
  to.bracket = from.bracket;
  to.marked = from.marked;
  to.ascii = from.ascii;
  to.rawFrom = from.rawFrom;
}

function readUpToClock(bytes: Buffer, start: number, limit: number, header: Header): boolean {
  header.at = start;
  skipMarks(bytes, header);
  header.marked = header.at > start;
  header.bracket = byteAt(bytes, header.at) === OPEN;
  if (header.bracket) {
    header.at++;
    skipMarks(bytes, header);
  }
  header.rawFrom = header.at - start;
  header.style = header.bracket ? STYLE_BRACKET : 0;
  header.meridiem = "none";
  header.pads = 0;
  return readDate(bytes, header) && readGap(bytes, limit, header);
}

/** True where two rows can be of one layout: the same style, and no number padded in one and not in the other. */
export function sameStyle(style: number, pads: number, header: Header): boolean {
  const both = pads | header.pads;
  return style === header.style && (both & (both >> 1) & 0x55) === 0;
}
