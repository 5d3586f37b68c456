import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type JsonEvent,
  type JsonLimits,
  type JsonPlan,
  parseSlice,
  scanJson,
} from "../../src/decode/json/index.ts";

const PLAN: JsonPlan = { elements: ["/messages"] };

/** Hands the text over in chunks of one length, all in the same memory, as a file reader does. */
function* chunksOf(bytes: Buffer, length: number): Generator<Uint8Array> {
  const memory = Buffer.alloc(length);
  for (let at = 0; at < bytes.length; at += length) {
    const copied = bytes.copy(memory, 0, at);
    yield memory.subarray(0, copied);
    memory.fill(0x22);
  }
}

/** Events with their bytes as text, since bytes live only until the next event. */
function scan(
  input: string | Buffer,
  plan: JsonPlan = PLAN,
  chunk = 1 << 20,
  limits?: JsonLimits,
): (JsonEvent & { text?: string })[] {
  const bytes = Buffer.from(input);
  return Array.from(scanJson(chunksOf(bytes, chunk), plan, limits), keepBytes);
}

function keepBytes(event: JsonEvent): JsonEvent & { text?: string } {
  if (event.type !== "element" && event.type !== "value") return event;
  return { ...event, bytes: Buffer.alloc(0), text: event.bytes.toString("utf8") };
}

function brief(events: readonly (JsonEvent & { text?: string })[]): string[] {
  return events.map((event) =>
    event.type === "fault"
      ? `${event.code} ${event.pointer} ${event.offset}+${event.length}`
      : `${event.type} ${event.pointer} ${event.text ?? ""}`.trimEnd(),
  );
}

describe("scanJson", () => {
  it("gives each element with its own bytes, place and pointer", () => {
    const input = '{ "messages" : [\n  {"a": 1},\t[2] , "x" ,null ] }';
    const elements = scan(input).filter((event) => event.type === "element");
    expect(elements.map((e) => [e.pointer, e.text, e.size])).toEqual([
      ["/messages/0", '{"a": 1}', 1],
      ["/messages/1", "[2]", 1],
      ["/messages/2", '"x"', 0],
      ["/messages/3", "null", 0],
    ]);
    for (const { offset, length, text } of elements) {
      expect(input.slice(offset, offset + length)).toBe(text);
    }
  });

  it("tells scalars before and behind the array, and what it skips, in the order of the file", () => {
    const input = '{"name":"A","list":[1,2,[3]],"messages":[{}],"none":{},"id":7}';
    expect(brief(scan(input))).toEqual([
      "enter",
      'value /name "A"',
      "skipped /list",
      "enter /messages",
      "element /messages/0 {}",
      "leave /messages",
      "skipped /none",
      "value /id 7",
      "leave",
    ]);
    const sizes = scan(input).map((event) => (event.type === "skipped" ? event.size : null));
    expect(sizes.filter((size) => size !== null)).toEqual([3, 0]);
  });

  it("follows stars through lists, gives small values whole, and enters what it is told to", () => {
    const plan: JsonPlan = {
      elements: ["/chats/list/*/messages"],
      values: ["/guild"],
      enter: ["/*"],
    };
    const input =
      '{"guild":{"id":{"n":1}},"other":{"a":1,"b":[1]},"chats":{"list":[{"id":1,"messages":[5]},8]}}';
    expect(brief(scan(input, plan))).toEqual([
      "enter",
      'value /guild {"id":{"n":1}}',
      "enter /other",
      "value /other/a 1",
      "skipped /other/b",
      "leave /other",
      "enter /chats",
      "enter /chats/list",
      "enter /chats/list/0",
      "value /chats/list/0/id 1",
      "enter /chats/list/0/messages",
      "element /chats/list/0/messages/0 5",
      "leave /chats/list/0/messages",
      "leave /chats/list/0",
      "value /chats/list/1 8",
      "leave /chats/list",
      "leave /chats",
      "leave",
    ]);
  });

  it("gives the elements of a root array, and a root value whole", () => {
    expect(brief(scan("[1,{}]", { elements: [""] }))).toEqual([
      "enter",
      "element /0 1",
      "element /1 {}",
      "leave",
    ]);
    expect(brief(scan(" 12", { elements: [], values: [""] }))).toEqual(["value  12"]);
  });

  it("escapes names in pointers, and knows a member by its name however it is escaped", () => {
    expect(brief(scan('{"a/b~":1,"mess\\u0061ges":[1]}'))).toEqual([
      "enter",
      "value /a~1b~0 1",
      "enter /messages",
      "element /messages/0 1",
      "leave /messages",
      "leave",
    ]);
  });

  it("counts the bytes of a byte order mark and of letters outside ASCII", () => {
    const input = '\uFEFF{"messages":["é",1]}';
    const [, , first, second] = scan(input, PLAN, 1);
    expect([first?.offset, first?.length, second?.offset]).toEqual([16, 4, 21]);
  });

  it("is not misled by brackets, quotes and backslashes inside strings", () => {
    const tricky = ['"}]"', '"\\""', '"\\\\"', '"\\\\\\"]"', `"${"\\\\".repeat(40)}\\"["`];
    const input = `{"messages":[${tricky.join(",")}]}`;
    for (const chunk of [1, 2, 3, 7, 1000]) {
      const texts = scan(input, PLAN, chunk).flatMap((event) => event.text ?? []);
      expect(texts).toEqual(tricky);
    }
  });

  it("passes an element over the limit, tells its span, and goes on behind it", () => {
    const input = `{"messages":[1,"${"x".repeat(100)}",2]}`;
    const limits = { bytes: 64, depth: 4 };
    for (const chunk of [1, 10, 1000]) {
      expect(brief(scan(input, PLAN, chunk, limits))).toEqual([
        "enter",
        "enter /messages",
        "element /messages/0 1",
        "too-long /messages/1 15+102",
        "element /messages/2 2",
        "leave /messages",
        "leave",
      ]);
    }
  });

  it("passes an element that is nested too deep, without recursion", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const input = `{"messages":[${"[".repeat(512)}${"]".repeat(512)},${deep},3]}`;
    const codes = scan(input).map((event) => (event.type === "fault" ? event.code : event.type));
    expect(codes.slice(2, 5)).toEqual(["element", "too-deep", "element"]);
  });

  it("reports the rest where the structure breaks", () => {
    const broken: readonly (readonly [string, string])[] = [
      ["", "truncated  0+0"],
      ["  ", "truncated  2+0"],
      [":", "bad-json  0+1"],
      ['{"messages":[1}]', "bad-json /messages 14+2"],
      ['{"messages":[1]]', "bad-json  15+1"],
      ["{messages:[1]}", "bad-json  1+13"],
      ['{"a" 1}', "bad-json  1+6"],
      ['{"a":}', "bad-json  1+5"],
      ['{"a":1} x', "trailing  8+1"],
      ['{"messages":[:1]}', "bad-json /messages/0 13+4"],
    ];
    for (const [input, fault] of broken) expect(brief(scan(input)).at(-1)).toBe(fault);
  });

  it("notes commas too many or too few, and loses no element for them", () => {
    const events = scan('{"messages":[,1 2,,3,],"id":1,}');
    expect(events.flatMap((event) => event.text ?? [])).toEqual(["1", "2", "3", "1"]);
    const faults = events.filter((event) => event.type === "fault");
    expect(faults.map((fault) => [fault.code, fault.offset])).toEqual([
      ["bad-separator", 13],
      ["bad-separator", 16],
      ["bad-separator", 18],
      ["bad-separator", 21],
      ["bad-separator", 30],
    ]);
  });

  it("takes linear time for a long string in small chunks", () => {
    const input = `{"messages":["${"ab\\\\".repeat(200_000)}"]}`;
    const events = scan(input, PLAN, 5);
    expect(events.find((event) => event.type === "element")?.length).toBe(800_002);
  }, 5000);

  it("lets go of the chunks where the caller stops early", () => {
    let closed = false;
    function* chunks(): Generator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('{"messages":[1,');
      } finally {
        closed = true;
      }
    }
    for (const event of scanJson(chunks(), PLAN)) if (event.type === "element") break;
    expect(closed).toBe(true);
  });
});

const documents = fc.record({
  name: fc.option(fc.string({ unit: "binary" })),
  messages: fc.array(fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }), { maxLength: 8 }),
  id: fc.maxSafeInteger(),
});

describe("scanJson, for any document", () => {
  it("gives the same events whatever the length of the chunks", () => {
    fc.assert(
      fc.property(documents, fc.nat(3), fc.integer({ min: 1, max: 40 }), (doc, indent, chunk) => {
        const text = JSON.stringify(doc, null, indent);
        expect(scan(text, PLAN, chunk)).toEqual(scan(text));
      }),
    );
  });

  it("gives slices that parse to the elements, pretty or minified", () => {
    fc.assert(
      fc.property(documents, fc.nat(3), (doc, indent) => {
        const bytes = Buffer.from(JSON.stringify(doc, null, indent));
        const found: unknown[] = [];
        for (const event of scanJson([bytes], PLAN)) {
          if (event.type !== "element") continue;
          expect(bytes.subarray(event.offset, event.offset + event.length)).toEqual(event.bytes);
          found.push(parseSlice(event)?.value);
        }
        expect(found).toEqual(JSON.parse(JSON.stringify(doc.messages)));
      }),
    );
  });

  it("accounts for a file cut at any byte: whole elements, then one span to its end", () => {
    fc.assert(
      fc.property(documents, fc.nat(), (doc, at) => {
        const whole = Buffer.from(JSON.stringify(doc, null, 1));
        const cut = whole.subarray(0, at % whole.length);
        const events = scan(cut, PLAN, 9);
        const last = events.at(-1);
        expect(last).toMatchObject({ type: "fault", code: "truncated" });
        expect((last?.offset ?? 0) + (last?.length ?? 0)).toBe(cut.length);
        const texts = events.flatMap((e) => (e.type === "element" ? [e.text] : []));
        const all = scan(whole).flatMap((e) => (e.type === "element" ? [e.text] : []));
        expect(texts).toEqual(all.slice(0, texts.length));
      }),
    );
  });
});
