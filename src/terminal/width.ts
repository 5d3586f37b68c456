import { printable } from "./printable.ts";

/**
 * Columns that a text takes on a terminal once made printable: two for a wide East Asian character or
 * an emoji, none for a combining mark, one for the rest. Counted by grapheme: a joined emoji is one sign.
 */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(printable(text))) width += widthOf(segment);
  return width;
}

/** The text itself where it fits in `columns` once printable, else its beginning and an ellipsis. */
export function cut(text: string, columns: number): string {
  return displayWidth(text) <= columns ? text : `${beginning(text, columns - 1)}…`;
}

function beginning(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    width += displayWidth(segment);
    if (width > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** No backslash, which may grow when it is made printable. */
const ASCII = /^[ -[\]-~]*$/;

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Unicode UAX #11, the blocks that are wide in practice, and what is drawn as a picture. */
const WIDE =
  /^[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{A4CF}\u{A960}-\u{A97C}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]/u;

function widthOf(grapheme: string): number {
  if (WIDE.test(grapheme) || grapheme.includes("\u{FE0F}")) return 2;
  return /^\p{M}+$/u.test(grapheme) ? 0 : 1;
}
