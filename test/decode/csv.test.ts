import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRows, type CsvRow } from "../../src/decode/csv.ts";
import type { RowSyntax } from "../../src/decode/scan.ts";

const RFC: RowSyntax = { encoding: "utf-8", delimiter: ",", quote: '"' };

function rowsOf(text: string | Uint8Array, syntax = RFC, limit?: number): readonly CsvRow[] {
  return [...csvRows([Buffer.from(text)], syntax, limit)];
}

function fieldsOf(text: string | Uint8Array, syntax = RFC): readonly (readonly string[])[] {
  return rowsOf(text, syntax).map((row) => row.fields);
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Cells that are full of what a table treats specially. */
const cell = fc.string({
  unit: fc.constantFrom("a", "é", "☕", "😀", ",", '"', "\n", "\r", " ", ";", "\uFFFD"),
  maxLength: 8,
});
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });

function written(rows: readonly (readonly string[])[], end: string): string {
  return rows.map((row) => row.map(quoted).join(",") + end).join("");
}

describe("the rows of a table", () => {
  it("are what was written, and what csv-parse reads (RFC 4180)", () => {
    fc.assert(
      fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, end) => {
        const text = written(rows, end);
        expect(fieldsOf(text)).toStrictEqual(rows);
        const oracle = parse(text, { relax_column_count: true, record_delimiter: end });
        expect(fieldsOf(text)).toStrictEqual(oracle);
      }),
    );
  });

  it("lie one behind the other and take in their line ends", () => {
    fc.assert(
      fc.property(
        table,
        fc.string({ unit: fc.constantFrom('"', ",", "\n", "x"), maxLength: 30 }),
        (rows, tail) => {
          const bytes = Buffer.from(written(rows, "\r\n") + tail);
          let at = 0;
          for (const row of rowsOf(bytes)) {
            expect(row.offset).toBe(at);
            at += row.length;
          }
          expect(at).toBe(bytes.length);
        },
      ),
    );
  });

  it("are the same however the bytes come, hostile quotes and a low limit included", () => {
    const noise = fc.string({
      unit: fc.constantFrom('"', '"', ",", "\n", "\r", "x", "é"),
      maxLength: 60,
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    const encodings = fc.constantFrom("utf-8" as const, "utf-16le" as const);
    fc.assert(
      fc.property(
        noise,
        sizes,
        encodings,
        fc.constantFrom(8, 20, 1000),
        (text, list, encoding, limit) => {
          const bytes = Buffer.from(text, encoding === "utf-8" ? "utf8" : "utf16le");
          const syntax = { ...RFC, encoding };
          const whole = [...csvRows([bytes], syntax, limit)];
          expect([...csvRows(pieces(bytes, list), syntax, limit)]).toStrictEqual(whole);
          expect(whole.reduce((sum, row) => sum + row.length, 0)).toBe(bytes.length);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("may hold line ends of any kind inside quotes", () => {
    expect(fieldsOf('a,"1\n2\r\n3\r4"\r\nb,c')).toStrictEqual([
      ["a", "1\n2\r\n3\r4"],
      ["b", "c"],
    ]);
  });

  it("keep a quote in the middle of a field as text", () => {
    expect(fieldsOf('a "b" c,d\n')).toStrictEqual([['a "b" c', "d"]]);
  });

  it("are marked where a quoted field holds a bare quote", () => {
    const [row] = rowsOf('"he said "no" twice",x\n');
    expect(row?.fields).toStrictEqual(['he said "no" twice', "x"]);
    expect(row?.flags).toStrictEqual(["stray-quote"]);
  });

  it("know no quotes where the syntax has none", () => {
    expect(fieldsOf('"a\tb\nc"\td', { ...RFC, delimiter: "\t", quote: null })).toStrictEqual([
      ['"a', "b"],
      ['c"', "d"],
    ]);
  });
});

describe("an unclosed quote", () => {
  it("costs its own line, and marks those read anew", () => {
    const rows = rowsOf('a,"b\nc,d\ne,f\n');
    expect(rows.map((row) => row.fault)).toStrictEqual(["unclosed-quote", null, null]);
    expect(rows.map((row) => row.fields)).toStrictEqual([[], ["c", "d"], ["e", "f"]]);
    expect(rows[2]?.flags).toStrictEqual(["after-unclosed-quote"]);
  });

  it("is read anew only so often: where every line opens one, the rest becomes one fault", () => {
    const size = 4 * 1024 * 1024;
    const rows = rowsOf(Buffer.alloc(size, 'a","\n'));
    expect(rows.length).toBeLessThan(20);
    expect(rows[0]?.fault).toBe("unclosed-quote");
    expect(rows.filter((row) => row.fault === null)).toStrictEqual([]);
    expect(rows.reduce((sum, row) => sum + row.length, 0)).toBe(size);
  });
});

describe("a row beyond the limit", () => {
  it("is one fault up to its line end, and the next row is read", () => {
    const rows = rowsOf(`${"x".repeat(100)}\na,b\n`, RFC, 50);
    expect(rows.map((row) => [row.offset, row.length, row.fault])).toStrictEqual([
      [0, 101, "too-long"],
      [101, 4, null],
    ]);
  });

  it("has too many fields before it has too many bytes", () => {
    expect(rowsOf(",".repeat(20_000))[0]?.fault).toBe("too-many-fields");
    expect(rowsOf(`"",${",".repeat(20_000)}`)[0]?.fault).toBe("too-many-fields");
  });
});

describe("the encoding", () => {
  it("of one row may be wrong without harm to its neighbours", () => {
    const bytes = Buffer.concat([Buffer.from("a,b\nc,"), Buffer.of(0xff), Buffer.from("\ne,f\n")]);
    expect(rowsOf(bytes).map((row) => row.fault)).toStrictEqual([null, "bad-encoding", null]);
  });

  it("may hold the replacement character itself", () => {
    expect(fieldsOf("\uFFFD,b\n")).toStrictEqual([["\uFFFD", "b"]]);
  });

  it("windows-1252 has its own signs from 0x80 to 0x9F", () => {
    const bytes = Buffer.of(0x80, 0x2c, 0x9f, 0x2c, 0xe9, 0x2c, 0x81);
    const syntax = { ...RFC, encoding: "windows-1252" as const };
    expect(fieldsOf(bytes, syntax)).toStrictEqual([["€", "Ÿ", "é", "\u0081"]]);
  });

  it("UTF-16 is read by units: a byte that looks like a comma or a line feed is none", () => {
    const text = '\u2c0a,"\u0a2c\n\u220a"\r\nb,\u2c2c';
    const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
    expect(fieldsOf(bytes, { ...RFC, encoding: "utf-16le" })).toStrictEqual([
      ["\u2c0a", "\u0a2c\n\u220a"],
      ["b", "\u2c2c"],
    ]);
  });

  it("UTF-16 with half a unit at its end says so", () => {
    const bytes = Buffer.concat([Buffer.from("a,b\nc,d", "utf16le"), Buffer.of(0x65)]);
    const rows = rowsOf(bytes, { ...RFC, encoding: "utf-16le" });
    expect(rows.map((row) => row.fault)).toStrictEqual([null, "bad-encoding"]);
  });

  it("opens with a byte order mark that belongs to no row", () => {
    expect(rowsOf("\uFEFFa,b\n")[0]).toMatchObject({ offset: 3, length: 4, fields: ["a", "b"] });
  });
});

function* pieces(bytes: Uint8Array, sizes: readonly number[]): Iterable<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const piece = new Uint8Array(bytes.subarray(at, at + (sizes[turn % sizes.length] ?? 1)));
    yield piece;
    at += piece.length;
    piece.fill(0x22);
  }
}
