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
}

/** A line ready to be drawn, its runs from left to right. */
export interface Line {
  readonly runs: readonly Run[];
  /** In points, without the blanks it ends in. */
  readonly width: number;
  /** Belongs to the right-hand margin. */
  readonly rightToLeft: boolean;
  /** Width of the blanks left of its text, which are no part of `width`. */
  readonly hang: number;
}

/** Puts units, given in the order of the text, in their order on the line, and joins them into runs. */
export function lineOf(units: readonly Unit[], base: BaseLevel): Line {
  const text = units.findLastIndex(({ glyph }) => !glyph.blank) + 1;
  const blanks = widthOf(units.slice(text));
  const runs = runsOf(isForward(units, base) ? units : reordered(units, text, base));
  const rightToLeft = base === 1;
  return { runs, width: widthOf(units) - blanks, rightToLeft, hang: rightToLeft ? blanks : 0 };
}

function isForward(units: readonly Unit[], base: BaseLevel): boolean {
  return base === 0 && units.every(({ level }) => level === 0);
}

/** Blanks at the end of a line have its base level (L1). */
function reordered(units: readonly Unit[], text: number, base: BaseLevel): readonly Unit[] {
  const levels = units.map(({ level }, index) => (index < text ? level : base));
  return visualOrder(levels).flatMap((index) => units[index] ?? []);
}

function widthOf(units: readonly Unit[]): number {
  let width = 0;
  for (const { glyph, style } of units) width += (glyph.advance * style.size) / 1000;
  return width;
}

function runsOf(units: readonly Unit[]): readonly Run[] {
  const runs: Run[] = [];
  let run: Run | null = null;
  for (const { glyph, style } of units) {
    const isMark = glyph.marks !== undefined;
    const size = isMark ? style.size * MARK_SCALE : style.size;
    const grey = isMark ? Math.max(style.grey, 0.4) : style.grey;
    const { font, codes, placed } = glyph;
    if (placed !== undefined) {
      runs.push({ font, size, grey, codes: "", placed });
      run = null;
      continue;
    }
    if (run === null || run.font !== font || run.size !== size || run.grey !== grey) {
      run = { font, size, grey, codes: "" };
      runs.push(run);
    }
    run.codes += codes;
  }
  return runs;
}
