import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FORMATS } from "../../src/formats/index.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const MAIN = join(ROOT, "src", "main.ts");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const folder = mkdtempSync(join(realpathSync(tmpdir()), "exhibita-readme-"));

afterAll(() => rmSync(folder, { recursive: true }));

describe("the two minutes of the README", () => {
  it("answer as they say, line by line", () => {
    for (const { command, shown } of steps(README)) {
      if (command.startsWith("export ")) continue;
      const answer = command.startsWith("cp ") ? copyRoot() : exhibita(command);
      const lines = new Set(answer.split("\n"));
      const missing = shown.filter((line) => !lines.has(line));
      expect({ command, missing }).toStrictEqual({ command, missing: [] });
    }
  }, 120_000);

  it("are eight commands", () => {
    expect(steps(README)).toHaveLength(8);
  });
});

describe("the README", () => {
  it("has every format", () => {
    for (const { id, title } of FORMATS) expect(README).toContain(`| \`${id}\` | ${title} |`);
  });

  it("has the two commands of a fresh machine", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(README).toContain("npm ci && npm run demo\nnpm ci && npm test\n");
    expect(scripts).toMatchObject({ demo: "node fixtures/demo/run.ts" });
    expect(readFileSync(join(ROOT, ".ci", "run"), "utf8")).toContain("\nnpm ci && npm test\n");
  });
});

describe("the pages for people", () => {
  it.each(pages())("%s links only to what there is", (page) => {
    const text = readFileSync(join(ROOT, page), "utf8");
    const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      ([, target = ""]) => target,
    );
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    const missing = local.filter((target) => !existsSync(join(ROOT, dirname(page), target)));
    expect(missing).toStrictEqual([]);
  });
});

interface Step {
  readonly command: string;
  /** Lines that the answer holds, as the page shows them. */
  readonly shown: readonly string[];
}

/** The lines behind `$` of the page's console block, each with what stands below it. */
function steps(page: string): readonly Step[] {
  const block = /```console\n([^]*?)```/.exec(page)?.[1] ?? "";
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [command = "", ...shown] = text.trimEnd().split("\n");
      return { command, shown: shown.map(there) };
    });
}

/** The page's folder is this test's. */
function there(text: string): string {
  return text.replaceAll("/tmp/try", folder);
}

/** Runs the command as a process of its own, from source. */
function exhibita(command: string): string {
  const words = [...there(command).matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain = ""]) => quoted ?? plain,
  );
  expect(words.slice(0, 2)).toStrictEqual(["npx", "exhibita"]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words.slice(2)], {
    cwd: ROOT,
    encoding: "utf8",
    env: {
      ...process.env,
      EXHIBITA_CASE: join(folder, "case"),
      EXHIBITA_KEYS: join(folder, "keys"),
      NO_COLOR: "1",
    },
  });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return stdout;
}

function copyRoot(): string {
  const roots = join(folder, "keys", "roots");
  const [root = ""] = readdirSync(roots);
  cpSync(join(roots, root, "certificate.pem"), join(folder, "agency-root.pem"));
  return "";
}

function pages(): readonly string[] {
  const own = readdirSync(ROOT).filter((name) => name.endsWith(".md"));
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" });
  const fixtures = ["fixtures/README.md"];
  return [
    ...own,
    ...docs.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
    ...fixtures,
  ];
}
