import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded, indexable } from "../../src/store/fold.ts";
import { readQuery } from "../../src/store/query.ts";

describe("a query", () => {
  it("is words for the index, phrases in quotation marks, and a star for beginnings", () => {
    expect(readQuery('Crane "at the quay" har*')).toEqual({
      match: ['"crane"', '"at the quay"', '"har"*'],
      scan: [],
      terms: ["crane", "at the quay", "har"],
      exact: null,
    });
  });

  it("goes to the scan with what the index cannot tell apart", () => {
    const { match, scan } = readQuery("0612 \u{1f6a3} \u660e\u5929 crane7 crane");
    expect(match).toEqual(['"crane"']);
    expect(scan).toEqual(["0612", "\u{1f6a3}", "\u660e\u5929", "crane7"]);
  });

  it("that folds to nothing is asked for letter by letter", () => {
    expect(readQuery(" \u200e ")).toEqual({ match: [], scan: [], terms: [], exact: "\u200e" });
    expect(readQuery('"').exact).toBe('"');
  });

  it("never puts a quotation mark or an operator outside a quoted token", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const token of readQuery(text).match) expect(token).toMatch(/^"[^"]+"\*?$/u);
      }),
    );
  });

  it("is cut to a length, and never within a letter", () => {
    const { terms } = readQuery(`${"a".repeat(4_095)}\u{1f6a3}`);
    expect(terms).toEqual(["a".repeat(4_095)]);
  });
});

describe("folding", () => {
  it.each([
    ["CAFÉ", "cafe"],
    ["e\u0301", "e"],
    ["\uff21\uff22", "ab"],
    ["\ufb01n", "fin"],
    ["ha\u200erbour", "harbour"],
    ["\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3"],
    ["\u0130stanbul", "istanbul"],
  ])("takes %j for %j", (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  it("done twice is the same as once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(folded(folded(text))).toBe(folded(text));
      }),
    );
  });

  it("for the index parts words from scripts that write no blanks", () => {
    expect(indexable("\u660e\u5929Crane\u0e19\u0e49\u0e33x")).toBe(" crane x");
    expect(indexable("plain")).toBe("plain");
  });
});
