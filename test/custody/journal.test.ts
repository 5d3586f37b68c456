import { appendFileSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkChain, extract, headOf, lineDigest, publicEntry } from "../../src/custody/chain.ts";
import { openJournal } from "../../src/custody/journal.ts";
import { readJournal } from "../../src/custody/read.ts";
import { provesInclusion } from "../../src/hash/merkle.ts";
import type { CustodyAct } from "../../src/model/custody.ts";
import { fixedEnvironment, TOOL } from "../environment.ts";

const act = (note: string): CustodyAct => ({
  action: "received",
  actor: "a.martin",
  artifacts: [],
  options: { n: note.length },
  note,
  paths: ["/media/usb/export.zip"],
});

function written(notes: readonly string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), "exhibita-")), "custody.jsonl");
  const journal = openJournal(path, fixedEnvironment(), TOOL, "a.martin");
  for (const note of notes) journal.append(act(note));
  journal.close();
  return path;
}

describe("the journal", () => {
  it("links each line to the one before and reads back whole", () => {
    const reading = readJournal(written(["one", "two", "three"]));
    expect(reading.faults).toEqual([]);
    expect(reading.torn).toBe(0);
    expect(reading.entries.map((entry) => entry.note)).toEqual(["one", "two", "three"]);
    expect(reading.head).toEqual(headOf(reading.digests));
  });

  it("proves any line without its private part against the head", () => {
    const { entries, digests, head } = readJournal(
      written(["one", "two", "three", "four", "five"]),
    );
    for (const { entry, proof } of extract(entries, digests, [0, 2, 4], head.size)) {
      const shown = publicEntry(entry);
      expect(JSON.stringify(shown)).not.toContain("usb");
      expect(provesInclusion(lineDigest(shown), proof, head.size, head.root)).toBe(true);
    }
  });

  it("notices a changed, removed, swapped or invented line, and a changed private part", () => {
    const path = written(["one", "two", "three"]);
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const faultsOf = (changed: readonly (string | undefined)[]): number => {
      writeFileSync(path, changed.map((line) => `${line}\n`).join(""));
      return readJournal(path).faults.length;
    };
    expect(faultsOf([lines[0], lines[1]?.replace('"two"', '"too"'), lines[2]])).toBeGreaterThan(0);
    expect(faultsOf([lines[0], lines[2]])).toBeGreaterThan(0);
    expect(faultsOf([lines[1], lines[0], lines[2]])).toBeGreaterThan(0);
    expect(faultsOf([lines[0]?.replace("usb", "hdd"), lines[1], lines[2]])).toBeGreaterThan(0);
    expect(faultsOf([...lines, "{}"])).toBeGreaterThan(0);
    expect(faultsOf(lines)).toBe(0);
  });

  it("sets a line that a kill cut off aside and goes on", () => {
    const path = written(["one", "two"]);
    appendFileSync(path, '{"seq":3,"at":');
    expect(readJournal(path).torn).toBe(14);
    openJournal(path, fixedEnvironment(), TOOL, "a.martin").close();
    const reading = readJournal(path);
    expect(reading.torn).toBe(0);
    expect(reading.entries.at(-1)?.action).toBe("interrupted");
    expect(checkChain(reading.entries, reading.digests)).toEqual([]);
    const aside = readdirSync(join(path, "..")).filter((name) => name.includes(".torn-"));
    expect(aside).toHaveLength(1);
  });

  it("refuses to write to a broken chain", () => {
    const path = written(["one", "two"]);
    writeFileSync(path, readFileSync(path, "utf8").replace('"one"', '"eno"'));
    expect(() => openJournal(path, fixedEnvironment(), TOOL, "a.martin")).toThrow(/line 2/);
  });

  it("records a clock that runs backwards", () => {
    const path = written(["one"]);
    const journal = openJournal(path, fixedEnvironment("2020-01-01T00:00:00Z"), TOOL, "a.martin");
    expect(journal.append(act("two")).clockBackwards).toBe(true);
    journal.close();
    expect(readJournal(path).faults).toEqual([]);
  });
});
