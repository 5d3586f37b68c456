import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { ZipArchive } from "archiver";
import { digester } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import type { BundleFile } from "./file.ts";
import { FIXED_DATE, FIXED_MODE } from "./layout.ts";
import { byName, MAX_ENTRIES, MIMETYPE, nameFaults } from "./names.ts";
import { codeOf, writeFailure } from "./system.ts";
import { checked, writeStored } from "./stored.ts";

export interface WrittenZip {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
}

/** From here a file, or all files together, no longer go through Buffers. */
const LARGE_FILE = 64 << 20;
const LARGE_TOTAL = 192 << 20;

/**
 * Writes the files as one canonical ZIP (`layout.ts`): mimetype first, the others by name, all stored.
 * `path` must not exist (mode 0600); the caller verifies it and then publishes it under its name.
 * On any error nothing is left at `path`.
 *
 * @throws Failure `bug` for a name outside the rule, `refused` for too many files, `target-exists`,
 *   `disk-full`, `integrity` where a file changed since it was listed.
 */
export async function writeZip(files: readonly BundleFile[], path: string): Promise<WrittenZip> {
  const ordered = inOrder(files);
  try {
    return isLarge(ordered) ? writeStored(ordered, path) : await writeArchived(ordered, path);
  } catch (error) {
    // A file that was there before is not ours to remove.
    if (codeOf(error) !== "EEXIST") await rm(path, { force: true });
    throw writeFailure(error, path);
  }
}

/** The order of entries: mimetype, then by name; refuses what no bundle may hold. */
export function inOrder(files: readonly BundleFile[]): readonly BundleFile[] {
  const [fault] = nameFaults(files.map((file) => file.name));
  if (fault !== undefined) throw new Failure("bug", `${fault.name} in a bundle: ${fault.fault}`);
  if (files.length > MAX_ENTRIES) {
    throw new Failure("refused", `${files.length} files are too many for one bundle`, [
      `a bundle holds at most ${MAX_ENTRIES}; narrow the selection`,
    ]);
  }
  return files.toSorted((a, b) => rank(a) - rank(b) || byName(a, b));
}

function rank(file: BundleFile): number {
  return file.name === MIMETYPE ? 0 : 1;
}

function isLarge(files: readonly BundleFile[]): boolean {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  return total >= LARGE_TOTAL || files.some((file) => file.size >= LARGE_FILE);
}

/** archiver from Buffers in order; the pipeline ends on a full disk, where `finalize` alone never would. */
async function writeArchived(files: readonly BundleFile[], path: string): Promise<WrittenZip> {
  const archive = new ZipArchive({ store: true });
  const digest = digester();
  let size = 0;
  const measured = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      digest.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  const done = pipeline(archive, measured, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  // Awaited below; without this, a failure before that line would count as unhandled.
  done.catch(() => undefined);
  try {
    for (const file of files) {
      // Each chunk is copied before the next is taken: they share one buffer.
      const bytes = Buffer.concat(Array.from(checked(file), (chunk) => Buffer.from(chunk)));
      archive.append(bytes, { name: file.name, date: FIXED_DATE, mode: FIXED_MODE });
    }
  } catch (error) {
    // The stream must be done with the file before the caller removes it.
    archive.destroy();
    await done.catch(() => undefined);
    throw error;
  }
  // Its promise may never settle; the pipeline's does.
  archive.finalize().catch(() => undefined);
  await done;
  return { sha256: digest.hex(), size };
}
