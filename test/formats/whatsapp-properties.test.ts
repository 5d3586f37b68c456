import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FormatRecord } from "../../src/model/record.ts";
import { newHeader, newHeaderReader } from "../../src/formats/whatsapp/header.ts";
import { exportOf, LAYOUTS } from "./whatsapp-export.ts";
import { isRow, isUnit, read, rowsOf, unitsOf } from "./whatsapp-read.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/whatsapp");
const INPUTS = readdirSync(FIXTURES).map((scenario): readonly [string, Buffer] => [
  scenario,
  readFileSync(join(FIXTURES, scenario, "input.txt")),
]);

/** The records without what a change of line ends or a BOM may change: places, and the text's own bytes. */
function unplaced(records: readonly FormatRecord[]): readonly unknown[] {
  return records.map((record) => ("span" in record ? { ...record, span: null } : record));
}

/** Where the slices fail to be the file, or the units to be their number; empty where all is accounted for. */
function gapsOf(bytes: Buffer, records: readonly FormatRecord[]): readonly string[] {
  const gaps: string[] = [];
  let at = 0;
  const spans = records.filter(isUnit).map((unit) => unit.span);
  for (const { offset, length } of spans) {
    if (offset !== at || length < 1) gaps.push(`${offset}+${length} after ${at}`);
    at = offset + length;
  }
  if (at !== bytes.length) gaps.push(`ends at ${at} of ${bytes.length}`);
  if (unitsOf(records) !== spans.length) gaps.push(`${unitsOf(records)} units`);
  return gaps;
}

const LINE = fc.constantFrom(
  "13/05/2023, 10:00 - Ada: a",
  "14/05/2023, 10:00 - Bo: <Media omitted>",
  "03/05/2023, 10:00 - Ada: b",
  "[03/01/2022, 22:10:05] Cy: c",
  "\u200e[3/6/18 1:55:00 p. m.] Ada: \u200e<attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg>",
  "6/30/23, 4:15\u202fPM - Ada: é🙂",
  "2022. 12. 14. 13:34. - Ada: x",
  'Ada created group "x: y"',
  "plain text",
  "12/12/20",
  "",
);
const SOUP = fc
  .array(
    fc.oneof(
      LINE.map((line) => Buffer.from(line)),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(Buffer.from("\r"), Buffer.from("\ufeff"), Buffer.from("\u200e")),
    ),
    { maxLength: 30 },
  )
  .chain((parts) =>
    fc
      .constantFrom("\n", "\r\n")
      .map((end) => Buffer.concat(parts.flatMap((part) => [part, Buffer.from(end)]))),
  );

describe("whatever the bytes are", () => {
  test("the slices of all rows are the file, none twice and none left out", () => {
    fc.assert(
      fc.property(SOUP, (bytes) => {
        expect(gapsOf(bytes, read(bytes))).toEqual([]);
      }),
    );
  });

  test("the records do not depend on how the file is cut into chunks", () => {
    fc.assert(
      fc.property(SOUP, fc.integer({ min: 1, max: 70 }), (bytes, chunk) => {
        expect(read(bytes, { chunk })).toEqual(read(bytes));
      }),
    );
  });

  test("a slice read alone says the name and the text of its row", () => {
    fc.assert(
      fc.property(SOUP, (bytes) => {
        for (const { span, text, name } of read(bytes).filter(isRow)) {
          const slice = bytes.subarray(span.offset, span.offset + span.length).toString("utf8");
          const plain = slice.replaceAll("\r\n", "\n");
          expect(plain).toContain(name === null ? text : name);
          expect(plain).toContain(text);
        }
      }),
    );
  });

  test("remembering the last date changes nothing that is read", () => {
    const remembering = newHeaderReader();
    fc.assert(
      fc.property(LINE, (line) => {
        const bytes = Buffer.from(line);
        const one = newHeader();
        const other = newHeader();
        const found = remembering(bytes, 0, bytes.length, one);
        expect(newHeaderReader()(bytes, 0, bytes.length, other)).toBe(found);
        const { at: _at, width: _width, ...said } = one;
        const { at: _otherAt, width: _otherWidth, ...again } = other;
        expect(found ? said : null).toEqual(found ? again : null);
      }),
      { numRuns: 500 },
    );
  });
});

describe.each(INPUTS)("fixture %s", (_scenario, bytes) => {
  test("reads the same byte by byte", () => {
    expect(read(bytes, { chunk: 1 })).toEqual(read(bytes));
  });

  test("reads the same with CRLF, LF and a BOM, but for the places", () => {
    const lf = Buffer.from(bytes.toString("utf8").replaceAll("\r\n", "\n"));
    const crlf = Buffer.from(lf.toString("utf8").replaceAll("\n", "\r\n"));
    const bom = Buffer.concat([Buffer.from("\ufeff"), lf]);
    const expected = unplaced(read(lf));
    expect(unplaced(read(crlf))).toEqual(expected);
    expect(unplaced(read(bom))).toEqual(expected);
    expect(gapsOf(crlf, read(crlf))).toEqual([]);
    expect(gapsOf(bom, read(bom))).toEqual([]);
  });

  test("cut off at any byte, everything that is left is accounted for", () => {
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length);
      expect(gapsOf(cut, read(cut))).toEqual([]);
    }
  });
});

describe.each(Object.entries(LAYOUTS))("a generated export, %s", (_name, layout) => {
  test("is read back row by row, and no time is ever wrong", () => {
    fc.assert(
      fc.property(exportOf(layout), ({ text, truth }) => {
        const rows = rowsOf(text);
        expect(rows.map((row) => [row.name, row.text])).toEqual(
          truth.map(({ author, text: said }) => [author, said]),
        );
        rows.forEach((row, index) => {
          const { local } = truth[index] ?? { local: "" };
          expect([row.time.local, ...row.time.candidates]).toContain(local);
          expect(row.time.local ?? local).toBe(local);
        });
      }),
    );
  });
});
