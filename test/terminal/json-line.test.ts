import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonLine } from "../../src/terminal/json-line.ts";

it("gives back what was written, and no sign that a terminal or a line reader obeys", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  fc.assert(
    fc.property(text, text, (name, value) => {
      const line = jsonLine([{ [name]: value }]);
      expect(JSON.parse(line)).toStrictEqual(JSON.parse(JSON.stringify([{ [name]: value }])));
      expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
    }),
  );
});

it("escapes C1, DEL, line separators, bidi controls and signs beyond the first plane", () => {
  expect(jsonLine({ a: "\u009B\u007F\u2028\u202E\u{E0041}é" })).toBe(
    String.raw`{"a":"\u009b\u007f\u2028\u202e\udb40\udc41é"}`,
  );
});
