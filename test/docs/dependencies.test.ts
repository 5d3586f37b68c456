import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isObject, objectAt, stringAt } from "../../src/model/json.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "dependencies.md"), "utf8");
const manifest = json("package.json");
const locked = Object.entries(objectAt(json("package-lock.json"), "packages") ?? {}).filter(
  ([path, entry]) => path !== "" && isObject(entry),
);
const shipped = locked.filter(([, entry]) => isObject(entry) && entry["dev"] !== true);

describe("docs/dependencies.md", () => {
  it("has every package that runs with exhibita, in its version, and no other", () => {
    const rows = [...PAGE.matchAll(/^\| `([^`]+)` \| ([^ |]+) \|/gm)].map(([, ...row]) => row);
    expect(Object.fromEntries(rows)).toStrictEqual(manifest["dependencies"]);
  });

  it("has their licences", () => {
    const rows = [...PAGE.matchAll(/^\| `([^`]+)` \| [^|]+ \| ([^|]+) \|/gm)];
    const told = rows.map(([, name = "", licence = ""]) => [name, licence]);
    const packed = told.map(([name = ""]) => [name, LICENCES[name] ?? licenceOf(name)]);
    expect(told).toStrictEqual(packed);
  });

  it("counts the packages of a production install", () => {
    expect(PAGE).toContain(`has ${shipped.length} packages`);
  });

  it("names every development dependency", () => {
    const names = Object.keys(objectAt(manifest, "devDependencies") ?? {});
    const missing = names.filter(
      (name) => !name.startsWith("@types/") && !PAGE.includes(`\`${name}\``),
    );
    expect(missing).toStrictEqual([]);
  });

  it("is right that one package alone has an install script, and that it is not shipped", () => {
    const scripted = locked.filter(
      ([, entry]) => isObject(entry) && entry["hasInstallScript"] === true,
    );
    expect(scripted.map(([path]) => path)).toStrictEqual(["node_modules/node"]);
    expect(shipped.filter(([path]) => path === "node_modules/node")).toStrictEqual([]);
  });
});

/** Where a manifest says no more than "see the file". */
const LICENCES: Readonly<Record<string, string>> = { "dejavu-fonts-ttf": "Bitstream Vera" };

function licenceOf(name: string): string | undefined {
  return stringAt(json(`node_modules/${name}/package.json`), "license");
}

function json(path: string): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(join(ROOT, path), "utf8"));
  return isObject(value) ? value : {};
}
