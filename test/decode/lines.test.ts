import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJsonText } from "../../src/decode/json-text.ts";
import { splitLines } from "../../src/decode/lines.ts";

function linesOf(text: string | Uint8Array, limit?: number) {
  return [...splitLines([Buffer.from(text)], "utf-8", limit)];
}

describe("the lines of a text", () => {
  it("end with LF or CRLF, and with nothing else", () => {
    const lines = linesOf("a\r\nb\rc\u2028d\u0085e\n\nf");
    expect(lines.map((line) => line.text)).toStrictEqual(["a", "b\rc\u2028d\u0085e", "", "f"]);
    expect(lines.map((line) => line.ended)).toStrictEqual([true, true, true, false]);
  });

  it("take every byte into exactly one line, their ends included", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const bytes = noise.map((byte) => (byte < 40 ? 0x0a : byte));
        let at = 0;
        for (const line of linesOf(bytes)) {
          expect(line.offset).toBe(at);
          at += line.length;
        }
        expect(at).toBe(bytes.length);
      }),
    );
  });

  it("are numbered from 1, faulty ones included", () => {
    const bytes = Buffer.concat([
      Buffer.from("ok\n"),
      Buffer.of(0xc3, 0x28, 0x0a),
      Buffer.from("x".repeat(40)),
    ]);
    expect(linesOf(bytes, 20).map(({ number, fault }) => [number, fault])).toStrictEqual([
      [1, null],
      [2, "bad-encoding"],
      [3, "too-long"],
    ]);
  });
});

describe("a JSON text", () => {
  it("gives any value back", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const reading = readJsonText(JSON.stringify(value));
        expect(reading).toMatchObject({ value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it("keeps the digits of a number that a double would change", () => {
    const text = '{"id":12345678901234567890,"big":1e400,"price":1.50,"tenth":0.1,"e":1e3}';
    expect(readJsonText(text)).toStrictEqual({
      value: { id: "12345678901234567890", big: "1e400", price: 1.5, tenth: 0.1, e: 1000 },
      flags: ["exact-number"],
    });
  });

  it("is a fault where a member comes twice, at any depth", () => {
    expect(readJsonText('{"a":[{"b":1,"c":":{","b":2}]}')).toBe("duplicate-member");
    expect(readJsonText('{"a":{"b":1},"c":{"b":"\\":"}}')).toMatchObject({ flags: [] });
    expect(readJsonText('{"a":"\\\\","b":"\\\\\\":{","a":1}')).toBe("duplicate-member");
  });

  it("is a fault beyond 512 levels, before it reaches the parser", () => {
    expect(readJsonText("[".repeat(512) + "]".repeat(512))).toMatchObject({ flags: [] });
    expect(readJsonText("[".repeat(1_000_000))).toBe("too-deep");
  });

  it("shows half a surrogate pair as U+FFFD, in names too", () => {
    expect(readJsonText('{"\\ud800":["\\udc00"]}')).toStrictEqual({
      value: { "\uFFFD": ["\uFFFD"] },
      flags: ["lone-surrogate"],
    });
  });

  it("leaves __proto__ a member like any other", () => {
    const reading = readJsonText('{"__proto__":{"polluted":"\\ud800"}}');
    expect(JSON.stringify(reading)).toContain('"__proto__":{"polluted":"\uFFFD"}');
    expect(Object.hasOwn({}, "polluted") || "polluted" in {}).toBe(false);
  });

  it.each(["", "{", "{'a':1}", "NaN", "[1,]", '{"a":1}x', '"a\u0000"'])(
    "is refused where it is none: %j",
    (text) => {
      expect(readJsonText(text)).toBe("syntax");
    },
  );
});
