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
  for (const glyph of glyphs) pen.draw(glyph, glyph.says);
  return { placed: { steps: pen.steps, actual: isPlain ? null : text, word }, advance: pen.end() };
}

/**
 * A text from right to left, its glyphs given from left to right. Readers turn what they find on the page
 * around, character by character: so each code says one character. What an accent or a ligature says
 * besides is said by codes that draw nothing, beside the letter.
 */
export function placeBackward(
  codes: FontCodes,
  face: Typeface,
  glyphs: readonly ShapedGlyph[],
  word: Word | null,
): PlacedWord {
  const pen = new Pen(codes, face);
  const blank = face.glyph(0x20)?.id ?? null;
  let marks: ShapedGlyph[] = [];
  for (const glyph of glyphs) {
    if (glyph.isMark) {
      marks.push(glyph);
      continue;
    }
    const [own, ...others] = glyph.says;
    const besides = [...others, ...marks.toReversed().flatMap(({ says }) => says)];
    if (blank === null) pen.draw(glyph, [...glyph.says, ...besides], marks);
    else {
      pen.say(blank, besides.toReversed());
      if (own !== undefined && isJoiner(own)) pen.say(blank, [own]);
      else pen.draw(glyph, own === undefined ? [] : [own], marks);
    }
    marks = [];
  }
  // Marks without a letter before them.
  for (const mark of marks) pen.draw(mark, mark.says);
  return { placed: { steps: pen.steps, actual: null, word }, advance: pen.end() };
}

/** Where the next code goes, in thousandths of the font size. */
class Pen {
  readonly steps: Step[] = [];
  readonly #codes: FontCodes;
  readonly #face: Typeface;
  /** Where the next glyph belongs. */
  #x = 0;
  /** Where the codes so far have moved the pen. */
  #at = 0;

  constructor(codes: FontCodes, face: Typeface) {
    this.#codes = codes;
    this.#face = face;
  }

  /** Draws a glyph where it belongs, and over it the marks that the font placed from the same point. */
  draw(glyph: ShapedGlyph, says: readonly number[], marks: readonly ShapedGlyph[] = []): void {
    this.#put(glyph, says);
    // The letter speaks for them.
    for (const mark of marks) this.#put(mark, []);
    this.#x += glyph.step;
  }

  /** Says characters beside the next glyph, drawing nothing. */
  say(blank: number, codePoints: readonly number[]): void {
    for (const [index, codePoint] of codePoints.entries()) {
      const x = this.#x - (codePoints.length - index) * CARRIER;
      this.#step(this.#codes.of(this.#face, blank, CARRIER, [codePoint]), x, 0, CARRIER);
    }
  }

  /** Takes the pen to where the next unit begins. */
  end(): number {
    if (this.#at !== this.#x) this.#step("", this.#x, 0, 0);
    return this.#x;
  }

  #put({ id, advance, dx, dy }: ShapedGlyph, says: readonly number[]): void {
    this.#step(this.#codes.of(this.#face, id, advance, says), this.#x + dx, dy, advance);
  }

  #step(code: string, x: number, rise: number, advance: number): void {
    this.steps.push({ code, back: this.#at - x, rise });
    this.#at = x + advance;
  }
}
