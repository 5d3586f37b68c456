import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUnseen } from "../../src/report/characters.ts";
import { GlyphBook } from "../../src/report/glyphs.ts";
import { openPdf } from "../../src/report/pdf.ts";
import { loadFonts } from "../../src/report/typeface.ts";
import type { Line } from "../../src/report/wrap.ts";
import { wrap } from "../../src/report/wrap.ts";

const STYLE = { face: "regular", size: 9, grey: 0 } as const;
const WIDTH = 200;

const fresh = (): GlyphBook =>
  new GlyphBook(openPdf({ CreationDate: new Date(0) }, "en"), loadFonts());

const lines = (book: GlyphBook, text: string): Line[] =>
  wrap(book, [{ text, style: STYLE }], WIDTH);

const codes = (wrapped: readonly Line[]): string =>
  wrapped.flatMap((line) => line.runs.map((run) => run.codes)).join("");

const texts = fc.string({ unit: "binary", maxLength: 400 });

describe("the breaking of lines", () => {
  test("keeps every glyph, in order", () => {
    const book = fresh();
    fc.assert(
      fc.property(texts, (text) => {
        let whole = "";
        book.read(text, "regular", (glyph) => (whole += glyph?.codes ?? ""));
        expect(codes(lines(book, text))).toBe(whole);
      }),
    );
  });

  test("lets no line be wider than the place it has", () => {
    const book = fresh();
    fc.assert(
      fc.property(texts, (text) => {
        for (const line of lines(book, text)) expect(line.width).toBeLessThanOrEqual(WIDTH + 0.001);
      }),
    );
  });

  test("breaks a word only where it is longer than a line", () => {
    const book = fresh();
    expect(lines(book, "court ".repeat(40).trim()).length).toBeGreaterThan(3);
    expect(lines(book, "x".repeat(500)).length).toBeGreaterThan(10);
    const [first, second] = lines(book, `ab ${"x".repeat(35)}`);
    expect(first?.runs[0]?.codes).toHaveLength(3 * 4);
    expect(second?.runs[0]?.codes).toHaveLength(35 * 4);
  });

  test("starts a line at a line feed, and keeps blank lines", () => {
    const book = fresh();
    expect(lines(book, "a\nb\r\n\nc").map((line) => line.runs.length)).toEqual([1, 1, 0, 1]);
  });

  test("never parts a letter from its accents", () => {
    const book = fresh();
    const letter = "q\u0301\u0302";
    for (const line of lines(book, letter.repeat(200))) {
      expect(codes([line]).length % (3 * 4)).toBe(0);
    }
  });
});

describe("a character", () => {
  test("is drawn by a glyph of a font, or counted as a mark", () => {
    const { regular } = loadFonts();
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 1 }), (character) => {
        const codePoint = character.codePointAt(0) ?? 0;
        fc.pre(codePoint !== 0x0a);
        const book = fresh();
        lines(book, character);
        const drawable = !isUnseen(codePoint) && regular.glyph(codePoint) !== null;
        expect(book.substituted.has(codePoint)).toBe(!drawable);
      }),
      { numRuns: 300 },
    );
  });

  test("is met in a bold name by the regular face where the bold has it not", () => {
    const book = fresh();
    const missing = [0x2c60, 0x1d538, 0x627, 0x2800, 0x10300].map((c) => String.fromCodePoint(c));
    wrap(book, [{ text: missing.join(""), style: { ...STYLE, face: "oblique" } }], WIDTH);
    const { regular } = loadFonts();
    for (const character of missing) {
      const codePoint = character.codePointAt(0) ?? 0;
      const drawable = !isUnseen(codePoint) && regular.glyph(codePoint) !== null;
      expect(book.substituted.has(codePoint)).toBe(!drawable);
    }
  });

  test("takes one code however many accents are piled on it in however many ways", () => {
    const book = fresh();
    const accents = Array.from({ length: 12 }, (_, i) => String.fromCodePoint(0x300 + i));
    let text = "";
    for (const a of accents)
      for (const b of accents) for (const c of accents) text += `q${a}${b}${c}`;
    const used = new Set(codes(lines(book, text)).match(/.{4}/g));
    expect(used.size).toBe(1 + accents.length);
  });

  test("of half a pair is marked, not drawn as another", () => {
    const book = fresh();
    lines(book, "a\ud83db");
    expect([...book.substituted]).toEqual([[0xd83d, 1]]);
  });
});
