import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasRightToLeft, isUnseen } from "../../src/report/characters.ts";
import { loadFonts } from "../../src/report/fonts.ts";
import type { Glyph } from "../../src/report/glyph.ts";
import { GlyphBook } from "../../src/report/glyphs.ts";
import type { Line } from "../../src/report/line.ts";
import { openPdf } from "../../src/report/pdf.ts";
import { wrap } from "../../src/report/wrap.ts";

const STYLE = { face: "regular", size: 9, grey: 0 } as const;
const WIDTH = 200;

const fresh = (): GlyphBook =>
  new GlyphBook(openPdf({ CreationDate: new Date(0) }, "en"), loadFonts());

const lines = (book: GlyphBook, text: string): Line[] =>
  wrap(book, [{ text, style: STYLE, direction: "auto" }], WIDTH);

const CODE = /(?:\\?[^]){2}/g;

const codesOf = ({ codes, placed }: Pick<Glyph, "codes" | "placed">): string[] =>
  placed === undefined
    ? (codes.match(CODE) ?? [])
    : placed.steps.flatMap(({ code }) => (code === "" ? [] : [code]));

const codes = (wrapped: readonly Line[]): string[] =>
  wrapped.flatMap((line) => line.runs.flatMap((run) => codesOf(run)));

const forward = fc.string({ unit: "binary", maxLength: 400 }).filter((t) => !hasRightToLeft(t));
const letters = fc.constantFrom(
  ...Array.from("אבג שלום ()[] 123 abc مرحبا سلام ٤٥ \u2067\u2069\u200f,.!"),
);
const backward = fc.string({ unit: letters, maxLength: 200 });

describe("the breaking of lines", () => {
  test("keeps every glyph, in order", () => {
    const book = fresh();
    fc.assert(
      fc.property(forward, (text) => {
        const whole: string[] = [];
        book.read(text, "regular", (glyph) =>
          whole.push(...(glyph === null ? [] : codesOf(glyph))),
        );
        expect(codes(lines(book, text))).toEqual(whole);
      }),
    );
  });

  test("keeps every glyph of a text from right to left, whatever its width", () => {
    const book = fresh();
    fc.assert(
      fc.property(backward, (text) => {
        const span = { text, style: STYLE, direction: "auto" } as const;
        const whole = codes(wrap(book, [span], Number.POSITIVE_INFINITY));
        expect(codes(wrap(book, [span], WIDTH)).toSorted()).toEqual(whole.toSorted());
      }),
    );
  });

  test("lets no line be wider than the place it has", () => {
    const book = fresh();
    fc.assert(
      fc.property(fc.oneof(forward, backward), (text) => {
        for (const line of lines(book, text)) expect(line.width).toBeLessThanOrEqual(WIDTH + 0.001);
      }),
    );
  });

  test("breaks a word only where it is longer than a line", () => {
    const book = fresh();
    expect(lines(book, "court ".repeat(40).trim()).length).toBeGreaterThan(3);
    expect(lines(book, "x".repeat(500)).length).toBeGreaterThan(10);
    const [first, second] = lines(book, `ab ${"x".repeat(35)}`);
    expect(first === undefined ? [] : codes([first])).toHaveLength(3);
    expect(second === undefined ? [] : codes([second])).toHaveLength(35);
  });

  test("breaks a joined word that is longer than a line into words that are not", () => {
    const wrapped = wrap(fresh(), [{ text: "هههههههههههههههههه", style: STYLE }], 40);
    expect(wrapped.length).toBeGreaterThan(1);
    for (const line of wrapped) expect(line.width).toBeLessThanOrEqual(40);
  });

  test("starts a line at a line feed, and keeps blank lines", () => {
    const book = fresh();
    expect(lines(book, "a\nb\r\n\nc").map((line) => line.runs.length)).toEqual([1, 1, 0, 1]);
    expect(lines(book, "א\nב\r\n\nג").map((line) => line.runs.length)).toEqual([1, 1, 0, 1]);
  });

  test("never parts a letter from its accents", () => {
    const book = fresh();
    const letter = "q\u0301\u0302";
    const wrapped = lines(book, letter.repeat(200));
    expect(wrapped.length).toBeGreaterThan(3);
    for (const line of wrapped) {
      for (const run of line.runs) expect(run.placed?.actual).toBe(letter);
    }
  });

  test("ends lines between ideographs, but not before closing punctuation", () => {
    const book = fresh();
    const text = "天地玄黄宇宙洪荒。".repeat(20);
    const [stop] = codes(lines(book, "。"));
    const wrapped = lines(book, text);
    expect(wrapped.length).toBeGreaterThan(3);
    for (const line of wrapped) expect(codes([line])[0]).not.toBe(stop);
  });

  test("ends lines of Thai between words", () => {
    const wrapped = lines(fresh(), "วันนี้เป็นอย่างไรบ้าง".repeat(8));
    expect(wrapped.length).toBeGreaterThan(1);
  });
});

describe("a character", () => {
  test("is drawn by a glyph of a font, or counted as a mark", () => {
    const fonts = loadFonts();
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 1 }), (character) => {
        const codePoint = character.codePointAt(0) ?? 0;
        fc.pre(codePoint !== 0x0a);
        const book = fresh();
        lines(book, character);
        const chain = [...fonts.chain(character, "regular")];
        const drawable =
          !isUnseen(codePoint) && chain.some((face) => face.glyph(codePoint) !== null);
        expect(book.substituted.has(codePoint)).toBe(!drawable);
      }),
      { numRuns: 300 },
    );
  });

  test("is met in a slanted name by the fonts of the report's text", () => {
    const book = fresh();
    const text = [0x2c60, 0x1d538, 0x627, 0x2800, 0x10300].map((c) => String.fromCodePoint(c));
    wrap(book, [{ text: text.join(""), style: { ...STYLE, face: "oblique" } }], WIDTH);
    expect([...book.substituted.keys()]).toEqual([0x2800]);
  });

  test("keeps four of the accents piled on it, and shows the others as marks", () => {
    const book = fresh();
    const wrapped = lines(book, `q${"\u0301".repeat(4)}${"\u0302".repeat(3)}`);
    expect([...book.substituted]).toEqual([[0x302, 3]]);
    expect(wrapped[0]?.runs[0]?.placed?.actual).toBe(`q${"\u0301".repeat(4)}`);
  });

  test("of half a pair is marked, not drawn as another", () => {
    const book = fresh();
    lines(book, "a\ud83db");
    expect([...book.substituted]).toEqual([[0xd83d, 1]]);
  });
});

describe("a joiner", () => {
  test("stands undrawn where it changes the letters beside it", () => {
    const book = fresh();
    lines(book, "می\u200cخواهم");
    expect([...book.substituted]).toEqual([]);
  });

  test("is a mark where it changes nothing", () => {
    for (const text of ["a\u200db", "خانه\u200c ها", "دا\u200cر", "👍\u200d👎", "x\u200c"]) {
      const book = fresh();
      lines(book, text);
      expect([text, ...book.substituted.values()]).toEqual([text, 1]);
    }
  });
});

const first = (text: string): Line | undefined => lines(fresh(), text)[0];

describe("an emoji", () => {
  test.each(["👨‍👩‍👧‍👦", "🏳️‍🌈", "🇫🇷", "1️⃣", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])("of several characters is one: %s", (text) => {
    const book = fresh();
    const line = lines(book, text)[0];
    expect([...book.substituted]).toEqual([]);
    expect(line?.runs).toHaveLength(1);
  });

  test("shows its skin tone beside it", () => {
    expect(first("👍🏽")?.width).toBeCloseTo(2 * (first("👍")?.width ?? 0));
    const book = fresh();
    expect(codes(lines(book, "👍🏽"))).not.toEqual(codes(lines(book, "👍🏿")));
    expect(first("👍🏽")?.runs[0]?.placed?.actual).toBe("👍🏽");
  });

  test("without a glyph is a mark", () => {
    const book = fresh();
    lines(book, "\u{1f6d9}");
    expect([...book.substituted]).toEqual([[0x1f6d9, 1]]);
  });
});

describe("the order on a line", () => {
  test("follows the first letter of a message", () => {
    const book = fresh();
    expect(lines(book, "שלום world")[0]?.rightToLeft).toBe(true);
    expect(lines(book, "world שלום")[0]?.rightToLeft).toBe(false);
    expect(lines(book, "\u2067שלום\u2069 world")[0]?.rightToLeft).toBe(false);
    expect(lines(book, "12 !")[0]?.rightToLeft).toBe(false);
  });

  test("turns words and keeps numbers", () => {
    const [line] = lines(fresh(), "אחת 123");
    const [word, , number] = line?.runs ?? [];
    expect(word?.placed?.word?.text).toBe("אחת");
    expect(number === undefined ? [] : codesOf(number)).toHaveLength("123".length);
    expect(word?.x).toBeGreaterThan(number?.x ?? Number.NaN);
  });

  test("is not turned by an override, which is shown", () => {
    const book = fresh();
    const [plain] = lines(book, "ab gnp.exe");
    const [turned] = lines(book, "ab \u202egnp.exe");
    const shown = turned?.runs.filter(({ grey }) => grey === 0).map(({ codes }) => codes);
    expect(shown?.join("")).toBe(plain?.runs.map(({ codes }) => codes).join(""));
    expect([...book.substituted]).toEqual([[0x202e, 1]]);
  });

  test("hangs the blanks a line ends in beyond its margin", () => {
    const [line] = lines(fresh(), "שלום   ");
    expect(line?.hang).toBeGreaterThan(0);
    expect(line?.width).toBeCloseTo(lines(fresh(), "שלום")[0]?.width ?? 0);
  });
});
