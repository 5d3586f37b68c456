/**
 * Strict DER (X.690, sections 8 and 10) where the schema packages read the laxer BER: an evidence
 * signature must have one encoding, so that no byte of it can change unseen.
 */

const MAX_DEPTH = 40;
const CONSTRUCTED = 0x20;
const UNIVERSAL = {
  boolean: 0x01,
  integer: 0x02,
  null: 0x05,
  sequence: 0x30,
  set: 0x31,
} as const;

interface Element {
  /** The identifier octet: class, constructed bit, tag number. */
  readonly tag: number;
  /** Where the content begins and ends. */
  readonly content: number;
  readonly end: number;
}

/** The frame of the element the bytes begin with; throws a RangeError where there is none. */
export function elementOf(bytes: Uint8Array): Element {
  const element = header(bytes, 0, bytes.length);
  if (element === null) throw new RangeError("the bytes are no element in DER");
  return element;
}

/** Whether the bytes are exactly one element in DER, with nothing after it. */
export function isDer(bytes: Uint8Array): boolean {
  return elementEnd(bytes, 0, bytes.length, 0) === bytes.length;
}

/** The end of the element at `start`, or -1 where it or anything within it is not DER. */
function elementEnd(bytes: Uint8Array, start: number, limit: number, depth: number): number {
  const element = depth > MAX_DEPTH ? null : header(bytes, start, limit);
  if (element === null || !contentIsDer(bytes, element, depth)) return -1;
  return element.end;
}

function header(bytes: Uint8Array, start: number, limit: number): Element | null {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || start + 2 > limit) return null;
  // A tag number of 31 or more appears in nothing that is signed or certified here.
  if ((tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return bounded({ tag, content: start + 2, end: start + 2 + first }, limit);
  const size = first - 0x80;
  if (size < 1 || size > 4) return null;
  let length = 0;
  for (let at = 0; at < size; at += 1) length = length * 256 + (bytes[start + 2 + at] ?? 0);
  const isMinimal = length >= (size === 1 ? 0x80 : 256 ** (size - 1));
  const content = start + 2 + size;
  return isMinimal ? bounded({ tag, content, end: content + length }, limit) : null;
}

function bounded(element: Element, limit: number): Element | null {
  return element.end <= limit ? element : null;
}

function contentIsDer(bytes: Uint8Array, element: Element, depth: number): boolean {
  const { tag, content, end } = element;
  if ((tag & CONSTRUCTED) !== 0) return childrenAreDer(bytes, element, depth);
  const first = bytes[content] ?? 0;
  if (tag === UNIVERSAL.boolean) return end - content === 1 && (first === 0 || first === 0xff);
  if (tag === UNIVERSAL.null) return end === content;
  if (tag === UNIVERSAL.integer) return isMinimalInteger(bytes, content, end);
  // Tags of structures that lack the bit of a constructed element.
  return tag !== (UNIVERSAL.sequence & ~CONSTRUCTED) && tag !== (UNIVERSAL.set & ~CONSTRUCTED);
}

function isMinimalInteger(bytes: Uint8Array, content: number, end: number): boolean {
  if (end === content) return false;
  if (end - content === 1) return true;
  const first = bytes[content] ?? 0;
  const isNextNegative = (bytes[content + 1] ?? 0) >= 0x80;
  return !((first === 0 && !isNextNegative) || (first === 0xff && isNextNegative));
}

function childrenAreDer(bytes: Uint8Array, element: Element, depth: number): boolean {
  const isUniversal = element.tag < 0x40;
  if (isUniversal && element.tag !== UNIVERSAL.sequence && element.tag !== UNIVERSAL.set) {
    return false;
  }
  let previous: Uint8Array | null = null;
  let at = element.content;
  while (at < element.end) {
    const next = elementEnd(bytes, at, element.end, depth + 1);
    if (next < 0) return false;
    const child = bytes.subarray(at, next);
    if (element.tag === UNIVERSAL.set && previous !== null && compareBytes(previous, child) > 0) {
      return false;
    }
    previous = child;
    at = next;
  }
  return true;
}

/** Ascending byte order, in which DER puts the members of a SET OF (X.690, section 11.6). */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  return Buffer.compare(left, right);
}

/** Whether two byte strings are the same. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
