import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FormatRecord } from "../../src/model/record.ts";
import type { MessageTime } from "../../src/model/time.ts";
import type { Bound } from "../../src/store/insert.ts";
import { MESSAGE_COLUMNS, MESSAGE_TEXTS } from "../../src/store/load.ts";
import { localTime, unknownTime } from "../../src/time/read.ts";
import { flattener } from "../../src/workflow/parse/flatten.ts";
import { pack, unpack } from "../../src/workflow/parse/packed.ts";
import { timeFlattener } from "../../src/workflow/parse/when.ts";

describe("packed rows", () => {
  it("come back as they were", () => {
    const text = fc.option(fc.string({ unit: "binary" }));
    const number = fc.option(fc.maxSafeInteger());
    fc.assert(
      fc.property(fc.array(fc.tuple(text, number, text)), (rows) => {
        expect(unpack(pack(rows, 3), [true, false, true])).toEqual(rows);
      }),
    );
  });
});

const TIMES: readonly MessageTime[] = [
  localTime("3.1.19 07:12", "2019-01-03T07:12:00", "minute", null),
  localTime("3.1.19 07:12", "2019-01-03T07:12:00", "minute", "Europe/Paris"),
  localTime("2019-01-03 07:12:04", "2019-01-03T07:12:04", "second", "+02:00"),
  unknownTime("soon", ["unreadable"]),
];

function message(offset: number, text: string, time: MessageTime, files: number): FormatRecord {
  const file = { state: "referenced", literal: null, media: "photo", mime: null } as const;
  return {
    type: "message",
    kind: files > 0 ? "media" : "text",
    conversation: "chat",
    account: "ana",
    name: "Ana",
    time,
    text,
    span: { offset, length: 10 },
    flags: [],
    extra: {},
    nativeId: null,
    replyTo: null,
    edited: null,
    attachments: Array.from({ length: files }, (_, at) => ({ ...file, name: `IMG-${at}.jpg` })),
  };
}

const RECORDS: readonly FormatRecord[] = [
  { type: "conversation", key: "chat", nativeId: null, title: null, kind: "group" },
  { type: "account", key: "ana", service: "whatsapp", nativeId: null, name: "Ana" },
  ...Array.from({ length: 20 }, (_, at) =>
    message(at * 10, `line ${at} é 🙂`, TIMES[at % TIMES.length] ?? unknownTime(null), at % 3),
  ),
  {
    type: "exception",
    code: "no-header",
    detail: "lines before the first header",
    span: { offset: 200, length: 5 },
    conversation: "chat",
  },
  { type: "finding", code: "pasted-header", detail: "rows", count: 2 },
  { type: "end", units: 21 },
];

function digestOf(batches: readonly (readonly FormatRecord[])[]): string {
  const flat = flattener();
  for (const batch of batches) flat.batch(batch);
  return flat.digest();
}

describe("the digest of the records of a file", () => {
  it("does not depend on where a batch ends", () => {
    const whole = digestOf([RECORDS]);
    const cuts = fc.array(fc.integer({ min: 0, max: RECORDS.length }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, (at) => {
        const ends = [0, ...at.toSorted((a, b) => a - b), RECORDS.length];
        const batches = ends.slice(1).map((end, n) => RECORDS.slice(ends[n], end));
        expect(digestOf(batches)).toBe(whole);
      }),
    );
  });

  it("tells apart records that differ in one letter, place, time or attachment", () => {
    const digests = [
      message(0, "abc", unknownTime(null), 0),
      message(0, "abd", unknownTime(null), 0),
      message(1, "abc", unknownTime(null), 0),
      message(0, "abc", unknownTime("abc"), 0),
      message(0, "abc", unknownTime(null), 1),
    ].map((record) => digestOf([[record]]));
    expect(new Set(digests).size).toBe(digests.length);
  });
});

function column(row: readonly Bound[] | undefined, name: (typeof MESSAGE_COLUMNS)[number]): Bound {
  return row?.[MESSAGE_COLUMNS.indexOf(name)] ?? null;
}

describe("a flattened message", () => {
  it("has the bounds of its own time, whatever the row before had", () => {
    const { messages } = flattener().batch(RECORDS);
    const rows = unpack(messages, MESSAGE_TEXTS);
    for (const [at, row] of rows.entries()) {
      const alone = timeFlattener()(TIMES[at % TIMES.length] ?? unknownTime(null));
      expect(column(row, "instant")).toBe(alone.instant);
      expect(column(row, "earliest")).toBe(alone.earliest);
      expect(column(row, "latest")).toBe(alone.latest);
      expect(column(row, "time_more")).toBe(alone.more);
    }
    expect(column(rows[1], "instant")).toBe(Date.parse("2019-01-03T06:12:00Z"));
    expect(column(rows[1], "time_more")).toBe('{"zone":"Europe/Paris","precision":"minute"}');
  });
});
