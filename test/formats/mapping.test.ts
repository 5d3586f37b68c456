import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMapping } from "../../src/formats/mapping.ts";
import { clockOf } from "../../src/formats/mapping/clock.ts";
import { readOffset } from "../../src/formats/mapping/offset.ts";
import { pathOf, remainder, treeOf, valueAt } from "../../src/formats/mapping/pointer.ts";
import { Failure } from "../../src/model/failure.ts";
import { offsetTime } from "../../src/time/read.ts";
import type { MessageTime } from "../../src/model/time.ts";

const PLAIN = {
  schema: 1,
  format: "csv",
  service: "example",
  conversation: { column: "room" },
  account: { id: "who" },
  text: "body",
  time: { column: "at", pattern: "YYYY-MM-DD HH:mm" },
};

/** The refusal of a mapping that differs from a good one. */
function refusal(change: object): string {
  try {
    readMapping({ ...PLAIN, ...change });
  } catch (error) {
    if (error instanceof Failure) return `${error.code} ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("a mapping", () => {
  it("has RFC 4180 and UTF-8 where it says nothing else", () => {
    expect(readMapping(PLAIN)).toMatchObject({
      encoding: "utf-8",
      csv: { delimiter: ",", quote: '"', header: true, skipRows: 0 },
      kind: null,
      attachments: null,
    });
  });

  it.each([
    [{ schema: 2 }, "usage mapping: schema: must be 1"],
    [{ format: "xlsx" }, "usage mapping: format: must be one of csv, jsonl"],
    [
      { encoding: "latin1" },
      "usage mapping: encoding: must be one of utf-8, windows-1252, utf-16le",
    ],
    [{ sevrice: "x" }, "usage mapping: sevrice: no such member"],
    [{ service: 7 }, "usage mapping: service: must be a string"],
    [{ text: [] }, "usage mapping: text: names no column"],
    [{ text: ["a", 0] }, "usage mapping: text.1: column numbers run from 1 to 16384"],
    [{ conversation: {} }, "usage mapping: conversation: needs either a column or a constant"],
    [{ conversation: "room" }, "usage mapping: conversation: must be an object"],
    [{ account: undefined }, "usage mapping: account: is missing"],
    [{ account: {} }, "usage mapping: account: needs an id or a name column"],
    [{ time: undefined }, "usage mapping: time: is missing"],
    [{ time: { column: "at" } }, "usage mapping: time.pattern: must be a string"],
    [
      { time: { column: "at", pattern: "DD/MM HH:mm" } },
      "usage mapping: time.pattern: names no year",
    ],
    [
      { time: { column: "at", pattern: "YYYY-MM-DD HH:MM" } },
      "usage mapping: time.pattern: names the month twice",
    ],
    [
      { time: { column: "at", pattern: "YYYY-MM-DD hh:mm" } },
      "usage mapping: time.pattern: hh and h go with A (AM or PM), HH and H without it",
    ],
    [
      { time: { column: "at", pattern: "YYYY-MM-DD à HH:mm" } },
      "usage mapping: time.pattern: unknown letter à",
    ],
    [
      { time: { column: "at", pattern: "YYYY-MM-DD [à" } },
      "usage mapping: time.pattern: a square bracket is not closed",
    ],
    [{ edited: { column: "x", pattern: "" } }, "usage mapping: edited.pattern: names no year"],
    [
      { kind: { column: "k", values: { a: "speech" } } },
      "usage mapping: kind.values.a: must be one of text, media, call, poll, location, contact, deletion, unknown, system, reaction, edit",
    ],
    [{ kind: { column: "k" } }, "usage mapping: kind.values: must be an object"],
    [
      { csv: { delimiter: ";;" } },
      "usage mapping: csv.delimiter: must be one ASCII character and no line end",
    ],
    [
      { csv: { delimiter: "\n" } },
      "usage mapping: csv.delimiter: must be one ASCII character and no line end",
    ],
    [{ csv: { delimiter: '"' } }, "usage mapping: csv.quote: is the delimiter too"],
    [
      { csv: { skipRows: -1 } },
      "usage mapping: csv.skipRows: must be a whole number from 0 to 1000",
    ],
    [
      { csv: { header: false } },
      "usage mapping: csv.header: is false, so columns have no names: room",
    ],
    [{ format: "jsonl", csv: {} }, "usage mapping: csv: has no place where format is jsonl"],
    [
      { format: "jsonl", text: 3 },
      "usage mapping: format: jsonl has no column numbers, but 3 is named as one",
    ],
  ])("%j is refused by the member's name", (change, message) => {
    expect(refusal(change)).toBe(message);
  });

  it.each([[null], [[]], ["text"], [7], [undefined]])("%j is none", (value) => {
    expect(() => readMapping(value)).toThrow("mapping: must be an object");
  });

  it("never throws anything but a refusal", () => {
    const members = fc.constantFrom(
      "schema",
      "format",
      "csv",
      "time",
      "kind",
      "text",
      "account",
      "conversation",
    );
    fc.assert(
      fc.property(fc.dictionary(members, fc.jsonValue()), (change) => {
        expect(refusal(change)).toMatch(/^(?:usage mapping: |accepted$)/);
      }),
    );
  });
});

function timeIn(
  pattern: string,
  text: string,
  zone: string | null = null,
  offset = "",
): MessageTime {
  return clockOf(pattern, zone, "time.pattern")(text, text, offset);
}

describe("a time pattern", () => {
  it.each([
    ["YYYY-MM-DD HH:mm:ss", "2026-06-13 21:25:15", "2026-06-13T21:25:15", "second"],
    ["DD/MM/YYYY HH:mm", "13/06/2026 21:25", "2026-06-13T21:25:00", "minute"],
    ["D.M.YY", "3.6.26", "2026-06-03T00:00:00", "day"],
    ["M/D/YYYY h:mm A", "6/3/2026 12:05 am", "2026-06-03T00:05:00", "minute"],
    ["M/D/YYYY h:mm A", "6/3/2026 12:05 PM", "2026-06-03T12:05:00", "minute"],
    ["YYYYMMDDHHmmss", "20260603120506", "2026-06-03T12:05:06", "second"],
    ["DD/MM/YYYY [à] HH[h]mm", "13/06/2026 à 21h25", "2026-06-13T21:25:00", "minute"],
    [
      "YYYY-MM-DDTHH:mm:ss.SSS",
      "2026-06-13T21:25:15.1234567",
      "2026-06-13T21:25:15.123",
      "millisecond",
    ],
    ["DD/MM/YY", "01/01/70", "1970-01-01T00:00:00", "day"],
    ["iso", "2026-06-13", "2026-06-13T00:00:00", "day"],
    ["iso", "2026-06-13 21:25", "2026-06-13T21:25:00", "minute"],
    ["iso", "2026-06-13T21:25:15,5", "2026-06-13T21:25:15.500", "millisecond"],
  ])("%s reads %s", (pattern, text, local, precision) => {
    expect(timeIn(pattern, text)).toMatchObject({
      raw: text,
      local,
      precision,
      basis: "unknown",
      instant: null,
    });
  });

  it.each([
    ["YYYY-MM-DD", "2026-02-30"],
    ["YYYY-MM-DD HH:mm", "2026-02-03 24:00"],
    ["YYYY-MM-DD", "2026-02-03 and more"],
    ["DD/MM/YYYY", "3/6/2026"],
    ["M/D/YYYY h:mm A", "6/3/2026 0:05 AM"],
    ["M/D/YYYY h:mm A", "6/3/2026 1:05 XX"],
    ["iso", "2026-6-13"],
    ["iso", "2026-06-13T"],
    ["iso", "2026-06-13T21:25:15.Z"],
    ["iso", "2026-06-13T21:25:15+99:00"],
    ["iso", "20x6-06-13"],
    ["epoch-s", "12e3"],
    ["epoch-s", ""],
  ])("%s does not read %j, and keeps it", (pattern, text) => {
    expect(timeIn(pattern, text)).toMatchObject({
      raw: text,
      local: null,
      instant: null,
      flags: ["unreadable"],
    });
  });

  it("that states the order of day and month leaves no doubt", () => {
    expect(timeIn("DD/MM/YYYY", "03/04/2026").flags).toStrictEqual([]);
  });

  it("rests on the analyst's zone where the row has no offset", () => {
    const time = timeIn("YYYY-MM-DD HH:mm", "2026-06-13 21:25", "Europe/Paris");
    expect(time).toMatchObject({
      instant: "2026-06-13T19:25:00Z",
      basis: "declared",
      zone: "Europe/Paris",
    });
  });

  it("rests on the row's own offset before the analyst's zone", () => {
    const time = timeIn("YYYY-MM-DD HH:mm", "2026-06-13 21:25", "Europe/Paris", "-0500");
    expect(time).toMatchObject({
      instant: "2026-06-14T02:25:00Z",
      basis: "offset",
      zone: "-05:00",
    });
  });

  it("is not placed where the row's offset cannot be read", () => {
    const time = timeIn("YYYY-MM-DD HH:mm", "2026-06-13 21:25", "Europe/Paris", "EST");
    expect(time).toMatchObject({
      local: "2026-06-13T21:25:00",
      instant: null,
      flags: ["unreadable"],
    });
  });

  it("agrees with Date on every ISO instant", () => {
    const min = new Date("1990-01-01T00:00:00Z");
    const max = new Date("2099-12-31T23:59:59Z");
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        const text = date.toISOString();
        const time = timeIn("iso", text);
        expect(time).toStrictEqual(offsetTime(text, text.slice(0, -1), "Z", "millisecond"));
        expect(Date.parse(time.instant ?? "")).toBe(date.getTime());
      }),
    );
  });
});

describe("a count", () => {
  it.each([
    ["epoch-s", "1767600000", "2026-01-05T08:00:00Z"],
    ["epoch-s", "1767600000.25", "2026-01-05T08:00:00.250Z"],
    ["epoch-ms", "1767600000250", "2026-01-05T08:00:00.250Z"],
    ["epoch-us", "1767600000250999", "2026-01-05T08:00:00.250Z"],
    ["apple-s", "789292800", "2026-01-05T08:00:00Z"],
    ["apple-ns", "789292800250000123", "2026-01-05T08:00:00.250Z"],
    ["webkit-us", "13412073600250000", "2026-01-05T08:00:00.250Z"],
    ["filetime", "134120736002500000", "2026-01-05T08:00:00.250Z"],
  ])("%s %s is %s", (pattern, text, instant) => {
    expect(timeIn(pattern, text)).toMatchObject({ instant, basis: "utc", flags: [] });
  });

  it("before messengers were is doubted, and beyond four-digit years is no instant", () => {
    expect(timeIn("epoch-s", "0")).toMatchObject({
      instant: "1970-01-01T00:00:00Z",
      flags: ["out-of-range"],
    });
    expect(timeIn("epoch-s", "-1")).toMatchObject({
      instant: "1969-12-31T23:59:59Z",
      flags: ["out-of-range"],
    });
    expect(timeIn("epoch-s", "99999999999999999999")).toMatchObject({
      instant: null,
      flags: ["out-of-range"],
    });
    expect(timeIn("iso", "9999-12-31T23:59:59-12:00")).toMatchObject({
      instant: null,
      flags: ["out-of-range"],
    });
  });

  it("counts in seconds what Date counts in milliseconds, for any instant", () => {
    fc.assert(
      fc.property(fc.integer({ min: 631_152_000_000, max: 4_102_444_799_999 }), (ms) => {
        expect(Date.parse(timeIn("epoch-ms", String(ms)).instant ?? "")).toBe(ms);
        expect(Date.parse(timeIn("epoch-us", `${ms}999`).instant ?? "")).toBe(ms);
      }),
    );
  });
});

describe("an offset", () => {
  it.each([
    ["+02:00", "+02:00"],
    ["-0330", "-03:30"],
    ["+2", "+02:00"],
    ["UTC+1", "+01:00"],
    ["gmt", "Z"],
    ["z", "Z"],
    ["+19:00", null],
    ["+02:60", null],
    ["02:00", null],
    ["CET", null],
  ])("%s is %s", (text, offset) => {
    expect(readOffset(text)).toBe(offset);
  });
});

describe("a pointer", () => {
  it("is RFC 6901, or the plain name of a member", () => {
    expect(pathOf("/a~1b/m~0n/0")).toStrictEqual(["a/b", "m~n", "0"]);
    expect(pathOf("a.b")).toStrictEqual(["a.b"]);
    expect(valueAt({ "a/b": { "m~n": [7] } }, pathOf("/a~1b/m~0n/0"))).toBe(7);
  });

  it("sees own members alone", () => {
    expect(valueAt({}, ["constructor"])).toBeUndefined();
    expect(valueAt([1], ["length"])).toBeUndefined();
    expect(valueAt({ a: "text" }, ["a", "length"])).toBeUndefined();
  });

  it("leaves everything else to the remainder", () => {
    const tree = treeOf([["a", "b"], ["c"], ["d"]]);
    const value = { a: { b: 1, x: 2 }, c: 3, d: { deep: true }, e: [], f: {} };
    expect(remainder(value, tree)).toStrictEqual({ a: { x: 2 }, d: { deep: true }, e: [], f: {} });
    expect(remainder({ a: { b: 1 } }, tree)).toStrictEqual({});
  });
});
