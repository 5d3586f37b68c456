import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "..", "src");
const LONGEST_FILE = 350;

interface Floor {
  readonly floor: number;
  readonly allowed: readonly string[];
  readonly packages: readonly string[];
}

interface Import {
  readonly from: string;
  readonly to: string;
  /** Neither type-only nor lazy: what is loaded with the file. */
  readonly isStatic: boolean;
}

const IMPORT = /(?:^(?:import|export)\s[^;"]*?\bfrom\s*|\bimport\(\s*|^import\s*)"([^"\s]+)"/gm;

const floors = floorTable();
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replaceAll(sep, "/"));
const imports = files.flatMap(importsOf);
const inside = imports.filter(({ to }) => to.endsWith(".ts"));
const outside = imports.filter(({ to }) => !to.endsWith(".ts"));

describe("the floors of docs/architecture.md", () => {
  it("name every folder of src", () => {
    const folders = new Set(files.map(folderOf));
    expect([...folders].filter((folder) => !floors.has(folder))).toStrictEqual([]);
  });

  it("are kept by every import", () => {
    const wrong = inside.filter(({ from, to }) => {
      const allowed = floors.get(folderOf(from))?.allowed ?? [];
      return (
        folderOf(from) !== folderOf(to) && !allowed.includes(folderOf(to)) && !allowed.includes(to)
      );
    });
    expect(wrong).toStrictEqual([]);
  });

  it("let no folder import its own floor or a higher one", () => {
    for (const [folder, { floor, allowed }] of floors) {
      for (const below of allowed)
        expect(floorOf(below), `${folder} and ${below}`).toBeLessThan(floor);
    }
  });

  it("give each npm package to the folder that owns it", () => {
    const npm = outside.filter(({ to }) => !to.startsWith("node:"));
    const wrong = npm.filter(({ from, to }) => !floors.get(folderOf(from))?.packages.includes(to));
    expect(wrong).toStrictEqual([]);
  });

  it("give a package to one folder, but for the database", () => {
    const owned = [...floors.values()].flatMap(({ packages }) => packages);
    const twice = owned.filter((name, index) => owned.indexOf(name) !== index);
    expect(twice).toStrictEqual(["better-sqlite3"]);
  });

  it("leave the model without any import from outside itself", () => {
    expect(outside.filter(({ from }) => folderOf(from) === "model")).toStrictEqual([]);
  });
});

describe("the sources", () => {
  it("have no import cycle", () => {
    expect(files.filter((file) => reachable(file, false).has(file))).toStrictEqual([]);
  });

  it("let the verifier reach no database, no parser and no PDF writer", () => {
    const folders = new Set([...reachable("workflow/verify.ts", true)].map(folderOf));
    const allowed = [
      "archive",
      "bundle",
      "custody",
      "hash",
      "model",
      "signature",
      "words",
      "workflow",
    ];
    expect([...folders].filter((folder) => !allowed.includes(folder))).toStrictEqual([]);
  });

  it("touch the process in main.ts alone", () => {
    const users = files.filter((file) =>
      /\bprocess\.(?:argv|env|std\w+|exit\w*|on|once|cwd|chdir)\b|"node:process"/.test(code(file)),
    );
    expect(users).toStrictEqual(["main.ts"]);
  });

  it("are short files, in folders with a name of their own", () => {
    expect(files.filter((file) => text(file).split("\n").length > LONGEST_FILE)).toStrictEqual([]);
    expect(
      files.filter((file) => /(^|\/)(utils?|helpers?|misc|common)\//.test(file)),
    ).toStrictEqual([]);
  });
});

function floorTable(): ReadonlyMap<string, Floor> {
  const page = readFileSync(join(SRC, "..", "docs", "architecture.md"), "utf8");
  const rows = page.matchAll(/^\| (\d) \| (\S+) \|(.*)\|(.*)\|$/gm);
  return new Map(
    [...rows].map(([, floor, folder = "", allowed, packages]) => [
      folder,
      { floor: Number(floor), allowed: listIn(allowed), packages: listIn(packages) },
    ]),
  );
}

function listIn(cell = ""): string[] {
  return cell
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** Static, type-only and dynamic imports; npm ones by the package's name. */
function importsOf(from: string): readonly Import[] {
  return [...code(from).matchAll(IMPORT)].map(([statement, target = ""]) => {
    const isStatic = !statement.startsWith("import type") && !statement.startsWith("import(");
    if (target.startsWith("node:")) return { from, to: target, isStatic };
    if (target.startsWith(".")) {
      const to = relative(SRC, join(SRC, dirname(from), target)).replaceAll(sep, "/");
      return { from, to, isStatic };
    }
    const parts = target.split("/").slice(0, target.startsWith("@") ? 2 : 1);
    return { from, to: parts.join("/"), isStatic };
  });
}

/** Files that importing `start` brings in; with `lazy`, also what it may load later or names as a type. */
function reachable(start: string, lazy: boolean): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const targets = inside.filter(({ from, isStatic }) => from === file && (lazy || isStatic));
    for (const { to } of targets) {
      if (!seen.has(to)) open.push(to);
      seen.add(to);
    }
  }
  return seen;
}

function folderOf(file: string): string {
  return file.split("/")[0] ?? "";
}

function floorOf(place: string): number {
  return floors.get(folderOf(place))?.floor ?? Number.NaN;
}

function text(file: string): string {
  return readFileSync(join(SRC, file), "utf8");
}

/** Without comments that stand on lines of their own. */
function code(file: string): string {
  return text(file).replaceAll(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, "");
}
