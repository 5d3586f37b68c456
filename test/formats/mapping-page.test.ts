import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { csv } from "../../src/formats/csv.ts";
import { readMapping } from "../../src/formats/mapping.ts";

const PAGE = readFileSync(
  join(import.meta.dirname, "..", "..", "docs", "formats", "mapping.md"),
  "utf8",
);

/** The fenced blocks of one language. */
function blocks(language: string): readonly string[] {
  return PAGE.split("```")
    .filter((block) => block.startsWith(`${language}\n`))
    .map((block) => block.slice(language.length + 1));
}

describe("docs/formats/mapping.md", () => {
  it("shows mappings that are accepted", () => {
    expect(blocks("json").map((block) => readMapping(JSON.parse(block)).format)).toStrictEqual([
      "csv",
      "jsonl",
    ]);
  });

  it("shows a table that its mapping reads as it says: two messages and an event", () => {
    const bytes = Buffer.from(blocks("csv")[0] ?? "");
    const input = { name: "export.csv", size: bytes.length, chunks: [bytes], siblings: [] };
    const mapping: unknown = JSON.parse(blocks("json")[0] ?? "");
    const options = { zone: "Europe/Paris", dateOrder: null, owner: null, mapping };
    const rows = [...csv.parse(input, options)].flat().filter((record) => "span" in record);
    expect(rows).toMatchObject([
      {
        type: "message",
        text: "Bonsoir,\non se retrouve où ?",
        time: { instant: "2026-06-13T19:25:00Z" },
      },
      { type: "message", attachments: [{ name: "plan.png" }, { name: "horaires.pdf" }] },
      { type: "event", kind: "system", extra: { Type: "SYS", Source: "serveur" } },
    ]);
  });
});
