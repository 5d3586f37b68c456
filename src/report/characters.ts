/**
 * What a character does on a page. The page must not act on a control, and must not hide one: every
 * character is either drawn by a glyph or stands as a visible mark.
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

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** True where a text holds letters of a script written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** The visible mark of a character that is not drawn: `[U+202E]`. */
export function markOf(codePoint: number): string {
  return `[U+${hexOf(codePoint)}]`;
}

/** At least four upper-case hexadecimal digits, as Unicode writes a code point. */
export function hexOf(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, "0");
}
