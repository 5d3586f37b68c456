import {
  byteAt,
  CLOSE,
  COLON,
  CR,
  DASH,
  digitAt,
  DOT,
  markLength,
  NINE,
  SPACE,
  spaceLength,
  ZERO,
} from "./bytes.ts";
import { isAscii, isLetter, padOf, readNumber, twoDigits } from "./cursor.ts";
import type { Header } from "./header.ts";
import { isSuffix, meridiemOf, plainWord } from "./meridiem.ts";
import {
  STYLE_COLON,
  STYLE_LAST_DOT,
  STYLE_MERIDIEM,
  STYLE_SECONDS,
  STYLE_TIME_DOT,
  STYLE_TIME_LETTER,
} from "./style.ts";

/** Reads the time at the cursor; false where none stands. */
export function readClock(bytes: Buffer, header: Header): boolean {
  return readPlainClock(bytes, header) || readAnyClock(bytes, header);
}

/** `hh:mm` or `hh:mm:ss` in ASCII, which nearly all rows have. */
function readPlainClock(bytes: Buffer, header: Header): boolean {
  const at = header.at;
  const hour = twoDigits(bytes, at);
  if (hour < 0 || hour > 24 || byteAt(bytes, at + 2) !== COLON) return false;
  const minute = twoDigits(bytes, at + 3);
  const next = byteAt(bytes, at + 5);
  if (minute < 0 || minute > 59 || (next >= ZERO && next <= NINE) || next >= 0x80) return false;
  let seconds = -1;
  if (next === COLON) {
    seconds = twoDigits(bytes, at + 6);
    if (seconds < 0 || seconds > 59) return false;
    const after = byteAt(bytes, at + 8);
    if ((after >= ZERO && after <= NINE) || after >= 0xd9) return false;
    header.style |= STYLE_SECONDS;
  }
  header.hour = hour;
  header.minute = minute;
  header.seconds = seconds;
  header.pads |= hour < 10 ? 2 << 6 : 0;
  header.at = seconds < 0 ? at + 5 : at + 8;
  return true;
}

function readAnyClock(bytes: Buffer, header: Header): boolean {
  const from = header.at;
  const found = readWrittenClock(bytes, header);
  if (!isAscii(bytes, from, header.at)) header.ascii = false;
  return found;
}

function readWrittenClock(bytes: Buffer, header: Header): boolean {
  header.hour = readNumber(bytes, header);
  if (header.hour < 0 || header.width > 2 || header.hour > 24) return false;
  header.pads |= padOf(header.hour, header.width) << 6;
  const separator = byteAt(bytes, header.at);
  if (separator === COLON || separator === DOT) header.at++;
  else if (!readHourLetter(bytes, header)) return false;
  if (separator === DOT) header.style |= STYLE_TIME_DOT;
  header.minute = readNumber(bytes, header);
  if (header.width !== 2 || header.minute > 59) return false;
  header.seconds = -1;
  if (byteAt(bytes, header.at) !== separator || digitAt(bytes, header.at + 1) < 0) return true;
  header.at++;
  header.seconds = readNumber(bytes, header);
  header.style |= STYLE_SECONDS;
  return header.width === 2 && header.seconds <= 59;
}

/** Canadian French writes `17 h 46`. */
function readHourLetter(bytes: Buffer, header: Header): boolean {
  header.at += spaceLength(bytes, header.at);
  if (byteAt(bytes, header.at) !== 0x68) return false;
  header.at++;
  header.at += spaceLength(bytes, header.at);
  header.style |= STYLE_TIME_LETTER;
  return true;
}

/** After the time: a dot, an am-pm word in any spelling, and the mark that ends the header. */
export function readTail(bytes: Buffer, start: number, limit: number, header: Header): boolean {
  const at = header.at;
  const byte = byteAt(bytes, at);
  if (byte === CLOSE) return finish(bytes, start, limit, header, at, at);
  if (byte === SPACE && byteAt(bytes, at + 1) === DASH) {
    return finish(bytes, start, limit, header, at, at + 1);
  }
  return readWordedTail(bytes, start, limit, header);
}

const TAIL_LIMIT = 40;

function readWordedTail(bytes: Buffer, start: number, limit: number, header: Header): boolean {
  const stop = Math.min(limit, header.at + TAIL_LIMIT);
  let at = header.at;
  let rawTo = at;
  let code = 0;
  let spaced = false;
  let foreign = false;
  for (;;) {
    if (at >= stop) return false;
    const byte = byteAt(bytes, at);
    if (byte === CLOSE || byte === COLON || (byte === DASH && spaced) || isLongDash(bytes, at))
      break;
    const space = spaceLength(bytes, at);
    if (space > 0) {
      at += space;
      spaced = true;
      continue;
    }
    spaced = false;
    const mark = markLength(bytes, at);
    if (mark === 0) {
      if (isLetter(byte)) code = ((code & 0xffff) << 8) | byte | 0x20;
      else if (byte >= 0x80) foreign = true;
      else if (byte !== DOT) return false;
    }
    at += Math.max(mark, 1);
    rawTo = at;
  }
  if (!isAscii(bytes, header.at, at + 1)) header.ascii = false;
  if (!readMeridiem(bytes, header, rawTo, foreign ? -1 : code)) return false;
  return finish(bytes, start, limit, header, rawTo, at);
}

const AM = 0x616d;
const PM = 0x706d;

function readMeridiem(bytes: Buffer, header: Header, to: number, code: number): boolean {
  if (code === 0) {
    if (to > header.at) header.style |= STYLE_LAST_DOT;
    return true;
  }
  if (code === AM || code === PM) {
    header.meridiem = code === AM ? "am" : "pm";
  } else {
    const word = plainWord(bytes.toString("utf8", header.at, to));
    const meridiem = meridiemOf(word);
    if (meridiem === null) return isSuffix(word);
    header.meridiem = meridiem;
  }
  header.style |= STYLE_MERIDIEM;
  return true;
}

function isLongDash(bytes: Buffer, at: number): boolean {
  if (byteAt(bytes, at) !== 0xe2 || byteAt(bytes, at + 1) !== 0x80) return false;
  const third = byteAt(bytes, at + 2);
  return third === 0x93 || third === 0x94;
}

/** `end` is where the closing bracket, dash or colon stands; a dash or colon is followed by a space. */
function finish(
  bytes: Buffer,
  start: number,
  limit: number,
  header: Header,
  rawTo: number,
  end: number,
): boolean {
  const byte = byteAt(bytes, end);
  if (header.bracket !== (byte === CLOSE)) return false;
  const body = end + (byte < 0x80 ? 1 : 3);
  const space = spaceLength(bytes, body);
  const ends = body >= limit || byteAt(bytes, body) === CR;
  if (byte !== CLOSE && space === 0 && !ends) return false;
  if (byte === COLON) header.style |= STYLE_COLON;
  if (space > 1) header.ascii = false;
  header.rawTo = rawTo - start;
  header.bodyFrom = Math.min(body + space, limit) - start;
  return true;
}
