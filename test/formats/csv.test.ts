import { describe, expect, it } from "vitest";
import { csv } from "../../src/formats/csv.ts";
import { jsonl } from "../../src/formats/jsonl.ts";
import type { Format } from "../../src/model/format.ts";
import type { FormatRecord, MessageRecord } from "../../src/model/record.ts";

const MAPPING = {
  schema: 1,
  format: "csv",
  service: "example",
  conversation: { column: "room" },
  account: { id: "who", name: "shown" },
  text: "body",
  time: null,
};

function read(text: string, mapping: unknown, format: Format = csv): readonly FormatRecord[] {
  const bytes = Buffer.from(text);
  const input = { name: "table", size: bytes.length, chunks: [bytes], siblings: [] };
  const options = { zone: null, dateOrder: null, owner: null, mapping };
  return [...format.parse(input, options)].flat();
}

function codes(records: readonly FormatRecord[]): readonly string[] {
  return records.flatMap((record) => (record.type === "exception" ? [record.code] : []));
}

function messages(records: readonly FormatRecord[]): readonly MessageRecord[] {
  return records.filter((record) => record.type === "message");
}

describe("a table under a mapping", () => {
  it("says for every row why a column was not found", () => {
    const records = read("room,who,body\nr,a,hi\nr,a,ho\n", MAPPING);
    expect(records.slice(0, 2)).toMatchObject([
      { code: "missing-column", detail: "the header has no column shown", span: { row: 1 } },
      { code: "missing-column", span: { row: 2 } },
    ]);
    expect(records.at(-1)).toStrictEqual({ type: "end", units: 2 });
  });

  it("does not choose between two columns of one name", () => {
    const records = read("room,who,shown,body,body\nr,a,A,1,2\n", MAPPING);
    expect(records[0]).toMatchObject({ detail: "the header has two columns body" });
  });

  it("does not invent a header from bytes that are none", () => {
    const records = read('"room,who\nr,a\n', MAPPING);
    expect(codes(records)).toStrictEqual(["bad-header"]);
  });

  it("tells unmapped columns of one name, or of none, apart", () => {
    const [message] = messages(read("room,who,shown,body,x,,x,\nr,a,A,hi,1,2,3,4\n", MAPPING));
    expect(message?.extra).toStrictEqual({ x: "1", "#6": "2", "x#7": "3", "#8": "4" });
  });

  it("keeps a column named __proto__ as data", () => {
    const [message] = messages(read("room,who,shown,body,__proto__\nr,a,A,hi,polluted\n", MAPPING));
    expect(JSON.stringify(message?.extra)).toBe('{"__proto__":"polluted"}');
  });

  it("declares one account for one id, and keeps the name that each row shows", () => {
    const records = read("room,who,shown,body\nr,a,Ann,1\nr,a,Anna,2\nr,,Ann,3\nr,,,4\n", MAPPING);
    const accounts = records.filter((record) => record.type === "account");
    expect(accounts.map(({ key, name }) => [key, name])).toStrictEqual([
      ["id:a", "Ann"],
      ["name:Ann", "Ann"],
    ]);
    expect(messages(records).map(({ account, name }) => [account, name])).toStrictEqual([
      ["id:a", "Ann"],
      ["id:a", "Anna"],
      ["name:Ann", "Ann"],
      [null, null],
    ]);
  });

  it("loses nothing of a row that becomes an event", () => {
    const mapping = {
      ...MAPPING,
      kind: { column: "type", values: { sys: "system" } },
      attachments: { column: "file" },
      replyTo: "re",
    };
    const records = read("room,who,shown,body,type,file,re\nr,a,A,left,sys,f.png,m1\n", mapping);
    expect(records.find((record) => record.type === "event")).toMatchObject({
      kind: "system",
      extra: { type: "sys", attachments: ["f.png"], replyTo: "m1" },
    });
  });

  it("accepts delimiters behind the last column, but no text", () => {
    const records = read("room,who,shown,body\nr,a,A,hi,,\nr,a,A,hi,,x\n", MAPPING);
    expect(messages(records)).toHaveLength(1);
    expect(codes(records)).toStrictEqual(["bad-row"]);
  });

  it("holds an empty file, and one with a header alone, to no rows", () => {
    expect(read("", MAPPING)).toStrictEqual([{ type: "end", units: 0 }]);
    expect(read("room,who,shown,body", MAPPING)).toStrictEqual([{ type: "end", units: 0 }]);
  });

  it("gives each row again from the bytes at its locator alone", () => {
    const header = "room,who,shown,body\n";
    const text = `${header}r,a,A,"two\r\nlines"\r\nr,b,B,"said ""no"""\nr,a,A,last`;
    for (const { span, text: body } of messages(read(text, MAPPING))) {
      const slice = Buffer.from(text).subarray(span.offset, span.offset + span.length);
      expect(messages(read(header + slice.toString(), MAPPING))[0]?.text).toBe(body);
    }
  });

  it("comes in batches of some hundred records", () => {
    const bytes = Buffer.from(`room,who,shown,body\n${"r,a,A,hi\n".repeat(2000)}`);
    const input = { name: "t", size: bytes.length, chunks: [bytes], siblings: [] };
    const options = { zone: null, dateOrder: null, owner: null, mapping: MAPPING };
    const sizes = [...csv.parse(input, options)].map((batch) => batch.length);
    expect(Math.max(...sizes)).toBeLessThan(600);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2003);
  });
});

describe("a table without a mapping", () => {
  it("is all exceptions, one for each row", () => {
    const records = read("from,to\na,b\nc,d\n", null);
    expect(codes(records)).toStrictEqual(["no-mapping", "no-mapping"]);
    expect(records.at(-1)).toStrictEqual({ type: "end", units: 2 });
  });

  it("is never read with the other format's mapping", () => {
    expect(() => read("a\n", { ...MAPPING, format: "jsonl" })).toThrow(
      "mapping: format: is not csv",
    );
    expect(() => read("{}\n", MAPPING, jsonl)).toThrow("mapping: format: is not jsonl");
  });
});
