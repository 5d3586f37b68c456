import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ParsedSlice, parseSlice, scanJson } from "../../src/decode/json/index.ts";

function parse(text: string | Buffer): ParsedSlice | null {
  const events = scanJson([Buffer.from(text)], { elements: [], values: [""] });
  for (const event of events) if (event.type === "value") return parseSlice(event);
  return null;
}

describe("parseSlice", () => {
  it("reads a slice of plain JSON with nothing to report", () => {
    expect(parse('{"a":["\\u00e9\\ud83d\\ude00",1.5,true]}')).toEqual({
      value: { a: ["é😀", 1.5, true] },
      controls: 0,
      loneSurrogates: 0,
      badUtf8: false,
    });
  });

  it("gives null for what is not JSON", () => {
    for (const text of ["{'a':1}", "tru", '"\\q"', '"\\xZZ"', '"a\nb"', "[1,]"]) {
      expect(parse(text)).toBeNull();
    }
  });

  it("repairs \\xNN behind an odd run of backslashes only", () => {
    expect(parse('"\\x08"')).toMatchObject({ value: "\b", controls: 1 });
    expect(parse('"\\\\x08"')).toMatchObject({ value: "\\x08", controls: 0 });
    expect(parse('"\\\\\\x1F\\x00"')).toMatchObject({ value: "\\\u001F\0", controls: 2 });
    expect(parse('["\\x1b[0m", "\\\\x1b"]')).toMatchObject({
      value: ["\u001B[0m", "\\x1b"],
      controls: 1,
    });
  });

  it("does not repair outside strings", () => {
    expect(parse("[\\x31]")).toBeNull();
  });

  it("reads a lone surrogate as U+FFFD and counts it, in names as in values", () => {
    expect(parse('{"\\uD800":"\\udc00x\\ud83d\\ude00\\uD83D"}')).toEqual({
      value: { "\uFFFD": "\uFFFDx😀\uFFFD" },
      controls: 0,
      loneSurrogates: 3,
      badUtf8: false,
    });
    expect(parse('"\\\\ud800"')).toMatchObject({ value: "\\ud800", loneSurrogates: 0 });
  });

  it("tells bytes that are not UTF-8 from a replacement character that was written", () => {
    expect(parse(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({
      value: "\uFFFD",
      badUtf8: true,
    });
    expect(parse('"\uFFFD"')).toMatchObject({ badUtf8: false });
  });

  it("keeps a number that a double would round as the text it was", () => {
    const kept: readonly (readonly [string, string | number])[] = [
      ["9007199254740993", "9007199254740993"],
      ["9007199254740992", 9007199254740992],
      ["-9223372036854775808", "-9223372036854775808"],
      ["1152921504606846976", "1152921504606846976"],
      ["12345678901234567890", "12345678901234567890"],
      ["1e400", "1e400"],
      ["-1E-400", "-1E-400"],
      ["1e3", 1000],
      ["0.1", 0.1],
      ["41.32810900000000001", "41.32810900000000001"],
      ["41.3281090000000000", 41.328109],
      ["0e999999999999", 0],
    ];
    for (const [token, value] of kept) {
      expect(parse(`{"id": ${token}, "s": "${token}"}`)?.value).toEqual({ id: value, s: token });
    }
  });

  it("never makes an infinity, and never changes a number that JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const back = parse(`[${JSON.stringify(value)}]`)?.value;
        expect(JSON.stringify(back)).toBe(JSON.stringify([value]));
      }),
    );
  });

  it("keeps __proto__ as a member and changes no prototype", () => {
    const value = parse('{"__proto__":{"x":1}}')?.value;
    expect(Object.keys(value ?? {})).toEqual(["__proto__"]);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });
});
