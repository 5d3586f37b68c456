import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { arrayAt, isObject, objectAt, stringAt } from "../../src/model/json.ts";
import { whatsapp } from "../../src/formats/whatsapp/index.ts";
import { isRow, isUnit, messagesOf, read, rowsOf, unitsOf } from "./whatsapp-read.ts";

const SAMPLES = join(import.meta.dirname, "../../../shared/samples/consumer");
const absent = !existsSync(SAMPLES);

const COUNTS: readonly (readonly [file: string, rows: number, events: number])[] = [
  ["chatminer__test_[mmddyy]_24hrs.txt", 9, 2],
  ["chatminer__test_ddmmyy_24hrs.txt", 9, 2],
  ["chatminer__test_mmddyy_24hrs.txt", 9, 2],
  ["chatminer__test_mmddyyyy_12hrs.txt", 9, 2],
  ["chatminer__test_yyyymmdd_24hrs.txt", 9, 2],
  ["chatminer_old__test_dateformat1.txt", 10, 3],
  ["chatminer_old__test_dateformat2.txt", 4, 0],
  ["chatminer_old__test_dateformat3.txt", 4, 0],
  ["chatminer_old__test_dateformat4.txt", 4, 0],
  ["chatminer_old__test_dateformat5.txt", 4, 0],
  ["chatminer_old__test_dateformat6.txt", 4, 0],
  ["chatminer_old__test_unicode.txt", 3, 0],
  ["chatminer_old__testlog.txt", 23, 3],
  ["pustur_old__empty.txt", 0, 0],
  ["pustur_old__short-chat.txt", 5, 2],
  ["chm-rust/whatsapp-text_2023-10/WhatsApp Chat with +123 45 6789.txt", 13, 3],
];

describe.skipIf(absent)("sample files (skipped where ../shared/samples is absent)", () => {
  test.each(COUNTS)("%s has %i rows, %i of them notices", (file, rows, events) => {
    const records = read(readFileSync(join(SAMPLES, "whatsapp", file)), { name: file });
    expect(records.filter(isUnit)).toHaveLength(rows);
    expect(records.filter(isRow)).toHaveLength(rows);
    expect(records.filter((record) => record.type === "event")).toHaveLength(events);
    expect(unitsOf(records)).toBe(rows);
  });

  test.each(COUNTS.filter(([, rows]) => rows > 0))("%s is recognised", (file) => {
    const head = readFileSync(join(SAMPLES, "whatsapp", file));
    const { score } = whatsapp.detect({ name: file, head, size: head.length, siblings: [] });
    expect(score).toBeGreaterThanOrEqual(80);
  });

  test("the dates agree with the target of one chat in five layouts", () => {
    const target: unknown = JSON.parse(
      readFileSync(join(SAMPLES, "whatsapp/chatminer__target.json"), "utf8"),
    );
    const expected = Array.isArray(target) ? target.map((row) => stringAt(row, "timestamp")) : [];
    for (const [file] of COUNTS.slice(0, 5)) {
      const times = messagesOf(readFileSync(join(SAMPLES, "whatsapp", file)))
        .filter((message) => message.text !== ".")
        .map((message) => message.time.local);
      expect(times.toReversed()).toEqual(expected);
    }
  });

  test("the layout that changes in the middle is read with two orders", () => {
    const [file] = COUNTS.at(-1) ?? [""];
    const rows = rowsOf(readFileSync(join(SAMPLES, "whatsapp", file)));
    expect(new Set(rows.map((row) => row.time.local?.slice(0, 10)))).toEqual(
      new Set(["2023-06-30"]),
    );
  });
});

const vectors = absent
  ? []
  : arrayAt(JSON.parse(readFileSync(join(SAMPLES, "vectors.json"), "utf8")), "vectors").filter(
      (vector) => stringAt(vector, "format") === "whatsapp",
    );

/** What is asked: the tool's own answer where the vector gives one beside a peer's. */
function askedOf(vector: unknown): Record<string, unknown> {
  return { ...objectAt(vector, "expect"), ...objectAt(vector, "ours") };
}

function inputsOf(vector: unknown): readonly string[] {
  const one = stringAt(vector, "input");
  const lines = arrayAt(vector, "input").filter((line) => typeof line === "string");
  return one === undefined ? lines : [one];
}

describe.skipIf(absent)("vectors (skipped where ../shared/samples is absent)", () => {
  test.each(vectors.map((vector, index) => [index, stringAt(vector, "name"), vector] as const))(
    "%i %s",
    (_index, _name, vector) => {
      const inputs = inputsOf(vector);
      const asked = askedOf(vector);
      const whole = rowsOf(inputs.join("\n"));
      const each = inputs.flatMap((input) => rowsOf(input));
      const [row] = whole;
      let checks = 0;
      const check = (name: string, see: (value: unknown) => void): void => {
        if (!(name in asked)) return;
        see(asked[name]);
        checks++;
      };
      check("header", (value) => expect(each.length > 0).toBe(value));
      check("messages", (value) => expect(whole).toHaveLength(Number(value)));
      check("all_parse", () => expect(each).toHaveLength(inputs.length));
      check("local", (value) => {
        expect([row?.time.local, ...(row?.time.candidates ?? [])]).toContain(value);
      });
      check("author", (value) => expect(row?.name).toBe(value));
      check("text", (value) => expect(row?.text).toBe(value));
      check("date", (value) => expect(row?.time.raw).toContain(value));
      check("time", (value) => expect(row?.time.raw).toContain(value));
      check("warn", () => expect(row?.time.flags).toContain("clock-24h-with-meridiem"));
      check("system", (value) => {
        const types = whole.map((one) => one.type === "event");
        expect(types).toEqual(Array.isArray(value) ? value : [value]);
      });
      check("day_first", () => {
        expect(whole.every((one) => one.time.local?.startsWith("2024-08-14"))).toBe(true);
      });
      const files = each.flatMap((one) => (one.type === "message" ? one.attachments : []));
      check("attachment", (value) => {
        expect([files[0]?.name, files[0]?.state]).toContain(value);
      });
      check("attachments", (value) => expect(files.map((file) => file.name)).toEqual(value));
      check("name_hint", (value) => expect(files[0]?.name).toBe(value));
      check("caption_of_3", (value) => expect(each[2]?.extra).toMatchObject({ caption: value }));
      expect(checks).toBeGreaterThan(0);
      expect(isObject(vector)).toBe(true);
    },
  );
});
