import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable } from "../../src/terminal/printable.ts";

describe("printable", () => {
  it("leaves ordinary text of any script as it is", () => {
    for (const text of [
      "Ana: see you at 5?",
      "Zoë — déjà vu",
      "مرحبا",
      "你好",
      "C:\\Users\\ana",
      "👍🏽",
    ]) {
      expect(printable(text)).toBe(text);
    }
  });

  it.each([
    ["an escape sequence", "a\u001B[2Jb", "a\\u{1B}[2Jb"],
    ["a line end", "a\nb\r", "a\\u{A}b\\u{D}"],
    ["DEL and C1", "\u007F\u0085\u009B", "\\u{7F}\\u{85}\\u{9B}"],
    ["a bidi override", "ana\u202Egpj.exe", "ana\\u{202E}gpj.exe"],
    ["bidi isolates and marks", "\u2066\u2069\u200E\u061C", "\\u{2066}\\u{2069}\\u{200E}\\u{61C}"],
    ["characters of no width", "a\u200Bb\uFEFF\u2060", "a\\u{200B}b\\u{FEFF}\\u{2060}"],
    ["line separators", "\u2028\u2029", "\\u{2028}\\u{2029}"],
    ["a lone surrogate", "\uD83D!", "\\u{D83D}!"],
    ["a tag character", "\u{E0041}", "\\u{E0041}"],
    ["a variation selector that hides data", "a\u{E0100}", "a\\u{E0100}"],
  ])("shows %s", (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it("keeps the joiner of a joined emoji, and shows it between letters", () => {
    expect(printable("👩‍❤️‍👨 👨🏽‍🔧")).toBe("👩‍❤️‍👨 👨🏽‍🔧");
    expect(printable("a\u200Db")).toBe("a\\u{200D}b");
  });

  it("tells a typed escape from an escaped character", () => {
    expect(printable("\\u{202E}")).toBe("\\u{5C}u{202E}");
  });

  it("never lets a control, a bidi control or half a character through", () => {
    const anything = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(anything, (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });

  it("never prints two texts alike", () => {
    const parts = fc.constantFrom("\\", "u{", "202E", "}", "\u202E", "5C", "a", "\u200B", "\n");
    const text = fc.array(parts, { maxLength: 8 }).map((some) => some.join(""));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(printable(a) === printable(b)).toBe(a === b);
      }),
      { numRuns: 2000 },
    );
  });
});
