import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { whatsapp } from "../../src/formats/whatsapp/index.ts";
import { isUnit, read, unitsOf } from "./whatsapp-read.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/whatsapp");
const scenarios = readdirSync(FIXTURES);

/** `UPDATE=1` writes the golden records anew; they are then read by eye before they are kept. */
const isUpdate = process.env["UPDATE"] === "1";

describe("fixtures", () => {
  test.each(scenarios)("%s gives its golden records", (scenario) => {
    const folder = join(FIXTURES, scenario);
    const input = readFileSync(join(folder, "input.txt"));
    const records = read(input, { name: "input.txt" });
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
    const golden = join(folder, "expected.jsonl");
    if (isUpdate) writeFileSync(golden, lines);
    expect(existsSync(golden)).toBe(true);
    expect(lines).toBe(readFileSync(golden, "utf8"));
    expect(records.filter(isUnit)).toHaveLength(unitsOf(records));
  });

  test.each(scenarios)("%s is recognised by its first bytes", (scenario) => {
    const head = readFileSync(join(FIXTURES, scenario, "input.txt"));
    const probe = { name: "input.txt", head, size: head.length, siblings: [] };
    expect(whatsapp.detect(probe).score).toBeGreaterThanOrEqual(80);
  });
});
