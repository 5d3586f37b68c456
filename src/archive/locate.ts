import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../model/failure.ts";
import { type OpenArchive, openArchive } from "./archive.ts";
import type { ArchiveEntry } from "./entry.ts";
import { entryPaths, NESTED } from "./entry-path.ts";
import { type ArchiveLimits, DEFAULT_LIMITS } from "./limits.ts";

/**
 * Streams the member that an acquisition listed under exactly this path, `!/` for each step into a
 * nested archive. A nested archive is unpacked to a private temporary file, removed at the end.
 *
 * @throws Failure `not-found` where no such entry is there, `not-readable` as OpenArchive.read
 */
export async function* readEntry(
  path: string,
  entryPath: string,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): AsyncGenerator<Uint8Array> {
  const archive = await openArchive(path, limits);
  try {
    const step = nextStep(archive, entryPath);
    if (step === null || (step.rest !== null && limits.depth <= 1))
      throw new Failure("not-found", `${path} has no entry ${JSON.stringify(entryPath)}`);
    if (step.rest === null) yield* archive.read(step.entry);
    else yield* readNested(archive, step.entry, step.rest, { ...limits, depth: limits.depth - 1 });
  } finally {
    archive.close();
  }
}

interface Step {
  readonly entry: ArchiveEntry;
  /** Path inside that entry; null where the entry itself is meant. */
  readonly rest: string | null;
}

/** The entry of this archive to take: the whole path, else the shortest part before a `!/`. */
function nextStep(archive: OpenArchive, entryPath: string): Step | null {
  const paths = entryPaths(archive.entries);
  const byPath = new Map(archive.entries.map((entry, index) => [paths[index], entry]));
  const whole = byPath.get(entryPath);
  if (whole !== undefined) return { entry: whole, rest: null };
  for (let at = entryPath.indexOf(NESTED); at >= 0; at = entryPath.indexOf(NESTED, at + 1)) {
    const entry = byPath.get(entryPath.slice(0, at));
    if (entry !== undefined) return { entry, rest: entryPath.slice(at + NESTED.length) };
  }
  return null;
}

async function* readNested(
  archive: OpenArchive,
  entry: ArchiveEntry,
  rest: string,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-"));
  try {
    const spool = join(folder, "nested");
    await unpack(archive, entry, spool);
    yield* readEntry(spool, rest, limits);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function unpack(archive: OpenArchive, entry: ArchiveEntry, path: string): Promise<void> {
  const fd = openSync(path, "wx", 0o600);
  try {
    for await (const chunk of archive.read(entry)) {
      for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
    }
  } finally {
    closeSync(fd);
  }
}
