import { byteAt, digitAt, digitLength, markLength, NINE, ZERO } from "./bytes.ts";
import type { Header } from "./header.ts";
import { STYLE_SCRIPT } from "./style.ts";

/** Moves the cursor over invisible marks. */
export function skipMarks(bytes: Buffer, header: Header): void {
  for (;;) {
    const length = markLength(bytes, header.at);
    if (length === 0) return;
    header.at += length;
  }
}

/** Reads one to four digits; -1 where there are none or more. */
export function readNumber(bytes: Buffer, header: Header): number {
  let value = 0;
  let width = 0;
  let at = header.at;
  while (width < 5) {
    const digit = digitAt(bytes, at);
    if (digit < 0) break;
    const byte = byteAt(bytes, at);
    if (byte >= 0x80) header.style |= STYLE_SCRIPT;
    value = value * 10 + digit;
    at += digitLength(byte);
    width++;
  }
  header.at = at;
  header.width = width;
  return width === 0 || width > 4 ? -1 : value;
}

/** True for an ASCII letter. */
export function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Value of two ASCII digits at `at`; -1 where they are none. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = byteAt(bytes, at);
  const ones = byteAt(bytes, at + 1);
  if (tens < ZERO || tens > NINE || ones < ZERO || ones > NINE) return -1;
  return (tens - ZERO) * 10 + ones - ZERO;
}

/** How a number is padded, for `Header.pads`: 1 without a zero, 2 with one, 0 where its size leaves no choice. */
export function padOf(value: number, width: number): number {
  if (width === 1) return 1;
  return width === 2 && value < 10 ? 2 : 0;
}

/** True where all of `bytes[from, to)` is ASCII. */
export function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (byteAt(bytes, at) >= 0x80) return false;
  }
  return true;
}
