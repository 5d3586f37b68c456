import {
  byteAt,
  COMMA,
  DASH,
  digitAt,
  DOT,
  NINE,
  SLASH,
  SPACE,
  spaceLength,
  ZERO,
} from "./bytes.ts";
import { isLetter, padOf, readNumber, skipMarks } from "./cursor.ts";
import type { Header, Layout } from "./header.ts";
import { isConnector, meridiemOf, plainWord } from "./meridiem.ts";
import {
  STYLE_COMMA,
  STYLE_DATE_SEPARATOR,
  STYLE_LAYOUT,
  STYLE_MERIDIEM,
  STYLE_SPACED,
  STYLE_WORD,
} from "./style.ts";

/** Reads the date at the cursor; false where none stands. */
export function readDate(bytes: Buffer, header: Header): boolean {
  header.first = readNumber(bytes, header);
  const firstWidth = header.width;
  if (header.first < 0 || firstWidth === 3) return false;
  const separator = readSeparator(bytes, header, 0);
  if (separator === 0) return false;
  header.second = readNumber(bytes, header);
  const secondWidth = header.width;
  if (header.second < 0 || secondWidth === 3) return false;
  if (readSeparator(bytes, header, separator) === 0) return false;
  header.third = readNumber(bytes, header);
  const thirdWidth = header.width;
  if (header.third < 0 || thirdWidth === 3) return false;
  header.firstWidth = firstWidth;
  header.thirdWidth = thirdWidth;
  const layout = layoutOf(firstWidth, secondWidth, thirdWidth);
  if (layout === -1 || !isConceivable(layout, header)) return false;
  header.layout = layout;
  const code = separator === SLASH ? 0 : separator === DASH ? 1 : 2;
  header.style |= (code << STYLE_DATE_SEPARATOR) | (layout << STYLE_LAYOUT);
  header.pads =
    padOf(header.first, firstWidth) |
    (padOf(header.second, secondWidth) << 2) |
    (padOf(header.third, thirdWidth) << 4);
  return true;
}

/** `/`, `-` or `.`, the same twice; a space may follow the dot (`13. 6. 2018.`), marks may stand around it. */
function readSeparator(bytes: Buffer, header: Header, expected: number): number {
  if (byteAt(bytes, header.at) >= 0x80) skipMarks(bytes, header);
  const byte = byteAt(bytes, header.at);
  if (byte !== SLASH && byte !== DASH && byte !== DOT) return 0;
  if (expected !== 0 && byte !== expected) return 0;
  header.at++;
  if (byte === DOT) {
    const space = spaceLength(bytes, header.at);
    if (space > 0) {
      header.at += space;
      header.style |= STYLE_SPACED;
    }
  }
  if (byteAt(bytes, header.at) >= 0x80) skipMarks(bytes, header);
  return byte;
}

function layoutOf(first: number, second: number, third: number): Layout | -1 {
  const fours = (first === 4 ? 1 : 0) + (second === 4 ? 1 : 0) + (third === 4 ? 1 : 0);
  if (fours > 1) return -1;
  if (fours === 0) return first === 2 || third === 2 ? 0 : -1;
  return first === 4 ? 1 : second === 4 ? 2 : 3;
}

/** No calendar knows a 13th month or a 32nd day; a day that one month lacks is for the reading to find. */
function isConceivable(layout: number, header: Header): boolean {
  const { first, second, third } = header;
  if (layout === 1) return isDayAndMonth(second, third);
  if (layout === 2) return isDayAndMonth(first, third);
  if (layout === 3) return isDayAndMonth(first, second);
  return isDayAndMonth(first, second) || isDayAndMonth(second, third);
}

function isDayAndMonth(one: number, other: number): boolean {
  return one >= 1 && other >= 1 && Math.max(one, other) <= 31 && Math.min(one, other) <= 12;
}

/** Between date and time: a comma, spaces, a word (`klo`, `at`, an am-pm word before the time). */
export function readGap(bytes: Buffer, limit: number, header: Header): boolean {
  let at = header.at;
  if (byteAt(bytes, at) === COMMA) at++;
  const next = byteAt(bytes, at + 1);
  if (byteAt(bytes, at) === SPACE && next >= ZERO && next <= NINE) {
    if (at > header.at) header.style |= STYLE_COMMA;
    header.at = at + 1;
    return true;
  }
  return readWordedGap(bytes, limit, header);
}

const GAP_LIMIT = 40;

function readWordedGap(bytes: Buffer, limit: number, header: Header): boolean {
  const from = header.at;
  const stop = Math.min(limit, from + GAP_LIMIT);
  let at = from;
  let parted = false;
  while (at < stop && digitAt(bytes, at) < 0) {
    const byte = byteAt(bytes, at);
    const space = spaceLength(bytes, at);
    if (space > 0 || byte === COMMA) parted = true;
    else if (byte < 0x80 && !isLetter(byte) && byte !== DOT && byte !== 0x27) return false;
    at += Math.max(space, 1);
  }
  if (at >= stop) return false;
  const text = bytes.toString("utf8", from, at);
  if (!parted && !text.includes("،") && !text.includes("、")) return false;
  if (/[,،、]/.test(text)) header.style |= STYLE_COMMA;
  header.at = at;
  const word = plainWord(text);
  if (word === "") return true;
  const meridiem = meridiemOf(word);
  if (meridiem === null) {
    header.style |= STYLE_WORD;
    return isConnector(text);
  }
  header.meridiem = meridiem;
  header.style |= STYLE_MERIDIEM;
  return true;
}
