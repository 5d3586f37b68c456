import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable } from "../../src/terminal/printable.ts";
import { tableLines } from "../../src/terminal/table.ts";
import { styled, textOf } from "../../src/terminal/terminal.ts";
import { cut, displayWidth } from "../../src/terminal/width.ts";

const COLUMNS = [
  { title: "name", shrinks: true },
  { title: "count", align: "right" },
] as const;

describe("a table", () => {
  it("aligns by what a sign takes on the screen", () => {
    const rows = [
      ["Ana", "7"],
      ["李小龙", "1,204"],
      ["e\u0301va 👍", styled("good", "33")],
    ];
    expect(tableLines(COLUMNS, rows, Infinity).map(textOf)).toStrictEqual([
      "name    count",
      "Ana         7",
      "李小龙  1,204",
      "e\u0301va 👍     33",
    ]);
  });

  it("cuts the widest column that may shrink, and never wraps", () => {
    const lines = tableLines(COLUMNS, [["a name much longer than that", "12"]], 20).map(textOf);
    expect(lines[1]).toBe("a name much …     12");
  });

  it("is nothing where there are no rows", () => {
    expect(tableLines(COLUMNS, [], 80)).toStrictEqual([]);
  });
});

describe("cut", () => {
  it("never exceeds the columns it is given, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 30 }),
        fc.integer({ min: 1, max: 30 }),
        (text, columns) => {
          expect(displayWidth(cut(text, columns))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  it("counts an escape as it will be printed", () => {
    expect(printable(cut("\u202E\u202Eabc", 10))).toBe("\\u{202E}…");
  });
});
