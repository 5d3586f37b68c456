/** Where a line may end (a small part of Unicode Standard Annex #14). */

/** Spaces that a line may end after; the no-break spaces of French punctuation are not among them. */
export function isBlank(codePoint: number): boolean {
  return (
    codePoint === 0x20 ||
    (codePoint >= 0x2000 && codePoint <= 0x200a && codePoint !== 0x2007) ||
    codePoint === 0x205f ||
    codePoint === 0x3000
  );
}

/** Ideographs and kana: a line may end after each. Korean is broken at its blanks. */
export function isIdeograph(codePoint: number): boolean {
  return (
    (codePoint >= 0x2e80 && codePoint <= 0xa4cf) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0xff01 && codePoint <= 0xff9f) ||
    (codePoint >= 0x20000 && codePoint <= 0x3ffff)
  );
}

const NEVER_FIRST = new Set(
  Array.from(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】〙〗｠»°′″℃¢％‰ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ),.:;?!]}",
    (character) => character.codePointAt(0) ?? 0,
  ),
);
const NEVER_LAST = new Set(
  Array.from("（〔［｛〈《「『【〘〖｟«‘“([{", (character) => character.codePointAt(0) ?? 0),
);

/** True for closing punctuation and small kana: no line of ideographs begins with them. */
export function isNeverFirst(codePoint: number): boolean {
  return NEVER_FIRST.has(codePoint);
}

/** True for opening punctuation: no line of ideographs ends with it. */
export function isNeverLast(codePoint: number): boolean {
  return NEVER_LAST.has(codePoint);
}
