import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const MAIN = join(ROOT, "src", "main.ts");

describe("the process", () => {
  it.each([["--version"], ["--help"], ["help", "exit-codes"]])(
    "loads no parser, database, PDF or ZIP writer for %s",
    (...line) => {
      const { stdout, status } = spawnSync(process.execPath, ["--import", LISTING, MAIN, ...line], {
        encoding: "utf8",
      });
      const loaded = stdout.split("\n").filter((text) => text.startsWith("LOADED "));
      expect(status).toBe(0);
      expect(loaded.length).toBeGreaterThan(5);
      expect(loaded.filter((text) => HEAVY.test(text))).toStrictEqual([]);
    },
  );

  it("ends quietly when the reader of its output goes away", async () => {
    const child = spawn(process.execPath, [MAIN, "help"], { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.destroy();
    const [code] = await once(child, "close");
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: "" });
  });

  it("ends at once with 130 at the second Ctrl-C", async () => {
    const child = spawn(process.execPath, ["--import", STUCK, MAIN, "--version"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = once(child, "close");
    await once(child.stderr, "data");
    child.kill("SIGINT");
    const first = await Promise.race([ended, sleep(300)]);
    child.kill("SIGINT");
    const [code] = await ended;
    expect({ first, code }).toStrictEqual({ first: undefined, code: 130 });
  });

  it("prints the version of the package", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const { stdout } = spawnSync(process.execPath, [MAIN, "--version"], { encoding: "utf8" });
    expect(stdout).toBe(`exhibita ${version}\n`);
  });
});

describe("bin/exhibita.js", () => {
  const bin = readFileSync(join(ROOT, "bin", "exhibita.js"), "utf8");

  it("says in one line that an old Node is too old, before it imports anything of ours", () => {
    const pretended = bin.replace("process.versions.node.split", '"18.20.4".split');
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "-e", pretended],
      {
        encoding: "utf8",
      },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^exhibita: error: Node .* is too old, exhibita needs 22\.18 or newer\n/,
    );
  });

  it("keeps to syntax that an old Node reads", () => {
    expect(bin).not.toMatch(/\?\?|\?\.|=>|`|\bconst\b|\blet\b|node:/);
  });

  it.skipIf(!existsSync(join(ROOT, "dist", "main.js")))(
    "runs what was built (needs npm run build)",
    () => {
      const { stdout } = spawnSync(
        process.execPath,
        [join(ROOT, "bin", "exhibita.js"), "--version"],
        {
          encoding: "utf8",
        },
      );
      expect(stdout).toMatch(/^exhibita \d/);
    },
  );
});

/** Loaded before main: prints the address of every module that is loaded after it. */
const LISTING = `data:text/javascript,${encodeURIComponent(
  'import { registerHooks } from "node:module"; import { writeSync } from "node:fs";' +
    'registerHooks({ load(url, context, next) { writeSync(1, "LOADED " + url + "\\n"); return next(url, context); } });',
)}`;

/** Loaded before main: standard output never drains, as on a terminal that was stopped. */
const STUCK = `data:text/javascript,${encodeURIComponent(
  'process.stdout.write = () => { process.stderr.write("stuck"); setInterval(() => 0, 1000); return false; };',
)}`;

const HEAVY =
  /better-sqlite3|pdfkit|archiver|yauzl|csv-parse|commander|asn1|\/formats\/\w+\/|\/workflow\//;
