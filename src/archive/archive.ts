import { closeSync, constants, openSync } from "node:fs";
import { Failure } from "../model/failure.ts";
import { type ByteSource, byteSource } from "./bytes.ts";
import { type Budget, readContent } from "./content.ts";
import type { ArchiveEntry } from "./entry.ts";
import type { ArchiveFinding } from "./finding.ts";
import { type ArchiveLimits, DEFAULT_LIMITS, producedLimit } from "./limits.ts";
import { type ListedEntry, list } from "./list.ts";

/**
 * The strict archive reader. An *entry* is one record of the directory, told by its ordinal, never by
 * its name alone; a *span* is a range of bytes of the archive; every byte belongs to an entry, to the
 * directory, or to a finding. Nothing is extracted: entries are listed and streamed, and a name is data.
 */

export interface OpenArchive {
  readonly size: number;
  readonly entries: readonly ArchiveEntry[];
  readonly findings: readonly ArchiveFinding[];
  /**
   * Streams an entry's bytes; sizes and CRC-32 are checked at the end.
   *
   * @throws Failure `not-readable`, also after some bytes were given: these must then not be used
   */
  readonly read: (entry: ArchiveEntry) => AsyncIterable<Uint8Array>;
  readonly close: () => void;
}

/** True where a file begins as a ZIP does: an entry, an empty archive, or a volume mark. */
export function isArchive(head: Uint8Array): boolean {
  const [p, k, third, fourth] = head;
  if (p !== 0x50 || k !== 0x4b) return false;
  const mark = (third ?? 0) * 256 + (fourth ?? 0);
  return mark === 0x0304 || mark === 0x0506 || mark === 0x0708;
}

/**
 * Opens a ZIP file for reading and looks at all of its structure; no entry is inflated.
 *
 * @throws Failure `not-readable` where the file cannot be opened or has no end record
 */
export async function openArchive(
  path: string | Buffer,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): Promise<OpenArchive> {
  const name = path.toString();
  const fd = openRegular(path, name);
  try {
    const archive = openArchiveFd(fd, name, limits);
    return { ...archive, close: once(() => closeSync(fd)) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** As openArchive, on an open file that stays the caller's; `name` is for messages. */
export function openArchiveFd(
  fd: number,
  name: string,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): OpenArchive {
  const source = byteSource(fd, name);
  const listed = list(source, limits);
  if (listed === null)
    throw new Failure("not-readable", `${name} has no end record: cut short, or not a zip archive`);
  const spend = archiveBudget(source, limits, name);
  return {
    size: source.size,
    entries: listed.entries.map((entry) => entry.entry),
    findings: listed.findings,
    read: (entry) => readEntryAt(source, listed.entries[entry.ordinal], name, limits, spend),
    close: () => undefined,
  };
}

function openRegular(path: string | Buffer, name: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw new Failure("not-readable", `${name} cannot be opened`, [], cause);
  }
}

type Spend = (ordinal: number, produced: number) => void;

/** Bytes of the whole archive; an entry read twice counts once. */
function archiveBudget(source: ByteSource, limits: ArchiveLimits, name: string): Spend {
  const most = producedLimit(limits, source.size, limits.archiveBytes);
  const counted = new Map<number, number>();
  let total = 0;
  return (ordinal, produced) => {
    const before = counted.get(ordinal) ?? 0;
    if (produced <= before) return;
    total += produced - before;
    counted.set(ordinal, produced);
    if (total > most)
      throw new Failure("not-readable", `${name} unpacks to more than ${most} bytes, the limit`);
  };
}

async function* readEntryAt(
  source: ByteSource,
  listed: ListedEntry | undefined,
  archive: string,
  limits: ArchiveLimits,
  spend: Spend,
): AsyncGenerator<Uint8Array> {
  if (listed === undefined) throw new Failure("bug", "an entry of another archive");
  const { entry, place } = listed;
  const name = `entry ${entry.ordinal} ${JSON.stringify(entry.path)} of ${archive}`;
  if (place === null) throw new Failure("not-readable", `${name}: ${entry.reason ?? "a folder"}`);
  const stored = place.dataEnd - place.dataStart;
  const most = producedLimit(limits, stored, limits.entryBytes);
  let produced = 0;
  const budget: Budget = (bytes) => {
    produced += bytes;
    if (produced > most)
      throw new Failure("not-readable", `${name} unpacks to more than ${most} bytes, the limit`);
    spend(entry.ordinal, produced);
  };
  yield* readContent(source, place, name, budget);
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
