import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openPromise } from "yauzl";
import { openArchive } from "../../src/archive/archive.ts";
import { collect } from "./scratch.ts";

const ROOT = new URL("../../../shared/samples/hostile/yauzl/success/", import.meta.url).pathname;
const absent = !existsSync(ROOT);

/** Names as bytes and contents, as yauzl gives them. */
async function byYauzl(path: string): Promise<readonly (readonly [string, string])[]> {
  const file = await openPromise(path, { decodeStrings: false });
  const found: (readonly [string, string])[] = [];
  for await (const entry of file.eachEntry()) {
    const bytes = entry.canDecodeFileData()
      ? await collect(await file.openReadStreamPromise(entry))
      : Buffer.alloc(0);
    found.push([entry.fileNameRaw.toString("hex"), bytes.toString("hex")]);
  }
  return found;
}

async function byUs(path: string): Promise<readonly (readonly [string, string])[]> {
  const archive = await openArchive(path);
  const found: (readonly [string, string])[] = [];
  for (const entry of archive.entries) {
    const bytes = entry.readable ? await collect(archive.read(entry)) : Buffer.alloc(0);
    found.push([Buffer.from(entry.pathBytes).toString("hex"), bytes.toString("hex")]);
  }
  archive.close();
  return found;
}

describe.skipIf(absent)("a second reader (skipped where the samples are absent)", () => {
  it.each(absent ? [] : readdirSync(ROOT))(
    "finds the same entries and bytes in %s",
    async (name) => {
      expect(await byUs(ROOT + name)).toEqual(await byYauzl(ROOT + name));
    },
  );
});
