import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openArchive } from "../../src/archive/archive.ts";
import { DEFAULT_LIMITS } from "../../src/archive/limits.ts";
import { failureOf, scratchFolder } from "./scratch.ts";
import { zip } from "./zip.ts";

const folder = scratchFolder();
const MIB = 1024 * 1024;

async function readFirst(bytes: Buffer, limits: Partial<typeof DEFAULT_LIMITS>): Promise<number> {
  const path = join(folder, "bomb.zip");
  writeFileSync(path, bytes);
  const archive = await openArchive(path, { ...DEFAULT_LIMITS, ...limits });
  let produced = 0;
  try {
    for (const entry of archive.entries) {
      for await (const chunk of archive.read(entry)) produced += chunk.length;
    }
  } catch {
    return produced;
  } finally {
    archive.close();
  }
  return produced;
}

describe("the limits on produced bytes", () => {
  const zeros = zip([
    { name: "a", data: Buffer.alloc(8 * MIB), deflate: true },
    { name: "b", data: Buffer.alloc(8 * MIB, 1), deflate: true },
  ]);

  it("let a well compressed file below the floor pass", async () => {
    expect(await readFirst(zeros, {})).toBe(16 * MIB);
  });

  it("stop an entry that swells too much", async () => {
    const produced = await readFirst(zeros, { ratioFloor: MIB, ratio: 10 });
    expect(produced).toBeLessThanOrEqual(MIB);
  });

  it("stop an entry at its absolute limit", async () => {
    expect(await readFirst(zeros, { entryBytes: MIB })).toBeLessThanOrEqual(MIB);
  });

  it("stop an archive whose entries are each within theirs", async () => {
    const produced = await readFirst(zeros, { archiveBytes: 10 * MIB });
    expect(produced).toBeGreaterThan(8 * MIB);
    expect(produced).toBeLessThanOrEqual(10 * MIB);
  });

  it("count an entry that is read again once", async () => {
    const path = join(folder, "again.zip");
    writeFileSync(path, zeros);
    const archive = await openArchive(path, { ...DEFAULT_LIMITS, archiveBytes: 9 * MIB });
    const [first] = archive.entries;
    if (first === undefined) throw new Error("no entry");
    const drain = async (): Promise<void> => {
      for await (const chunk of archive.read(first)) if (chunk.length === 0) return;
    };
    expect([await failureOf(drain), await failureOf(drain)]).toEqual([null, null]);
    archive.close();
  });
});

describe("a bomb", () => {
  it("stops within five seconds and 200 MB", () => {
    const path = join(folder, "flat.zip");
    writeFileSync(path, zip([{ name: "z", data: Buffer.alloc(128 * MIB), deflate: true }]));
    const module = new URL("../../src/archive/archive.ts", import.meta.url).href;
    const script = `
      import { openArchive } from "${module}";
      const archive = await openArchive(process.argv[1]);
      let code, peak = 0;
      try {
        for await (const chunk of archive.read(archive.entries[0]))
          peak = Math.max(peak, process.memoryUsage.rss());
      } catch (error) { code = error.code; }
      console.log(code, peak > 0 && peak < ${200 * MIB});
    `;
    const args = ["--input-type=module", "-e", script, path];
    const run = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 5000 });
    expect(run.stdout.trim()).toBe("not-readable true");
  });
});
