import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { storeFile, sweepIncoming } from "../../src/acquire/originals.ts";
import { caseMaker, filesUnder } from "./scratch.ts";

const newCase = caseMaker();
const ROUNDS = process.env["SLOW"] === "1" ? 100 : 8;
const MODULE = new URL("../../src/acquire/originals.ts", import.meta.url).href;

/** Stores ever new originals of 0 to 2 MiB and prints the digest of each that it holds for done. */
const STORER = `
  import { randomBytes } from "node:crypto";
  import { writeSync } from "node:fs";
  import { storeStream } from "${MODULE}";
  for (;;) {
    const bytes = randomBytes(Math.floor(Math.random() * 2 ** 21));
    const { sha256 } = await storeStream(process.argv[1], [bytes]);
    writeSync(1, sha256 + "\\n");
  }
`;

/** Runs the storer, kills it after a while, and gives what it had acknowledged. */
async function killAfter(milliseconds: number, home: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", STORER, home]);
  let out = "";
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  const started = new Promise((resolve) => void child.stdout.once("data", resolve));
  const ended = new Promise((resolve) => void child.once("close", resolve));
  await started;
  await wait(milliseconds);
  child.kill("SIGKILL");
  await ended;
  return out.split("\n").filter((line) => line.length === 64);
}

describe("a process that is killed while it stores", () => {
  it("leaves only whole originals, and every one it acknowledged", async () => {
    const home = newCase();
    for (let round = 0; round < ROUNDS; round++) {
      const acknowledged = await killAfter(Math.random() * 60, home);
      sweepIncoming(home);
      const names = filesUnder(join(home, "originals"));
      for (const name of names) {
        const bytes = readFileSync(join(home, "originals", name));
        expect(createHash("sha256").update(bytes).digest("hex")).toBe(basename(name));
      }
      const stored = new Set(names.map((name) => basename(name)));
      expect(acknowledged.filter((sha256) => !stored.has(sha256))).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(0);
    }
    const again = storeFile(
      home,
      join(home, "originals", filesUnder(join(home, "originals"))[0] ?? ""),
    );
    expect(again.existed).toBe(true);
  });
});
