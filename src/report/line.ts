import type { BaseLevel } from "./bidi.ts";
import { visualOrder } from "./bidi.ts";
import type { Glyph, Placed } from "./glyph.ts";
import { MARK_SCALE } from "./glyphs.ts";
import type { Style } from "./span.ts";

/** A glyph of a line that is being filled. */
export interface Unit {
  readonly glyph: Glyph;
  readonly style: Style;
  /** Embedding level: odd from right to left. */
  readonly level: number;
}

/** Codes of one font, size and grey, one after the other or at places of their own. */
export interface Run {
  readonly font: string;
  readonly size: number;
  readonly grey: number;
  codes: string;
  readonly placed?: Placed;
  /** Points from the start of the line; null where it follows the run before. */
  readonly x: number | null;
}

/** A line ready to be drawn, its runs in the order of the text. */
export interface Line {
  readonly runs: readonly Run[];
  /** In points, without the blanks it ends in. */
  readonly width: number;
  /** Belongs to the right-hand margin. */
  readonly rightToLeft: boolean;
  /** Width of the blanks left of its text, which are no part of `width`. */
  readonly hang: number;
}

/**
 * Places units, given in the order of the text, on a line, and joins them into runs. They are drawn in
 * that order, wherever they stand: it is the order in which a reader of the file comes by them.
 */
export function lineOf(units: readonly Unit[], base: BaseLevel): Line {
  const text = units.findLastIndex(({ glyph }) => !glyph.blank) + 1;
  const blanks = widthOf(units.slice(text));
  const runs = runsOf(units, isForward(units, base) ? null : placesOf(units, text, base));
  const rightToLeft = base === 1;
  return { runs, width: widthOf(units) - blanks, rightToLeft, hang: rightToLeft ? blanks : 0 };
}

function isForward(units: readonly Unit[], base: BaseLevel): boolean {
  return base === 0 && units.every(({ level }) => level === 0);
}

/** Where each unit begins, in points. Blanks at the end of a line have its base level (L1). */
function placesOf(units: readonly Unit[], text: number, base: BaseLevel): readonly number[] {
  const levels = units.map(({ level }, index) => (index < text ? level : base));
  const places: number[] = [];
  let x = 0;
  for (const index of visualOrder(levels)) {
    const unit = units[index];
    places[index] = x;
    if (unit !== undefined) x += advanceOf(unit);
  }
  return places;
}

function advanceOf({ glyph, style }: Unit): number {
  return (glyph.advance * style.size) / 1000;
}

function widthOf(units: readonly Unit[]): number {
  let width = 0;
  for (const unit of units) width += advanceOf(unit);
  return width;
}

/** What rounding may have added to a place. */
const NEAR = 1e-6;

function runsOf(units: readonly Unit[], places: readonly number[] | null): readonly Run[] {
  const runs: Run[] = [];
  let run: Run | null = null;
  let pen = 0;
  for (const [index, unit] of units.entries()) {
    const { glyph, style } = unit;
    const isMark = glyph.marks !== undefined;
    const size = isMark ? style.size * MARK_SCALE : style.size;
    const grey = isMark ? Math.max(style.grey, 0.4) : style.grey;
    const { font, codes, placed } = glyph;
    const place = places?.[index] ?? pen;
    const x = Math.abs(place - pen) < NEAR ? null : place;
    pen = place + advanceOf(unit);
    if (placed !== undefined) {
      runs.push({ font, size, grey, codes: "", placed, x });
      run = null;
    } else if (
      run === null ||
      x !== null ||
      run.font !== font ||
      run.size !== size ||
      run.grey !== grey
    ) {
      run = { font, size, grey, codes, x };
      runs.push(run);
    } else {
      run.codes += codes;
    }
  }
  return runs;
}
