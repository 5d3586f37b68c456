import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { telegram } from "../../src/formats/telegram/index.ts";
import { canonical } from "../../src/hash/canonical.ts";
import type { ParseOptions } from "../../src/model/format.ts";
import type { Json } from "../../src/model/json.ts";
import type { EventRecord, FormatRecord, MessageRecord } from "../../src/model/record.ts";

const FIXTURES = new URL("../../fixtures/telegram/", import.meta.url);
const OPTIONS: ParseOptions = { zone: null, dateOrder: null, owner: null, mapping: null };

function parse(input: string | Buffer, options: Partial<ParseOptions> = {}): FormatRecord[] {
  const bytes = Buffer.from(input);
  const file = { name: "result.json", size: bytes.length, chunks: [bytes], siblings: [] };
  return Array.from(telegram.parse(file, { ...OPTIONS, ...options })).flat();
}

/** Rows of one chat that holds the given messages. */
function rows(...messages: readonly object[]): (MessageRecord | EventRecord)[] {
  return rowsOf(JSON.stringify({ messages }));
}

function rowsOf(
  input: string,
  options: Partial<ParseOptions> = {},
): (MessageRecord | EventRecord)[] {
  return parse(input, options).filter((r) => r.type === "message" || r.type === "event");
}

function message(fields: object): MessageRecord {
  const [row] = rows({ type: "message", date_unixtime: "1683043511", ...fields });
  if (row?.type !== "message") throw new Error("no message was read");
  return row;
}

function head(text: string): { name: string; head: Uint8Array; size: number; siblings: string[] } {
  const bytes = Buffer.from(text).subarray(0, 65_536);
  return { name: "x.json", head: bytes, size: text.length, siblings: [] };
}

describe.each(readdirSync(FIXTURES))("fixtures/telegram/%s", (scenario) => {
  const folder = new URL(`${scenario}/`, FIXTURES);
  const input = readFileSync(new URL("input.json", folder));
  const records = parse(input);

  it("reads as expected.jsonl says", () => {
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
    const expected = new URL("expected.jsonl", folder);
    if (process.env["UPDATE"] === "1") writeFileSync(expected, lines);
    expect(lines).toBe(readFileSync(expected, "utf8"));
  });

  it("is told from other formats", () => {
    const probe = { name: "1.bin", head: input.subarray(0, 65_536), size: input.length };
    expect(telegram.detect({ ...probe, siblings: [] }).score).toBeGreaterThanOrEqual(75);
  });

  it("declares every conversation and account before the first row that names it", () => {
    const keys = new Set<string | null>([null]);
    for (const record of records) {
      if (record.type === "conversation" || record.type === "account") keys.add(record.key);
      if (record.type !== "message" && record.type !== "event") continue;
      expect(keys).toContain(record.conversation);
      expect(keys).toContain(record.account);
    }
  });

  it("gives values that RFC 8785 can write", () => {
    const values = JSON.parse(JSON.stringify(records)) as Json;
    expect(() => canonical(values)).not.toThrow();
    expect(JSON.stringify(records).isWellFormed()).toBe(true);
  });
});

describe("text", () => {
  it("joins strings and pieces with nothing between", () => {
    const joined = ["plain", [{ type: "bold", text: "Link:" }, "\n", "x"], null].map(
      (text) => message({ text }).text,
    );
    expect(joined).toEqual(["plain", "Link:\nx", ""]);
  });

  it("keeps styles by their place, and a link's hidden target with a flag", () => {
    const row = message({
      text_entities: [
        { type: "plain", text: "é😀 " },
        { type: "text_link", text: "ici", href: "https://x.example/" },
      ],
    });
    expect(row.extra).toEqual({
      entities: [{ type: "text_link", start: 4, length: 3, href: "https://x.example/" }],
      links: [{ text: "ici", href: "https://x.example/" }],
    });
    expect(row.flags).toEqual(["hidden-link"]);
  });

  it("does not flag a link that shows its target", () => {
    const href = "https://x.example/";
    expect(message({ text: [{ type: "text_link", text: href, href }] }).flags).toEqual([]);
  });

  it("keeps the raw field where a piece has no readable text", () => {
    const row = message({ text: ["a", { type: "odd" }, 7] });
    expect(row).toMatchObject({ text: "a", extra: { text: ["a", { type: "odd" }, 7] } });
  });
});

describe("time", () => {
  it("places by the epoch, and tells the offset of the export's machine", () => {
    const row = message({ date: "2023-05-02T18:05:11", date_unixtime: "1683043511" });
    expect(row.time).toMatchObject({
      raw: "2023-05-02T18:05:11",
      instant: "2023-05-02T16:05:11Z",
      basis: "utc",
      zone: "+02:00",
    });
    expect(row.flags).toEqual([]);
  });

  it("leaves a wall clock local, unless an analyst declares its zone", () => {
    const text = JSON.stringify({ messages: [{ type: "message", date: "2019-10-27T02:30:00" }] });
    expect(rowsOf(text)[0]?.time).toMatchObject({ instant: null, basis: "unknown" });
    const [placed] = rowsOf(text, { zone: "Europe/Paris" });
    expect(placed?.time).toMatchObject({ basis: "declared", flags: ["ambiguous-fold"] });
  });

  it("takes an edit before 1990 for none, and keeps what was written", () => {
    const never = message({ edited: "1970-01-01T05:00:00" });
    expect(never).toMatchObject({ edited: null, extra: { edited: "1970-01-01T05:00:00" } });
    expect(message({ edited: "x", edited_unixtime: "0" }).edited).toBeNull();
    const edit = message({ edited: "2023-05-02T18:06:00", edited_unixtime: "1683043560" });
    expect(edit.edited?.instant).toBe("2023-05-02T16:06:00Z");
    expect(edit.extra).toEqual({});
  });

  it("tells where the wall clock and the epoch cannot both be true", () => {
    const dates = ["2023-05-02T18:05:12", "2023-05-04T16:05:11", "2023-05-02T21:50:11"];
    const flags = dates.map((date) => message({ date, date_unixtime: "1683043511" }).flags);
    expect(flags).toEqual([["date-disagrees"], ["date-disagrees"], []]);
  });

  it("survives times of any shape", () => {
    for (const odd of ["", "9".repeat(40), "99999999999", -1, 1e308, {}, [], null, true, "1e9"]) {
      const row = message({ date: odd, date_unixtime: odd, edited: odd, edited_unixtime: odd });
      expect(row.time.instant === null || row.time.instant.length === 20).toBe(true);
    }
  });
});

describe("accounts", () => {
  it("knows one account by every way of writing its id", () => {
    const ids = ["user123456789", 123_456_789, 4_418_424_085, "channel1234", "chat99"];
    const records = parse(
      JSON.stringify({ messages: ids.map((from_id) => ({ type: "message", from: "A", from_id })) }),
    );
    const keys = records.map((record) => (record.type === "message" ? record.account : null));
    expect(keys.filter((key) => key !== null)).toEqual([
      "user123456789",
      "user123456789",
      "user123456789",
      "channel1234",
      "chat99",
    ]);
    expect(records.filter((record) => record.type === "account")).toHaveLength(3);
    expect(
      records.find((r) => r.type === "message" && r.extra["from_id"] === 4_418_424_085),
    ).toBeDefined();
  });

  it("does not shift an id written as text: users have passed 2^32 since", () => {
    expect(message({ from: null, from_id: "user5555555555" })).toMatchObject({
      account: "user5555555555",
      name: null,
    });
  });

  it("goes by the name where there is no id, and by nobody where there is neither", () => {
    expect(message({ from: "Author 1" }).account).toBe("name:Author 1");
    expect(message({}).account).toBeNull();
  });
});

describe("kinds", () => {
  it("names a message by what it carries", () => {
    const kinds: readonly (readonly [object, string])[] = [
      [{ text: "a" }, "text"],
      [{ photo: "photos/1.jpg" }, "media"],
      [{ media_type: "sticker" }, "media"],
      [{ poll: { question: "?" } }, "poll"],
      [{ location_information: null }, "location"],
      [{ contact_information: {}, contact_vcard: "contacts/1.vcard" }, "contact"],
      [{ invoice_information: {} }, "unknown"],
      [{ type: "unsupported" }, "unknown"],
    ];
    for (const [fields, kind] of kinds) expect(message(fields).kind).toBe(kind);
  });

  it("counts calls as messages and other service rows as events, whatever their action", () => {
    const actions = ["phone_call", "group_call", "pin_message", "not_yet_invented"];
    const found = rows(...actions.map((action) => ({ type: "service", action, n: 1 })));
    expect(found.map((row) => [row.type, row.kind, row.extra["action"], row.extra["n"]])).toEqual([
      ["message", "call", "phone_call", 1],
      ["message", "call", "group_call", 1],
      ["event", "system", "pin_message", 1],
      ["event", "system", "not_yet_invented", 1],
    ]);
  });

  it("takes the three sentences in place of a path for absent files, and nothing else", () => {
    const literals = [
      "(File not included. Change data exporting settings to download.)",
      "(File exceeds maximum size. Change data exporting settings to download.)",
      "(File unavailable, please try again later)",
    ];
    for (const file of literals) {
      const [attachment] = message({ file, media_type: "animation" }).attachments;
      expect(attachment).toMatchObject({ name: null, state: "absent", literal: file });
    }
    const [kept] = message({ file: "files/(File).pdf", mime_type: "application/pdf" }).attachments;
    expect(kept).toMatchObject({ name: "files/(File).pdf", state: "referenced", media: "file" });
  });

  it("does not point a reply at a message of this chat where it answers another chat", () => {
    expect(message({ reply_to_message_id: 5 }).replyTo).toBe("5");
    const other = message({ reply_to_message_id: 5, reply_to_peer_id: "channel1" });
    expect(other).toMatchObject({ replyTo: null, extra: { reply_to_message_id: 5 } });
  });

  it("keeps every field it does not know, and every known one of an unexpected type", () => {
    const odd = { id: [1], from: 5, photo: {}, mime_type: "a/b", zzz: { y: [null] } };
    expect(message(odd).extra).toEqual(odd);
  });
});

describe("files that are not whole exports", () => {
  it("answers JSON without messages with one exception over the file", () => {
    for (const text of ["{}", "[]", '{"chats":{"about":""}}', "3"]) {
      const records = parse(text).filter((record) => record.type !== "finding");
      expect(records).toMatchObject([
        { type: "exception", code: "no-messages", span: { offset: 0, length: text.length } },
        { type: "end", units: 1 },
      ]);
    }
  });

  it("answers messages that are no array with an exception", () => {
    for (const messages of [null, {}, "x"]) {
      const codes = parse(JSON.stringify({ messages })).map(
        (r) => r.type === "exception" && r.code,
      );
      expect(codes.filter(Boolean)).toEqual(["bad-json"]);
    }
  });

  it("tells that a chat of a list has no messages array, and declares the chat", () => {
    const records = parse('{"chats":{"list":[{"name":"A","id":1},{"id":2,"messages":[]}]}}');
    expect(records.map((record) => record.type)).toEqual([
      "conversation",
      "conversation",
      "finding",
      "end",
    ]);
  });
});

describe("detect", () => {
  it("knows an account export whose chats lie beyond the head", () => {
    const list = Array.from({ length: 3000 }, (_, n) => ({ user_id: n, first_name: "Enora" }));
    const text = JSON.stringify({ about: "", personal_information: {}, contacts: { list } });
    expect(telegram.detect(head(text)).score).toBe(75);
  });

  it("knows a chat by its type where the first message is longer than the head", () => {
    const messages = [{ id: 1, type: "message", text: "x".repeat(70_000) }];
    const text = JSON.stringify({ name: "A", type: "personal_chat", id: 1, messages });
    expect(telegram.detect(head(text)).score).toBe(90);
  });

  it("leaves the JSON of other services, and what is no JSON, to others", () => {
    const others = [
      '{"participants":[],"messages":[{"sender_name":"A","timestamp_ms":1,"type":"Generic"}]}',
      '{"guild":{},"channel":{"type":"GuildTextChat"},"messages":[{"id":"1","type":"Default"}]}',
      '[{"type":"message","user":"U1","text":"a","ts":"1"}]',
      '{"userId":"x","conversations":[{"id":"1","MessageList":[]}]}',
      '{"messages":[]}',
      "{}",
      "",
      "30/03/2024, 10:00 - Ewan: {}",
    ];
    for (const other of others) expect(telegram.detect(head(other)).score).toBe(0);
  });
});

const SAMPLES = new URL("../../../shared/samples/consumer/telegram/", import.meta.url);

describe.skipIf(!existsSync(SAMPLES))("samples (skipped where ../shared/samples is absent)", () => {
  // Rows, then messages and events; calls count as messages.
  it.each([
    ["chm-rust/telegram_2020-01/result.json", 50, 44, 6],
    ["chm-rust/telegram_2021-05/result.json", 3, 1, 2],
    ["chm-rust/telegram_2021-06_supergroup/result.json", 4, 3, 1],
    ["chm-rust/telegram_2023-01/result.json", 6, 1, 5],
    ["chm-rust/telegram_2023-10_audio-video/result.json", 4, 4, 0],
    ["chm-rust/telegram_2024-01_inline-bot-buttons/result.json", 5, 5, 0],
    ["chatminer__test_batch_export.json", 2, 2, 0],
    ["chatminer__test_single_export.json", 2, 2, 0],
  ])("%s holds %i rows", (path, units, messages, events) => {
    const input = readFileSync(new URL(path, SAMPLES));
    const records = parse(input);
    const count = (type: string): number => records.filter((r) => r.type === type).length;
    expect([count("message"), count("event"), count("exception")]).toEqual([messages, events, 0]);
    expect(records.at(-1)).toEqual({ type: "end", units });
    const probe = { name: path, head: input.subarray(0, 65_536), size: input.length, siblings: [] };
    expect(telegram.detect(probe).score).toBe(95);
  });

  it("leaves a plain list of messages to others", () => {
    const text = readFileSync(new URL("chatminer__target.json", SAMPLES), "utf8");
    expect(telegram.detect(head(text)).score).toBe(0);
  });

  it("reads the four chats of the account of 2020-01 apart, calls and all", () => {
    const records = parse(readFileSync(new URL("chm-rust/telegram_2020-01/result.json", SAMPLES)));
    const rowsIn = (key: string): number =>
      records.filter((r) => (r.type === "message" || r.type === "event") && r.conversation === key)
        .length;
    expect([0, 1, 2, 3].map((n) => rowsIn(`chat:/chats/list/${n}`))).toEqual([31, 12, 5, 2]);
    const calls = records.filter((r) => r.type === "message" && r.kind === "call");
    expect(calls).toHaveLength(2);
    const kinds = new Set(records.map((r) => (r.type === "message" ? r.kind : "")));
    for (const kind of ["poll", "location", "contact", "media", "text"])
      expect(kinds).toContain(kind);
  });
});
