import { describe, expect, it } from "vitest";
import { jsonl } from "../../src/formats/jsonl.ts";
import type { FormatRecord } from "../../src/model/record.ts";

const MAPPING = {
  schema: 1,
  format: "jsonl",
  service: "example",
  conversation: { constant: "The room" },
  account: { id: "/from" },
  text: "/text",
  time: { column: "/at", pattern: "epoch-ms" },
  attachments: { column: "/files", each: "/name", separator: ";" },
};

function read(text: string | Uint8Array, mapping: unknown = MAPPING): readonly FormatRecord[] {
  const bytes = Buffer.from(text);
  const input = { name: "lines", size: bytes.length, chunks: [bytes], siblings: [] };
  return [...jsonl.parse(input, { zone: null, dateOrder: null, owner: null, mapping })].flat();
}

function filesOf(line: string): unknown {
  const message = read(line).find((record) => record.type === "message");
  return message?.attachments.map(({ name, state }) => [name, state]);
}

describe("JSON lines under a mapping", () => {
  it("number their rows as an editor does, blank lines included", () => {
    const records = read('\n{"text":"a"}\n\n{"text":"b"}\n');
    const rows = records.filter((record) => record.type === "message");
    expect(rows.map(({ span }) => span)).toStrictEqual([
      { offset: 1, length: 13, row: 2 },
      { offset: 15, length: 13, row: 4 },
    ]);
  });

  it("name attached files as one text, a list, or objects", () => {
    expect(filesOf('{"files":"a.png; b.png"}')).toStrictEqual([
      ["a.png", "referenced"],
      ["b.png", "referenced"],
    ]);
    expect(filesOf('{"files":[{"name":"a.png"},{"size":1}]}')).toStrictEqual([
      ["a.png", "referenced"],
      [null, "referenced"],
    ]);
    expect(filesOf('{"text":"none","files":[]}')).toStrictEqual([]);
  });

  it("give a message of files alone its own kind", () => {
    const records = read('{"files":[{"name":"a.png"}]}');
    expect(records.find((record) => record.type === "message")?.kind).toBe("media");
  });

  it("count one bad line as one exception and read the next", () => {
    const bytes = Buffer.concat([
      Buffer.from('{"text":"'),
      Buffer.of(0xff),
      Buffer.from('"}\nnull\n{"text":"fine"}\n{"text":'),
    ]);
    const records = read(bytes);
    const codes = records.flatMap((record) => (record.type === "exception" ? record.code : []));
    expect(codes).toStrictEqual(["bad-utf8", "bad-row", "truncated"]);
    expect(records.at(-1)).toStrictEqual({ type: "end", units: 4 });
  });
});
