import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectFormat } from "../../src/formats/detect.ts";
import { FORMATS } from "../../src/formats/index.ts";
import { canonical } from "../../src/hash/canonical.ts";
import type { FormatRecord } from "../../src/model/record.ts";
import { accountingFaults, declarationFaults } from "./rules.ts";
import { loadScenario, probeOf, recordLines, recordsOf, scenarioNames } from "./scenario.ts";

/** `UPDATE=1 npx vitest run test/formats-suite` writes the golden records anew; read the difference. */
const UPDATE = process.env["UPDATE"] === "1";

describe.each(FORMATS)("format $id", ({ id, title, load }) => {
  const names = scenarioNames(id);

  it("has a scenario and keeps the id and title of the list", async () => {
    expect(names.length).toBeGreaterThan(0);
    const format = await load();
    expect([format.id, format.title]).toStrictEqual([id, title]);
    expect(format.version).toBeGreaterThan(0);
    expect(format.lacks.length).toBeGreaterThan(0);
  });

  describe.each(names)("scenario %s", (name) => {
    const scenario = loadScenario(id, name);
    const { bytes } = scenario;

    it("says where it comes from", () => {
      expect(readFileSync(join(scenario.folder, "about.md"), "utf8").length).toBeGreaterThan(40);
    });

    it("gives the golden records", async () => {
      const golden = join(scenario.folder, "expected.jsonl");
      const records = recordsOf(await load(), scenario);
      if (UPDATE) writeFileSync(golden, recordLines(records));
      expect(existsSync(golden), "expected.jsonl").toBe(true);
      expect(parsed(recordLines(records))).toStrictEqual(parsed(readFileSync(golden, "utf8")));
    });

    it("gives the same records byte by byte and in any chunks", async () => {
      const format = await load();
      const whole = recordsOf(format, scenario);
      expect(recordsOf(format, scenario, bytes, () => 1)).toStrictEqual(whole);
      const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 });
      fc.assert(
        fc.property(sizes, (list) => {
          expect(recordsOf(format, scenario, bytes, cycle(list))).toStrictEqual(whole);
        }),
        { numRuns: 20 },
      );
    });

    it("accounts for every unit with one row inside the file, in source order", async () => {
      const records = recordsOf(await load(), scenario);
      expect(accountingFaults(records, bytes.length)).toStrictEqual([]);
    });

    it("accounts for every unit wherever the file is cut off", async () => {
      const format = await load();
      const faults = cuts(bytes.length).flatMap((length) => {
        const records = recordsOf(format, scenario, bytes.subarray(0, length));
        return [...accountingFaults(records, length), ...declarationFaults(records)];
      });
      expect(faults).toStrictEqual([]);
    });

    it("declares conversations and accounts before the rows that name them", async () => {
      expect(declarationFaults(recordsOf(await load(), scenario))).toStrictEqual([]);
    });

    it("gives records that canonical JSON can carry", async () => {
      const records = parsed(recordLines(recordsOf(await load(), scenario)));
      expect(() => records.map(canonical)).not.toThrow();
    });

    it("is recognised, and claimed by no other format as surely", async () => {
      const found = await detectFormat(probeOf(scenario), FORMATS, null, scenario.options.mapping);
      expect(found).toStrictEqual({ outcome: "one", id });
    });

    it.skipIf(!isUtf8(bytes) || hasMark(bytes))(
      "gives the same rows after a byte order mark (UTF-8 inputs without one)",
      async () => {
        const format = await load();
        const marked = recordsOf(format, scenario, Buffer.concat([MARK, bytes]));
        expect(marked.map(unplaced)).toStrictEqual(recordsOf(format, scenario).map(unplaced));
      },
    );
  });
});

const MARK = Buffer.of(0xef, 0xbb, 0xbf);

function hasMark(bytes: Uint8Array): boolean {
  return MARK.equals(bytes.subarray(0, 3));
}

function parsed(lines: string): readonly FormatRecord[] {
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line): FormatRecord => JSON.parse(line));
}

function cycle(list: readonly number[]): () => number {
  let at = 0;
  return () => list[at++ % list.length] ?? 1;
}

/** Lengths to cut at: each of a small file, some hundred of a larger one. */
function cuts(size: number): readonly number[] {
  const step = Math.max(1, Math.floor(size / 400));
  return Array.from({ length: Math.ceil(size / step) }, (_, i) => i * step);
}

/** A record without its place in the file. */
function unplaced(record: FormatRecord): FormatRecord {
  return "span" in record ? { ...record, span: { offset: 0, length: 0 } } : record;
}
