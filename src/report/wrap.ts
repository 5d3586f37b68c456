import type { BaseLevel } from "./bidi.ts";
import { hasRightToLeft } from "./characters.ts";
import type { Glyph } from "./glyph.ts";
import type { GlyphBook } from "./glyphs.ts";
import type { Line, Unit } from "./line.ts";
import { lineOf } from "./line.ts";
import { paragraphsOf } from "./paragraphs.ts";
import type { Span, Style } from "./span.ts";

/**
 * Breaks spans into lines no wider than `width` points, at blanks, hyphens, ideographs and marks, and
 * inside a word only where it is longer than a whole line. A letter is never parted from its accents.
 */
export function wrap(book: GlyphBook, spans: readonly Span[], width: number): Line[] {
  const breaker = new Breaker(book, width);
  if (!spans.some(({ text }) => hasRightToLeft(text))) {
    for (const { text, style } of spans) {
      book.read(text, style.face, (glyph) => {
        if (glyph === null) breaker.endParagraph();
        else breaker.place(glyph, style, 0);
      });
    }
    return breaker.end();
  }
  let isFirst = true;
  for (const { base, runs } of paragraphsOf(spans)) {
    if (!isFirst) breaker.endParagraph();
    isFirst = false;
    breaker.base = base;
    for (const { span, text, level } of runs) {
      const place = (glyph: Glyph | null): void => {
        if (glyph !== null) breaker.place(glyph, span.style, level);
      };
      book.read(text, span.style.face, place, level % 2 === 1 ? "rtl" : "ltr");
    }
  }
  return breaker.end();
}

/** The line that is being filled, and those before it. */
class Breaker {
  base: BaseLevel = 0;
  readonly #book: GlyphBook;
  readonly #width: number;
  readonly #lines: Line[] = [];
  #units: Unit[] = [];
  #used = 0;
  /** Units up to the last place where the line may end, and their width. */
  #breakAt = 0;
  #breakUsed = 0;
  #mayBreak = false;

  constructor(book: GlyphBook, width: number) {
    this.#book = book;
    this.#width = width;
  }

  place(glyph: Glyph, style: Style, level: number): void {
    const advance = (glyph.advance * style.size) / 1000;
    if (this.#mayBreak && !glyph.neverFirst) {
      this.#breakAt = this.#units.length;
      this.#breakUsed = this.#used;
    }
    if (!glyph.blank && this.#used + advance > this.#width) {
      if (this.#breakAt > 0) this.#emit(this.#breakAt, this.#breakUsed);
      // What is carried over may itself fill the line.
      if (this.#used + advance > this.#width && this.#units.length > 0) this.#emitAll();
      if (advance > this.#width) {
        const parts = this.#book.partsOf(glyph);
        if (parts !== null) {
          for (const part of parts) this.place(part, style, level);
          return;
        }
      }
    }
    this.#units.push({ glyph, style, level });
    this.#used += advance;
    this.#mayBreak = glyph.breakable;
  }

  endParagraph(): void {
    this.#emitAll();
  }

  /** The lines, at least one. */
  end(): Line[] {
    if (this.#units.length > 0 || this.#lines.length === 0) this.#emitAll();
    return this.#lines;
  }

  #emitAll(): void {
    this.#emit(this.#units.length, this.#used);
  }

  #emit(count: number, width: number): void {
    this.#lines.push(lineOf(this.#units.slice(0, count), this.base));
    this.#units = this.#units.slice(count);
    this.#used -= width;
    this.#breakAt = 0;
    this.#breakUsed = 0;
    this.#mayBreak = false;
  }
}
