import type { Glyph, GlyphBook } from "./glyphs.ts";
import { MARK_SCALE } from "./glyphs.ts";
import type { FaceName } from "./typeface.ts";

/** How text looks. `size` in points; `grey` from 0, black, to 1, white. */
export interface Style {
  readonly face: FaceName;
  readonly size: number;
  readonly grey: number;
}

/** Text in one style; a line feed in it starts a new line. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** Codes of one font, size and grey. */
export interface Run {
  readonly font: string;
  readonly size: number;
  readonly grey: number;
  codes: string;
}

/** A line ready to be drawn; `width` in points, without the blanks it ends in. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
}

/**
 * Breaks spans into lines no wider than `width` points, at blanks, hyphens and marks, and inside a
 * word only where it is longer than a whole line. A letter is never parted from its accents.
 *
 * Glyphs stand in logical order. A layer for right-to-left text has its place between the breaking of
 * a line and the joining of its glyphs into runs.
 */
export function wrap(book: GlyphBook, spans: readonly Span[], width: number): Line[] {
  const lines: Line[] = [];
  let glyphs: Glyph[] = [];
  let styles: Style[] = [];
  let used = 0;
  /** Glyphs up to the last place where the line may end, and their width. */
  let breakAt = 0;
  let breakUsed = 0;

  function emit(count: number, carried: number): void {
    lines.push(join(glyphs, styles, count));
    glyphs = glyphs.slice(count);
    styles = styles.slice(count);
    used = carried;
    breakAt = 0;
    breakUsed = 0;
  }

  for (const { text, style } of spans) {
    book.read(text, style.face, (glyph) => {
      if (glyph === null) return emit(glyphs.length, 0);
      const advance = (glyph.advance * style.size) / 1000;
      if (!glyph.blank && used + advance > width && glyphs.length > 0) {
        if (breakAt > 0) emit(breakAt, used - breakUsed);
        // What is carried over may itself fill the line.
        if (used + advance > width && glyphs.length > 0) emit(glyphs.length, 0);
      }
      glyphs.push(glyph);
      styles.push(style);
      used += advance;
      if (glyph.breakable) {
        breakAt = glyphs.length;
        breakUsed = used;
      }
    });
  }
  if (glyphs.length > 0 || lines.length === 0) emit(glyphs.length, 0);
  return lines;
}

/** Joins the first `count` glyphs into runs. */
function join(glyphs: readonly Glyph[], styles: readonly Style[], count: number): Line {
  const runs: Run[] = [];
  let run: Run | null = null;
  let width = 0;
  let end = 0;
  for (let i = 0; i < count; i += 1) {
    const glyph = glyphs[i];
    const style = styles[i];
    if (glyph === undefined || style === undefined) break;
    const isMark = glyph.marks !== undefined;
    const size = isMark ? style.size * MARK_SCALE : style.size;
    const grey = isMark ? Math.max(style.grey, 0.4) : style.grey;
    if (run === null || run.font !== glyph.font || run.size !== size || run.grey !== grey) {
      run = { font: glyph.font, size, grey, codes: "" };
      runs.push(run);
    }
    run.codes += glyph.codes;
    width += (glyph.advance * style.size) / 1000;
    if (!glyph.blank) end = width;
  }
  return { runs, width: end };
}
