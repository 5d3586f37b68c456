import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generatedPages } from "../../docs/generate.ts";
import { EVERYWHERE } from "../../src/commands/frame/common.ts";
import { flagOf } from "../../src/commands/frame/parameter.ts";
import { loadTable } from "../../src/commands/frame/table.ts";
import { COMMANDS, SECTIONS } from "../../src/commands/index.ts";
import { FORMATS } from "../../src/formats/index.ts";
import { EXIT_CODES } from "../../src/model/failure.ts";

const DOCS = join(import.meta.dirname, "..", "..", "docs");
const COMMAND_SOURCES = join(import.meta.dirname, "..", "..", "src", "commands");

const pages = await generatedPages();
const table = await loadTable(COMMANDS);

describe("the generated pages", () => {
  it.each([...pages.keys()])("%s is as the tables have it (npm run docs writes it)", (path) => {
    expect(read(path)).toBe(pages.get(path));
  });

  it("are all there is in their folders", () => {
    const written = ["cli", "man"].flatMap((folder) =>
      readdirSync(join(DOCS, folder)).map((name) => `${folder}/${name}`),
    );
    expect(written.filter((path) => !pages.has(path))).toStrictEqual([]);
  });
});

describe("the documentation", () => {
  it("has every exit code", () => {
    const page = read("exit-codes.md");
    for (const { exit, meaning } of EXIT_CODES) expect(page).toContain(`| ${exit} | ${meaning} |`);
  });

  it("has every format", () => {
    const page = read("formats/README.md");
    for (const { id, title } of FORMATS) expect(page).toContain(`| \`${id}\` | ${title} |`);
  });

  it("describes in json.md every type of document that a command writes", () => {
    const page = read("json.md");
    const missing = typesWritten().filter((type) => !page.includes(`\`${type}\``));
    expect(missing).toStrictEqual([]);
  });
});

describe("every command", () => {
  it.each(table.map((entry) => [entry.listed.name, entry] as const))(
    "%s keeps the manner",
    (_, entry) => {
      const { listed, command } = entry;
      const flags = Object.entries(command.parameters).filter(([, { place }]) => place === "flag");
      const labels = flags.map(([key]) => flagOf(key));
      const everywhere = Object.keys(EVERYWHERE).map(flagOf);
      expect(SECTIONS).toHaveProperty(listed.section);
      expect(listed.summary).toMatch(/^[a-z].*[^.]$/);
      expect(command.description.join("")).toMatch(/\.$/);
      expect(command.examples.length).toBeGreaterThan(0);
      expect(command.exits).toContain(0);
      expect(labels.filter((label) => everywhere.includes(label))).toStrictEqual([]);
      const rehearses = command.effect === "reads" || labels.includes("--dry-run");
      expect(rehearses, "--dry-run wherever something is written").toBe(true);
    },
  );

  it("has flags that say what they do, without a full stop", () => {
    for (const { command } of table) {
      for (const { description } of Object.values(command.parameters)) {
        expect(description).toMatch(/[^.]$/);
      }
    }
  });

  it("names only exits that there are", () => {
    const known = EXIT_CODES.map(({ exit }) => exit);
    for (const { command } of table)
      expect(known).toEqual(expect.arrayContaining([...command.exits]));
  });
});

function read(path: string): string {
  return readFileSync(join(DOCS, path), "utf8");
}

/** The `type` of every document a command writes, as its source spells it. */
function typesWritten(): readonly string[] {
  const names = readdirSync(COMMAND_SOURCES, { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => name.endsWith(".ts"));
  const found = sources.flatMap((name) => {
    const text = readFileSync(join(COMMAND_SOURCES, name), "utf8");
    return [...text.matchAll(/\btype: "([a-z-]+)"/g)].map(([, type = ""]) => type);
  });
  return [...new Set(found)];
}
