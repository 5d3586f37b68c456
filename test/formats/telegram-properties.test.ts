import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf, offsetText, wallSeconds } from "../../src/formats/telegram/clock.ts";
import { telegram } from "../../src/formats/telegram/index.ts";
import { canonical } from "../../src/hash/canonical.ts";
import type { FormatRecord } from "../../src/model/record.ts";
import { epochTime, offsetBetween } from "../../src/time/read.ts";

const FIXTURES = new URL("../../fixtures/telegram/", import.meta.url);
const inputs = readdirSync(FIXTURES).map((scenario) =>
  readFileSync(new URL(`${scenario}/input.json`, FIXTURES)),
);
const anyInput = fc.constantFrom(...inputs);

function* chunksOf(bytes: Buffer, length: number): Generator<Uint8Array> {
  const memory = Buffer.alloc(length);
  for (let at = 0; at < bytes.length; at += length) {
    yield memory.subarray(0, bytes.copy(memory, 0, at));
  }
}

function parse(bytes: Buffer, chunk: number = bytes.length + 1): FormatRecord[] {
  const chunks = chunksOf(bytes, chunk);
  const input = { name: "result.json", size: bytes.length, chunks, siblings: [] };
  const options = { zone: null, dateOrder: null, owner: null, mapping: null };
  return Array.from(telegram.parse(input, options)).flat();
}

function isRow(record: FormatRecord): boolean {
  return record.type === "message" || record.type === "event" || record.type === "exception";
}

function withoutSpans(records: readonly FormatRecord[]): unknown[] {
  return records.map((record) => ({ ...record, span: null }));
}

describe("any Telegram export", () => {
  it("reads the same in chunks of any length", () => {
    fc.assert(
      fc.property(anyInput, fc.integer({ min: 1, max: 700 }), (bytes, chunk) => {
        expect(parse(bytes, chunk)).toEqual(parse(bytes));
      }),
    );
  });

  it("accounts for every unit of a file cut anywhere, and says that it was cut", () => {
    fc.assert(
      fc.property(anyInput, fc.nat(), (bytes, at) => {
        // Behind a byte order mark, and before the closing bracket of the top object, where a cut is none.
        const mark = 3;
        const cut = bytes.subarray(0, mark + (at % (bytes.lastIndexOf("}") - mark)));
        const records = parse(cut);
        const rows = records.filter(isRow);
        expect(records.at(-1)).toEqual({ type: "end", units: rows.length });
        expect(rows.some((row) => row.type === "exception" && row.code === "truncated")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("gives the rows before the cut as the whole file does", () => {
    fc.assert(
      fc.property(anyInput, fc.nat(), (bytes, at) => {
        const rows = parse(bytes.subarray(0, at % bytes.length)).filter(
          (record) => record.type === "message" || record.type === "event",
        );
        const whole = parse(bytes).filter((r) => r.type === "message" || r.type === "event");
        expect(rows).toEqual(whole.slice(0, rows.length));
      }),
    );
  });

  it("survives any byte changed for any other, and keeps the sum", () => {
    fc.assert(
      fc.property(anyInput, fc.nat(), fc.nat(255), (bytes, at, value) => {
        const changed = Buffer.from(bytes);
        changed[at % changed.length] = value;
        const records = parse(changed);
        expect(records.at(-1)).toEqual({ type: "end", units: records.filter(isRow).length });
        for (const record of records) {
          if (record.type === "message" || record.type === "event") canonical(record.extra);
        }
        expect(JSON.stringify(records).isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("reads the same minified, but for the places", () => {
    for (const bytes of inputs) {
      const text = bytes.toString("utf8");
      let whole: unknown;
      try {
        whole = JSON.parse(text);
      } catch {
        continue;
      }
      const minified = parse(Buffer.from(JSON.stringify(whole)));
      expect(withoutSpans(minified)).toEqual(withoutSpans(parse(bytes)));
    }
    expect(inputs.length).toBeGreaterThan(4);
  });

  it("gives spans whose bytes are the row and nothing else", () => {
    for (const bytes of inputs) {
      for (const record of parse(bytes)) {
        if (record.type !== "message" && record.type !== "event") continue;
        const { offset, length } = record.span;
        const slice = bytes.subarray(offset, offset + length).toString("utf8");
        expect([slice.at(0), slice.at(-1)]).toEqual(["{", "}"]);
        expect(slice).toContain(`"id":`);
        expect(slice.replace(": ", ":")).toContain(`"id":${record.nativeId}`);
      }
    }
  });
});

const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });

describe("the clock of Telegram's rows", () => {
  it("says what src/time says, for every second of the years 1 to 9999", () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: -70_000, max: 70_000 }), (second, apart) => {
        const text = instantOf(second).slice(0, -1);
        expect(instantOf(second)).toBe(epochTime("", second * 1000, "second").instant);
        expect(wallSeconds(text)).toBe(second);
        expect(offsetText(apart)).toBe(offsetBetween(text, (second - apart) * 1000));
      }),
      { numRuns: 2000 },
    );
  });

  it("reads no day, hour or text that is none", () => {
    const none = [
      "2023-02-29T00:00:00",
      "2023-13-01T00:00:00",
      "2023-01-01T24:00:00",
      "2023-01-01T00:60:00",
      "2023-01-01 00:00:00",
      "0000-01-01T00:00:00",
      "2023-01-01T00:00:0 ",
      "2023-01-01T00:00:000",
      "",
    ];
    for (const text of none) expect(wallSeconds(text)).toBeNull();
  });
});
