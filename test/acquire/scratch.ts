import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder that is removed when the tests of the file have ended. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A function that makes an empty case folder at each call. */
export function caseMaker(): () => string {
  const folder = scratchFolder();
  let made = 0;
  return () => {
    const path = join(folder, `case-${made++}`);
    mkdirSync(path, { mode: 0o700 });
    return path;
  };
}

/** Every file under a folder, as paths relative to it, in order. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
    .toSorted();
}
