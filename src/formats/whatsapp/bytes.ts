/** What the header grammar and the row scanner ask of single UTF-8 bytes; nothing here allocates. */

export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const OPEN = 0x5b;
export const CLOSE = 0x5d;

/** The byte at `at`; 0 past the end. */
export function byteAt(bytes: Uint8Array, at: number): number {
  return at < bytes.length ? (bytes[at] ?? 0) : 0;
}

/** Length of the invisible mark at `at` (U+061C, U+200B-F, U+202A-E, U+2060-9, U+FEFF); 0 where none stands. */
export function markLength(bytes: Uint8Array, at: number): number {
  const first = byteAt(bytes, at);
  if (first < 0xd8) return 0;
  const second = byteAt(bytes, at + 1);
  if (first === 0xd8) return second === 0x9c ? 2 : 0;
  const third = byteAt(bytes, at + 2);
  if (first === 0xef) return second === 0xbb && third === 0xbf ? 3 : 0;
  if (first !== 0xe2) return 0;
  if (second === 0x80) {
    return (third >= 0x8b && third <= 0x8f) || (third >= 0xaa && third <= 0xae) ? 3 : 0;
  }
  return second === 0x81 && third >= 0xa0 && third <= 0xa9 ? 3 : 0;
}

/** Length of the space at `at` (U+0020, U+00A0, U+2000-A, U+202F, U+3000); 0 where none stands. */
export function spaceLength(bytes: Uint8Array, at: number): number {
  const first = byteAt(bytes, at);
  if (first === SPACE) return 1;
  if (first < 0xc2) return 0;
  const second = byteAt(bytes, at + 1);
  if (first === 0xc2) return second === 0xa0 ? 2 : 0;
  const third = byteAt(bytes, at + 2);
  if (first === 0xe3) return second === 0x80 && third === 0x80 ? 3 : 0;
  if (first !== 0xe2 || second !== 0x80) return 0;
  return third === 0xaf || (third >= 0x80 && third <= 0x8a) ? 3 : 0;
}

/** Value of the decimal digit at `at` in any script met in exports; -1 where none stands. */
export function digitAt(bytes: Uint8Array, at: number): number {
  const first = byteAt(bytes, at);
  if (first < 0x80) return first >= ZERO && first <= NINE ? first - ZERO : -1;
  const second = byteAt(bytes, at + 1);
  if (first === 0xd9) return second >= 0xa0 && second <= 0xa9 ? second - 0xa0 : -1;
  if (first === 0xdb) return second >= 0xb0 && second <= 0xb9 ? second - 0xb0 : -1;
  if (first !== 0xe0) return -1;
  // Devanagari to Malayalam: each block has its digits at the same place
  const third = byteAt(bytes, at + 2);
  const block = (second & 1) === 1 && second >= 0xa5 && second <= 0xb5;
  return block && third >= 0xa6 && third <= 0xaf ? third - 0xa6 : -1;
}

/** Bytes that the digit at `at` takes. */
export function digitLength(first: number): number {
  if (first < 0x80) return 1;
  return first < 0xe0 ? 2 : 3;
}
