import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type JsonPlan, parseSlice, scanJson } from "../../src/decode/json/index.ts";

const SUITE = new URL(
  "../../../shared/samples/hostile/JSONTestSuite/test_parsing/",
  import.meta.url,
);
const present = existsSync(SUITE);
const files = present ? readdirSync(SUITE).filter((name) => name.endsWith(".json")) : [];

const WHOLE: JsonPlan = { elements: [], values: [""] };
const WALKED: JsonPlan = { elements: ["", "/*"], enter: ["", "/*"] };

/** Read on purpose, though RFC 8259 refuses them: `\x` is what Telegram writes, bad UTF-8 is flagged. */
const READ_ANYWAY = /^n_string_escape_x|utf8|utf-8/;

/** The root value where the file is one JSON text; undefined where anything was reported. */
function read(bytes: Buffer): { value: unknown; flagged: boolean } | undefined {
  let found: { value: unknown; flagged: boolean } | undefined;
  for (const event of scanJson([bytes], WHOLE)) {
    if (event.type === "fault") return undefined;
    if (event.type !== "value") continue;
    const parsed = parseSlice(event);
    if (parsed === null) return undefined;
    const flagged = parsed.badUtf8 || parsed.controls > 0 || parsed.loneSurrogates > 0;
    found = { value: parsed.value, flagged };
  }
  return found;
}

describe.skipIf(!present)("JSONTestSuite (skipped where ../shared/samples is absent)", () => {
  it("is there", () => {
    expect(files.length).toBeGreaterThan(300);
  });

  it.each(files.filter((name) => name.startsWith("y_")))("reads %s as JSON.parse does", (name) => {
    const bytes = readFileSync(new URL(encodeURIComponent(name), SUITE));
    expect(read(bytes)?.value).toEqual(JSON.parse(bytes.toString("utf8")));
  });

  it.each(files.filter((name) => name.startsWith("n_")))("reports %s", (name) => {
    const found = read(readFileSync(new URL(encodeURIComponent(name), SUITE)));
    expect(found === undefined || (READ_ANYWAY.test(name) && found.flagged)).toBe(true);
  });

  it("walks every file to its end, byte by byte or whole, with the same events", () => {
    for (const name of files) {
      const bytes = readFileSync(new URL(encodeURIComponent(name), SUITE));
      const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
      const whole = Array.from(scanJson([bytes], WALKED), (event) => ({ ...event, bytes: null }));
      const apart = Array.from(scanJson(single, WALKED), (event) => ({ ...event, bytes: null }));
      expect(apart).toEqual(whole);
    }
  });
});
