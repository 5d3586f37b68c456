import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numberAt, stringAt } from "../../src/model/json.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "custody.md"), "utf8");
const folder = mkdtempSync(join(realpathSync(tmpdir()), "exhibita-custody-"));
const hasTools = ["python3", "unzip"].every((tool) => ran(tool, "--help").status !== null);

/** A case with a hand-over, a bundle made of it, and a line after it. */
beforeAll(() => {
  if (!hasTools) return;
  exhibita("init", join(folder, "case"), "--number", "7/2024", "--title", "L'étang « vert » 🐸");
  exhibita("key", "init", "--holder", "Ana Vega", "--no-passphrase");
  exhibita("ingest", join(ROOT, "fixtures", "evening"));
  exhibita("custody", "add", "transferred", "--party", "Labo 2", "--note", "par coursier\nà midi");
  exhibita("bundle", "--query", "piscine", "-o", folder);
  ran("unzip", "-q", join(folder, "7-2024-P001.zip"), "-d", join(folder, "bundle"));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasTools)(
  "docs/custody.md tells a stranger with Python (needs python3, unzip)",
  () => {
    it("to the same head that custody log prints", () => {
      const [head] = exhibita("custody", "log", "--json").trimEnd().split("\n").slice(-1);
      const told: unknown = JSON.parse(head ?? "");
      const words = [numberAt(told, "size"), stringAt(told, "root"), stringAt(told, "last")];
      expect(python("journal.py", join(folder, "case", "custody.jsonl"))).toMatchObject({
        stderr: "",
        stdout: `${words.join(" ")}\n`,
      });
    });

    it("that a line was changed, and which comes after it", () => {
      const journal = readFileSync(join(folder, "case", "custody.jsonl"), "utf8");
      const changed = join(folder, "changed.jsonl");
      writeFileSync(changed, journal.replace("Labo 2", "Labo 3"));
      expect(python("journal.py", changed).stderr).toMatch(/line \d+ does not follow/);
    });

    it("that every line of a bundle stands in the journal", () => {
      const { stdout, stderr } = python("extract.py", join(folder, "bundle"));
      const actions = stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" ")[2]);
      expect(stderr).toBe("");
      expect(actions.join(" ")).toBe("created acquired parsed acquired parsed transferred");
    });

    it("that a line of a bundle was changed", () => {
      const path = join(folder, "bundle", "data", "custody.jsonl");
      writeFileSync(path, readFileSync(path, "utf8").replace("Labo 2", "Labo 3"));
      expect(python("extract.py", join(folder, "bundle")).stderr).toMatch(/is not in the journal/);
    });
  },
);

function python(name: string, path: string): { stdout: string; stderr: string } {
  const script = new RegExp(`\`\`\`python\n# ${name} [^]*?\`\`\``).exec(PAGE)?.[0] ?? "";
  return ran("python3", "-c", script.replace(/^```python\n|```$/g, ""), path);
}

function exhibita(...argv: string[]): string {
  const { status, stdout, stderr } = ran(process.execPath, join(ROOT, "src", "main.ts"), ...argv);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return stdout;
}

function ran(command: string, ...argv: string[]): SpawnSyncReturns<string> {
  const env = {
    ...process.env,
    EXHIBITA_CASE: join(folder, "case"),
    EXHIBITA_KEYS: join(folder, "keys"),
  };
  return spawnSync(command, argv, { encoding: "utf8", env });
}
