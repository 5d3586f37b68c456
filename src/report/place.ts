import { isJoiner, isUnseen } from "./characters.ts";
import type { FontCodes } from "./codes.ts";
import type { Placed, Step, Word } from "./glyph.ts";
import type { ShapedGlyph, Typeface } from "./typeface.ts";

/**
 * Gives shaped glyphs their codes, so that a reader who copies the text gets it in the order in which
 * it was written, whatever the font's rules made of it.
 */

/** Codes at their places, and how far they move the pen together. */
export interface PlacedWord {
  readonly placed: Placed;
  readonly advance: number;
}

/** Draws nothing, is this wide and as far from its neighbour: readers of a page keep such codes in order. */
const CARRIER = 10;

/** Glyphs that are drawn: all but those of characters which did their work in the shaping. */
export function drawnOf(glyphs: readonly ShapedGlyph[]): readonly ShapedGlyph[] {
  return glyphs.filter((glyph) => glyph.says.length === 0 || !glyph.says.every(isUnseen));
}

/**
 * A text from left to right. Where its glyphs do not say it one after the other, it is stated as the
 * replacement text of them all (/ActualText).
 */
export function placeForward(
  codes: FontCodes,
  face: Typeface,
  text: string,
  glyphs: readonly ShapedGlyph[],
  word: Word | null,
): PlacedWord {
  const said = glyphs.flatMap((glyph) => glyph.says);
  const isPlain =
    String.fromCodePoint(...said) === text &&
    glyphs.every(({ says, dx, dy }) => says.length > 0 && dx === 0 && dy === 0);
  const pen = new Pen(codes, face);
  for (const glyph of glyphs) {
    pen.draw(glyph, glyph.says);
    pen.x += glyph.step;
  }
  const actual = isPlain ? null : text;
  return { placed: { steps: pen.end(pen.x), actual, word }, advance: pen.x };
}

/**
 * A text from right to left, its glyphs given from left to right and drawn in the order of the text.
 * Readers of a page look at places too, and turn around what runs to the left, character by character:
 * so each code says one character. What an accent or a ligature says besides is said by codes that draw
 * nothing, just left of the letter.
 */
export function placeBackward(
  codes: FontCodes,
  face: Typeface,
  glyphs: readonly ShapedGlyph[],
  word: Word | null,
): PlacedWord {
  const pen = new Pen(codes, face);
  const blank = face.glyph(0x20)?.id ?? null;
  const end = glyphs.reduce((sum, { step }) => sum + step, 0);
  pen.x = end;
  let besides = 0;
  const say = (codePoint: number): void => {
    besides += 1;
    pen.say(blank ?? 0, codePoint, besides);
  };
  for (const glyph of glyphs.toReversed()) {
    pen.x -= glyph.step;
    const [own, ...others] = glyph.says;
    if (blank === null) {
      pen.draw(glyph, glyph.says);
    } else if (glyph.isMark && pen.hasDrawn) {
      for (const codePoint of glyph.says) say(codePoint);
      pen.draw(glyph, []);
    } else {
      besides = 0;
      if (own !== undefined && isJoiner(own)) say(own);
      else pen.draw(glyph, own === undefined ? [] : [own]);
      for (const codePoint of others) say(codePoint);
    }
  }
  return { placed: { steps: pen.end(end), actual: null, word }, advance: end };
}

/** Where codes go, in thousandths of the font size. */
class Pen {
  /** Where the next glyph belongs. */
  x = 0;
  readonly #steps: Step[] = [];
  readonly #codes: FontCodes;
  readonly #face: Typeface;
  /** Where the codes so far have moved the pen. */
  #at = 0;

  constructor(codes: FontCodes, face: Typeface) {
    this.#codes = codes;
    this.#face = face;
  }

  get hasDrawn(): boolean {
    return this.#steps.length > 0;
  }

  draw({ id, advance, dx, dy }: ShapedGlyph, says: readonly number[]): void {
    const code = this.#codes.of(this.#face, id, advance, says);
    this.#step(code, this.x + dx, dy, advance, says.length === 0);
  }

  /** Says a character that is drawn elsewhere or not at all, the `place`th left of here. */
  say(blank: number, codePoint: number, place: number): void {
    const code = this.#codes.of(this.#face, blank, CARRIER, [codePoint]);
    this.#step(code, this.x - place * CARRIER, 0, CARRIER);
  }

  /** The steps, with one to where the next unit begins. */
  end(at: number): readonly Step[] {
    if (this.#at !== at) this.#step("", at, 0, 0);
    return this.#steps;
  }

  #step(code: string, x: number, rise: number, advance: number, silent = false): void {
    this.#steps.push({ code, back: this.#at - x, rise, silent });
    this.#at = x + advance;
  }
}
