import { readMore, type Window } from "./window.ts";

/** What was seen on the way over one value. */
export interface Passed {
  /** False where the file ends inside the value, or before a number or a word is closed. */
  complete: boolean;
  /** A number or a word. */
  literal: boolean;
  /** Members (counted by their colons) or elements at the value's own level. */
  size: number;
  depth: number;
  wideNumbers: boolean;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Strings up to this length are walked byte by byte: a call of indexOf costs more than it saves. */
const SHORT_STRING = 32;

/** The shortest number a double may not hold: 2^53 has sixteen digits. */
const WIDE_NUMBER = 16;

/**
 * Moves over the value that begins at `position`, whatever it is, without decoding it. Brackets are
 * counted, not stacked: what lies between them is checked by whoever decodes the slice.
 */
export function passValue(window: Window): Passed {
  const first = window.buffer[window.position];
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) return passContainer(window);
  const passed: Passed = {
    complete: true,
    literal: false,
    size: 0,
    depth: 0,
    wideNumbers: false,
  };
  if (first === QUOTE) passed.complete = passString(window);
  else {
    passed.literal = true;
    passLiteral(window, passed);
  }
  return passed;
}

/** Moves over a string that begins at `position`; false where the file ends inside it. */
export function passString(window: Window): boolean {
  window.position += 1;
  return passStringRest(window);
}

/** True for a byte that cannot belong to a number or a word: blank, bracket, comma, colon, quote. */
export function isDelimiter(byte: number): boolean {
  return (
    byte <= 0x20 ||
    byte === QUOTE ||
    byte === COMMA ||
    byte === COLON ||
    isOpening(byte) ||
    isClosing(byte)
  );
}

// `[` and `{`, `]` and `}` differ in one bit.
function isOpening(byte: number): boolean {
  return (byte | 0x20) === OPEN_OBJECT;
}

function isClosing(byte: number): boolean {
  return (byte | 0x20) === CLOSE_OBJECT;
}

function passContainer(window: Window): Passed {
  const passed: Passed = {
    complete: true,
    literal: false,
    size: 0,
    depth: 0,
    wideNumbers: false,
  };
  const isArray = window.buffer[window.position] === OPEN_ARRAY;
  const separator = isArray ? COMMA : COLON;
  let buffer = window.buffer;
  let at = window.position;
  let depth = 0;
  let filled = false;
  for (;;) {
    if (at >= buffer.length) {
      window.position = at;
      if (!readMore(window)) {
        passed.complete = false;
        return passed;
      }
      buffer = window.buffer;
      at = window.position;
    }
    const byte = buffer[at] ?? 0;
    at += 1;
    if (byte <= 0x20) continue;
    if (byte === QUOTE) {
      filled = true;
      const end = shortString(buffer, at);
      if (end > 0) {
        at = end;
        continue;
      }
      window.position = at;
      if (!passStringRest(window)) {
        passed.complete = false;
        return passed;
      }
      buffer = window.buffer;
      at = window.position;
    } else if (byte === separator) {
      if (depth === 1) passed.size += 1;
    } else if (isOpening(byte)) {
      filled ||= depth === 1;
      depth += 1;
      if (depth > passed.depth) passed.depth = depth;
    } else if (isClosing(byte)) {
      depth -= 1;
      if (depth === 0) break;
    } else if (byte !== COMMA && byte !== COLON) {
      filled = true;
      window.position = at - 1;
      passLiteral(window, passed);
      buffer = window.buffer;
      at = window.position;
    }
  }
  window.position = at;
  if (isArray && filled) passed.size += 1;
  return passed;
}

/** Index behind the closing quote of a short string whose text begins at `from`; 0 where it is not short. */
function shortString(buffer: Buffer, from: number): number {
  const limit = Math.min(from + SHORT_STRING, buffer.length);
  for (let at = from; at < limit; at += 1) {
    const byte = buffer[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) return 0;
  }
  return 0;
}

/** Moves from inside a string behind its closing quote, from quote to quote. */
function passStringRest(window: Window): boolean {
  let from = window.position;
  for (;;) {
    const quote = window.buffer.indexOf(QUOTE, from);
    const end = quote === -1 ? window.buffer.length : quote;
    const escaped = isEscaped(window.buffer, from, end);
    if (quote === -1) {
      window.position = end;
      if (!readMore(window)) return false;
      from = window.position + (escaped ? 1 : 0);
    } else if (escaped) {
      from = quote + 1;
    } else {
      window.position = quote + 1;
      return true;
    }
  }
}

/** True where an odd run of backslashes ends before `end`; `from` is known not to be escaped. */
function isEscaped(buffer: Buffer, from: number, end: number): boolean {
  let at = end;
  while (at > from && buffer[at - 1] === BACKSLASH) at -= 1;
  return (end - at) % 2 === 1;
}

/** Moves over a number or a word, or over one byte that can begin nothing. */
function passLiteral(window: Window, passed: Passed): void {
  const start = window.base + window.position;
  const first = window.buffer[window.position] ?? 0;
  const isNumber = first === 0x2d || (first >= 0x30 && first <= 0x39);
  window.position += 1;
  for (;;) {
    if (window.position >= window.buffer.length && !readMore(window)) {
      passed.complete = false;
      break;
    }
    const byte = window.buffer[window.position] ?? 0;
    if (isDelimiter(byte)) break;
    if (isNumber && (byte | 0x20) === 0x65) passed.wideNumbers = true;
    window.position += 1;
  }
  if (isNumber && window.base + window.position - start >= WIDE_NUMBER) passed.wideNumbers = true;
}
