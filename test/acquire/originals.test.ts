import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  blobPath,
  storeFile,
  storeStream,
  sweepIncoming,
  syncFolders,
} from "../../src/acquire/originals.ts";
import { Failure } from "../../src/model/failure.ts";
import { caseMaker, filesUnder, scratchFolder } from "./scratch.ts";

const newCase = caseMaker();
const folder = scratchFolder();
const MIB = 1024 * 1024;

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function sourceOf(bytes: Uint8Array): string {
  const path = join(folder, digest(bytes));
  writeFileSync(path, bytes);
  return path;
}

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

describe("a stored original", () => {
  it("stands under its digest, read-only, in folders of its owner alone", () => {
    const home = newCase();
    const bytes = Buffer.alloc(3 * MIB + 1, "evidence");
    const stored = storeFile(home, sourceOf(bytes));
    const sha256 = digest(bytes);
    expect(stored).toEqual({
      sha256,
      size: bytes.length,
      path: join(home, "originals", sha256.slice(0, 2), sha256),
      existed: false,
    });
    expect(readFileSync(stored.path).equals(bytes)).toBe(true);
    expect(statSync(stored.path).mode & 0o777).toBe(0o400);
    expect(statSync(join(home, "originals")).mode & 0o777).toBe(0o700);
    expect(filesUnder(home)).toEqual([`originals/${sha256.slice(0, 2)}/${sha256}`]);
  });

  it("is the same from a file, an open file and any cut of a stream", async () => {
    const cut = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(cut, async (chunks) => {
        const home = newCase();
        const bytes = Buffer.concat(chunks);
        const streamed = await storeStream(home, chunks);
        const copied = storeFile(home, sourceOf(bytes));
        expect(streamed).toMatchObject({ sha256: digest(bytes), existed: false });
        expect(copied).toEqual({ ...streamed, existed: true });
      }),
      { numRuns: 30 },
    );
  });

  it("is kept once however often it is offered", () => {
    const home = newCase();
    const source = sourceOf(Buffer.from("twice"));
    expect([storeFile(home, source).existed, storeFile(home, source).existed]).toEqual([
      false,
      true,
    ]);
    expect(filesUnder(home)).toHaveLength(1);
  });

  it("that was damaged in the case is never replaced in silence", () => {
    const home = newCase();
    const bytes = Buffer.from("what was seized");
    const source = sourceOf(bytes);
    const { path } = storeFile(home, source);
    chmodSync(path, 0o600);
    writeFileSync(path, "what was seizeD");
    expect(codeOf(() => storeFile(home, source))).toBe("integrity");
    expect(readFileSync(path, "utf8")).toBe("what was seizeD");
    expect(filesUnder(home)).toHaveLength(1);
  });

  it("may have its folders synced later, all at once", async () => {
    const home = newCase();
    const pending = new Set<string>();
    await storeStream(home, [Buffer.from("one")], pending);
    expect(pending.size).toBe(2);
    syncFolders(pending);
    expect(pending.size).toBe(0);
  });
});

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("half");
  await Promise.resolve();
  throw new Error("unplugged");
}

describe("a copy that fails", () => {
  it("leaves nothing where the stream breaks off", async () => {
    const home = newCase();
    await expect(storeStream(home, broken())).rejects.toThrow("unplugged");
    expect(filesUnder(home)).toEqual([]);
  });

  it("names the source that cannot be read", () => {
    expect(codeOf(() => storeFile(newCase(), join(folder, "absent")))).toBe("not-readable");
    expect(codeOf(() => storeFile(newCase(), folder))).toBe("not-readable");
  });

  it("names the place that cannot be written", () => {
    const home = newCase();
    writeFileSync(join(home, "originals"), "a file stands in the way");
    expect(codeOf(() => storeFile(home, sourceOf(Buffer.from("x"))))).toBe("failed");
  });

  it.skipIf(process.platform === "win32")("says that the disk is full, and leaves nothing", () => {
    const home = newCase();
    const source = sourceOf(Buffer.alloc(2 * MIB, 1));
    // A file size limit of the shell ends the write as a full disk does.
    const { stdout } = runLimited(`
      import { storeFile } from "${module("src/acquire/originals.ts")}";
      try { storeFile(${JSON.stringify(home)}, ${JSON.stringify(source)}); }
      catch (error) { console.log(error.code, error.message.includes("originals")); }
    `);
    expect(stdout.trim()).toBe("disk-full true");
    expect(filesUnder(home)).toEqual([]);
  });
});

describe("what a killed process left", () => {
  it("is swept, and originals are not", () => {
    const home = newCase();
    const { path } = storeFile(home, sourceOf(Buffer.from("whole")));
    writeFileSync(join(home, "originals", ".incoming-1-0"), "half");
    expect(sweepIncoming(home)).toBe(1);
    expect(existsSync(path)).toBe(true);
    expect(sweepIncoming(home)).toBe(0);
  });

  it("may be nothing at all", () => {
    const home = newCase();
    expect(sweepIncoming(home)).toBe(0);
    mkdirSync(join(home, "originals"));
    expect(sweepIncoming(home)).toBe(0);
  });

  it("never lies under the name of an original", () => {
    expect(blobPath("case", "ab".repeat(32))).toBe(
      join("case", "originals", "ab", "ab".repeat(32)),
    );
  });
});

function module(path: string): string {
  return new URL(`../../${path}`, import.meta.url).href;
}

function runLimited(script: string): { readonly stdout: string } {
  const limit = 'ulimit -f 1024; exec "$0" --input-type=module -e "$1"';
  return spawnSync("/bin/sh", ["-c", limit, process.execPath, script], { encoding: "utf8" });
}
