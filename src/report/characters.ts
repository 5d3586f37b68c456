/**
 * What a character does on a page. The page must not act on a control, and must not hide one: every
 * character is either drawn by a glyph or stands as a visible mark.
 *
 * The classes come from the Unicode data of the running Node, whose version a bundle records.
 */

const UNSEEN =
  /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]$/u;

/**
 * True for a code point that a page would swallow or obey: controls, direction marks, joiners,
 * variation selectors, fillers, soft hyphens, private use, and what Unicode has not assigned.
 */
export function isUnseen(codePoint: number): boolean {
  return UNSEEN.test(String.fromCodePoint(codePoint));
}

const COMBINING = /^\p{M}$/u;

/** True for a mark that is written over the character before it, and never parted from it. */
export function isCombining(codePoint: number): boolean {
  return codePoint >= 0x300 && COMBINING.test(String.fromCodePoint(codePoint));
}

/** Zero width non-joiner and joiner: they shape the letters beside them, or join two emoji. */
export function isJoiner(codePoint: number): boolean {
  return codePoint === 0x200c || codePoint === 0x200d;
}

/** Letters of right-to-left scripts, and the marks that can turn the order of a text without them. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u2067\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** True where the order of a text on the page can differ from its order in the file. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Blocks whose characters look the same whatever stands beside them, and stand left to right. */
const STANDALONE: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x7e],
  [0xa0, 0xac],
  [0xae, 0x2ff],
  [0x370, 0x482],
  [0x48a, 0x58f],
  [0x10a0, 0x10ff],
  [0x1c90, 0x1cbf],
  [0x1d00, 0x1dbf],
  [0x1e00, 0x1fff],
  [0x2000, 0x200a],
  [0x2010, 0x2027],
  [0x202f, 0x205f],
  [0x2070, 0x20cf],
  [0x2100, 0x2bff],
  [0x2c60, 0x2c7f],
  [0x2e80, 0x3029],
  [0x3030, 0x3098],
  [0x309b, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xff01, 0xff9f],
  [0xffe0, 0xffef],
];

const standalone = new Uint8Array(0x10000);
for (const [first, last] of STANDALONE) standalone.fill(1, first, last + 1);

const EMOJI_FIRST = 0x1f300;
const EMOJI_LAST = 0x1faff;
const TONE_FIRST = 0x1f3fb;
const TONE_LAST = 0x1f3ff;

/** True for the five skin tones that follow an emoji. */
export function isTone(codePoint: number): boolean {
  return codePoint >= TONE_FIRST && codePoint <= TONE_LAST;
}

function standsAlone(codePoint: number): boolean {
  if (codePoint <= 0xffff) return standalone[codePoint] === 1;
  return codePoint >= EMOJI_FIRST && codePoint <= EMOJI_LAST && !isTone(codePoint);
}

/**
 * Length in code units of the character at `at` where it is a cluster of its own, whatever stands
 * around it; 0 where that takes a closer look. It need not find every such character.
 */
export function lengthAlone(text: string, at: number): 0 | 1 | 2 {
  const unit = text.charCodeAt(at);
  const isPair = unit >= 0xd800;
  const codePoint = isPair ? (text.codePointAt(at) ?? 0) : unit;
  if (!standsAlone(codePoint)) return 0;
  const length = codePoint > 0xffff ? 2 : 1;
  return goesOn(text, at + length) ? 0 : length;
}

/** What belongs to the character before it: accents, vowel signs, joiners, selectors, skin tones, tags. */
const EXTENDING = /[\p{M}\p{Grapheme_Extend}\u200c\u200d]/u;

/** By code unit: 0 not yet looked at, 1 begins a cluster, 2 belongs to the one before it. */
const extending = new Uint8Array(0x10000).fill(1, 0, 0x300);

/** True where the character at `at` belongs to the one before it, or is its second unit. */
export function goesOn(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit >= 0xdc00 && unit <= 0xdfff) return (text.codePointAt(at - 1) ?? 0) > 0xffff;
  // NaN after the last character: no comparison holds.
  if (!(unit >= 0xd800 && unit <= 0xdbff)) {
    if (extending[unit] === 0) extending[unit] = EXTENDING.test(text.charAt(at)) ? 2 : 1;
    return extending[unit] === 2;
  }
  const codePoint = text.codePointAt(at) ?? 0;
  if (codePoint >= EMOJI_FIRST && codePoint <= EMOJI_LAST) return isTone(codePoint);
  return EXTENDING.test(String.fromCodePoint(codePoint));
}

/** End of the characters that need the closer look, the first of which is at `at`: at most 4,096 units. */
export function endOfJoined(text: string, at: number): number {
  let end = at;
  do {
    const codePoint = text.codePointAt(end) ?? 0;
    end += codePoint > 0xffff ? 2 : 1;
    if (codePoint !== ZERO_WIDTH_JOINER && isPlain(text, end)) break;
  } while (end < text.length && end - at < LONGEST);
  return end;
}

const ZERO_WIDTH_JOINER = 0x200d;
const LINE_FEED = 0x0a;
const LONGEST = 4_096;

function isPlain(text: string, at: number): boolean {
  return text.charCodeAt(at) === LINE_FEED || lengthAlone(text, at) > 0;
}

/** The visible mark of a character that is not drawn: `[U+202E]`. */
export function markOf(codePoint: number): string {
  return `[U+${hexOf(codePoint)}]`;
}

/** At least four upper-case hexadecimal digits, as Unicode writes a code point. */
export function hexOf(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, "0");
}
