import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manualName, manualPage } from "../src/commands/frame/man.ts";
import {
  commandPage,
  exitCodePage,
  fileOf,
  formatPage,
  overviewPage,
} from "../src/commands/frame/markdown.ts";
import { loadTable } from "../src/commands/frame/table.ts";
import { COMMANDS } from "../src/commands/index.ts";
import { FORMATS } from "../src/formats/index.ts";

/** Every generated page by its path below docs/, drawn from the table of commands and of exits. */
export async function generatedPages(): Promise<ReadonlyMap<string, string>> {
  const table = await loadTable(COMMANDS);
  const version = /"version": "([^"]+)"/.exec(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
  const pages = new Map([
    ["exit-codes.md", exitCodePage()],
    ["cli/README.md", overviewPage(table)],
    ["formats/README.md", formatPage(await Promise.all(FORMATS.map((one) => one.load())))],
  ]);
  for (const entry of table) {
    pages.set(`cli/${fileOf(entry.listed.name)}`, commandPage(entry));
    pages.set(`man/${manualName(entry.listed.name)}.1`, manualPage(entry, version?.[1] ?? ""));
  }
  return pages;
}

if (import.meta.main) {
  mkdirSync(join(import.meta.dirname, "formats"), { recursive: true });
  for (const folder of ["cli", "man"]) {
    mkdirSync(join(import.meta.dirname, folder), { recursive: true });
    for (const name of readdirSync(join(import.meta.dirname, folder))) {
      rmSync(join(import.meta.dirname, folder, name));
    }
  }
  for (const [path, text] of await generatedPages()) {
    writeFileSync(join(import.meta.dirname, path), text);
  }
}
