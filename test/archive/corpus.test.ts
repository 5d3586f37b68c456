import { existsSync, readdirSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openArchive } from "../../src/archive/archive.ts";
import { failureOf, readAll } from "./scratch.ts";

const ROOT = new URL("../../../shared/samples/hostile/", import.meta.url).pathname;
const FOLDERS = ["zips", "yauzl", "libarchive-zip", "go-archive-zip", "python-zip", "jwilk"];
const absent = !existsSync(ROOT);

function filesUnder(folder: string): readonly string[] {
  if (absent || !existsSync(ROOT + folder)) return [];
  const names = readdirSync(ROOT + folder, { recursive: true, encoding: "utf8" });
  return names
    .map((name) => `${folder}/${name}`)
    .filter((name) => statSync(ROOT + name).isFile() && !/(\.md|LICENSE|COPYING)$/.test(name));
}

/** Codes of an archive; `refused` where it is none. */
async function verdict(name: string): Promise<readonly string[]> {
  let codes: readonly string[] = [];
  const failure = await failureOf(async () => {
    const archive = await openArchive(ROOT + name);
    codes = (await readAll(archive)).codes;
    archive.close();
  });
  return failure === null ? codes : ["refused"];
}

/**
 * Archives of the project-made set that are sound; each other one of it must be reported. `path_29`
 * holds one combining mark, `bomb_nested` is ten sound archives.
 */
const SOUND = new Set([
  "ok_simple.zip",
  "empty.zip",
  "c_comment.zip",
  "dd_stored.zip",
  "many_60000.zip",
  "zip64_extra_unneeded.zip",
  "path_29.zip",
  "bomb_nested.zip",
]);

describe.skipIf(absent)(
  "third-party and hostile archives (skipped where the samples are absent)",
  () => {
    const all = FOLDERS.flatMap(filesUnder);

    it("are read or refused without a crash, each within five seconds", async () => {
      const slow: string[] = [];
      for (const name of all) {
        const start = performance.now();
        await verdict(name);
        if (performance.now() - start > 5000) slow.push(name);
      }
      expect(slow).toEqual([]);
      expect(all.length).toBeGreaterThan(240);
    });

    it("are reported for each ambiguity, and for nothing where there is none", async () => {
      const sound: string[] = [];
      for (const name of filesUnder("zips")) {
        if ((await verdict(name)).length === 0) sound.push(name.replace("zips/", ""));
      }
      expect(sound.toSorted()).toEqual([...SOUND].toSorted());
    });

    it("that fail in yauzl are refused or reported", async () => {
      const passed: string[] = [];
      for (const name of filesUnder("yauzl/failure")) {
        if ((await verdict(name)).length === 0) passed.push(name);
      }
      expect(passed).toEqual([]);
    });

    it.each([
      ["yauzl/success/traditional-encryption.zip", "encrypted"],
      ["libarchive-zip/test_read_format_zip_winzip_aes256.zip", "encrypted"],
      ["libarchive-zip/test_read_format_zip_zstd.zipx", "method"],
      ["libarchive-zip/test_read_format_zip_filename_koi8r.zip", "name-encoding"],
      ["go-archive-zip/test-prefix.zip", "prefix"],
      ["go-archive-zip/test-trailing-junk.zip", "trailer"],
      ["go-archive-zip/symlink.zip", "link"],
      ["python-zip/exe_with_zip", "prefix"],
      ["jwilk/absolute1.zip", "name-absolute"],
      ["jwilk/relative2.zip", "name-traversal"],
      ["jwilk/symlink.zip", "name-duplicate"],
      ["jwilk/dirsymlink.zip", "name-file-and-folder"],
    ])("%s is reported as %s", async (name, code) => {
      expect(await verdict(name)).toContain(code);
    });

    it.each([
      ["yauzl/success/everything.zip"],
      ["yauzl/success/streaming.zip"],
      ["yauzl/success/zip64.zip"],
      ["go-archive-zip/dd.zip"],
      ["go-archive-zip/go-no-datadesc-sig.zip"],
      ["go-archive-zip/zip64-2.zip"],
      ["go-archive-zip/winxp.zip"],
      ["python-zip/ziptestdata.zip"],
      ["libarchive-zip/test_compat_zip_5.zip"],
    ])("%s is sound", async (name) => {
      expect(await verdict(name)).toEqual([]);
    });
  },
);
