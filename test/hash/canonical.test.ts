import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../../src/hash/canonical.ts";
import { Failure } from "../../src/model/failure.ts";

describe("canonical JSON", () => {
  it("sorts names by UTF-16 units and prints numbers as ECMAScript does (RFC 8785 section 3.2)", () => {
    const value = {
      "\u20ac": 1,
      "\r": 2,
      "\u{1f600}": 3,
      "\ufb33": 4,
      "1": 5,
      "": 6,
      é: 1e21,
      a: [1e-7, -0],
    };
    expect(canonical(value)).toBe(
      '{"":6,"\\r":2,"1":5,"a":[1e-7,0],"é":1e+21,"\u20ac":1,"\u{1f600}":3,"\ufb33":4}',
    );
  });

  it("says the same again of what it wrote", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value);
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it("refuses what would be written with loss", () => {
    for (const value of [Number.NaN, Infinity, "\ud800", undefined, { a: () => 1 }]) {
      expect(() => canonical(value)).toThrow(Failure);
    }
  });
});
