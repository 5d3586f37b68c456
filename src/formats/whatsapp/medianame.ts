import { byteAt, DASH, NINE, ZERO } from "./bytes.ts";

/**
 * The date in the name of an attached file (`IMG-20230630-WA0000.jpg (file attached)`,
 * `<attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg>`) as the number 20230630; 0 where there is none. A name
 * that somebody typed in a sentence is not one: the app's stands right after a colon, and a bracket closes.
 */
export function mediaDate(bytes: Uint8Array, from: number, limit: number): number {
  if (!endsInBracket(bytes, from, limit)) return 0;
  for (let at = from; at + 11 < limit; at++) {
    if (bytes[at] !== DASH || bytes[at + 1] !== 0x32 || bytes[at + 2] !== ZERO) continue;
    const date = compactDate(bytes, at + 1) || dashedDate(bytes, at + 1);
    if (date !== 0) return followsColon(bytes, from, at) ? date : 0;
  }
  return 0;
}

const SPACE = 0x20;
const COLON = 0x3a;

function endsInBracket(bytes: Uint8Array, from: number, limit: number): boolean {
  let end = limit;
  while (end > from && (byteAt(bytes, end - 1) <= SPACE || bytes[end - 1] === 0x8e)) end--;
  return bytes[end - 1] === 0x29 || bytes[end - 1] === 0x3e;
}

/** True where the word that holds `at` stands behind `: `, a mark U+200E between them or not. */
function followsColon(bytes: Uint8Array, from: number, at: number): boolean {
  let start = at;
  while (start > from && bytes[start - 1] !== SPACE) start--;
  return start - 2 >= from && bytes[start - 2] === COLON;
}

function compactDate(bytes: Uint8Array, at: number): number {
  const isNamed = bytes[at + 8] === DASH && bytes[at + 9] === 0x57 && bytes[at + 10] === 0x41;
  return isNamed ? digits(bytes, at, 8) : 0;
}

function dashedDate(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH || bytes[at + 10] !== DASH) return 0;
  const [year, month, day] = [
    digits(bytes, at, 4),
    digits(bytes, at + 5, 2),
    digits(bytes, at + 8, 2),
  ];
  return year === 0 || month === 0 || day === 0 ? 0 : year * 10_000 + month * 100 + day;
}

function digits(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = at; index < at + width; index++) {
    const byte = byteAt(bytes, index);
    if (byte < ZERO || byte > NINE) return 0;
    value = value * 10 + byte - ZERO;
  }
  return value;
}
