import { isArchive, type OpenArchive, openArchive } from "../archive/archive.ts";
import type { ArchiveEntry } from "../archive/entry.ts";
import { entryPaths, NESTED } from "../archive/entry-path.ts";
import type { ArchiveFinding, ArchiveFindingCode } from "../archive/finding.ts";
import type { EntryKind } from "../archive/kind.ts";
import { type ArchiveLimits, DEFAULT_LIMITS, producedLimit } from "../archive/limits.ts";
import { isDocumentPackage } from "../archive/package.ts";
import { Failure } from "../model/failure.ts";
import { isLitter } from "./litter.ts";
import { type PendingFolders, storeStream, type Stored, syncFolders } from "./originals.ts";

/** One entry of an archive that is now an original of its own. */
export interface Member {
  readonly type: "member";
  /** Unique within the outer archive: `photo.jpg`, `outer.zip!/inner.txt`, `twin.txt!#2`. */
  readonly entryPath: string;
  /** Base64 of the name's bytes as archived, only where they are not the UTF-8 of its text. */
  readonly nameBytes?: string;
  readonly kind: EntryKind;
  readonly stored: Stored;
  /** 1 in the archive itself, 2 in an archive inside it. */
  readonly depth: number;
  /** As ArchiveEntry.modified. */
  readonly modified: string | null;
}

/** What an operating system left in the archive: named, not taken out of it. */
export interface MemberLitter {
  readonly type: "litter";
  readonly entryPath: string;
}

export interface MemberFinding {
  readonly type: "finding";
  /** Path of the nested archive the finding is about; "" for the outer archive. */
  readonly archive: string;
  /** The entry it is about; null for an archive as a whole. */
  readonly entryPath: string | null;
  readonly finding: ArchiveFinding;
}

/** What is shared by an archive and all archives inside it. */
interface Run {
  readonly caseDir: string;
  readonly limits: ArchiveLimits;
  readonly pending: PendingFolders;
  entriesLeft: number;
  bytesLeft: number;
}

/**
 * Takes every readable entry of a ZIP into the originals, and those of archives inside it, and gives
 * the findings of each. An entry that cannot be read is a finding; the archive itself, stored by
 * acquireFile, keeps its bytes. Members are durable once the generator has ended.
 *
 * @throws Failure `not-readable` where the outer archive cannot be opened; else as storeStream
 */
export async function* acquireMembers(
  caseDir: string,
  archivePath: string,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): AsyncGenerator<Member | MemberLitter | MemberFinding> {
  const archive = await openArchive(archivePath, limits);
  const bytesLeft = producedLimit(limits, archive.size, limits.archiveBytes);
  const pending: PendingFolders = new Set();
  const run: Run = { caseDir, limits, pending, entriesLeft: limits.entries, bytesLeft };
  try {
    yield* members(run, archive, "", 1);
  } finally {
    archive.close();
    syncFolders(pending);
  }
}

async function* members(
  run: Run,
  archive: OpenArchive,
  outer: string,
  depth: number,
): AsyncGenerator<Member | MemberLitter | MemberFinding> {
  run.entriesLeft -= archive.entries.length;
  const prefix = outer === "" ? "" : outer + NESTED;
  const paths = entryPaths(archive.entries).map((path) => prefix + path);
  for (const finding of archive.findings) {
    const entryPath = finding.entry === null ? null : (paths[finding.entry] ?? null);
    yield { type: "finding", archive: outer, entryPath, finding };
  }
  for (const entry of archive.entries) {
    const entryPath = paths[entry.ordinal] ?? "";
    if (isLitter(entry.path)) yield { type: "litter", entryPath };
    else if (entry.readable) yield* member(run, archive, entry, entryPath, outer, depth);
  }
}

async function* member(
  run: Run,
  archive: OpenArchive,
  entry: ArchiveEntry,
  entryPath: string,
  outer: string,
  depth: number,
): AsyncGenerator<Member | MemberLitter | MemberFinding> {
  const head = Buffer.alloc(4);
  let stored: Stored;
  try {
    const stream = metered(run, archive.read(entry), head);
    stored = await storeStream(run.caseDir, stream, run.pending);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "not-readable") throw error;
    yield findingOf("unreadable", error.message, entry.ordinal, outer, entryPath);
    return;
  }
  const bytes = Buffer.from(entry.pathBytes);
  yield {
    type: "member",
    entryPath,
    ...(bytes.equals(Buffer.from(entry.path)) ? {} : { nameBytes: bytes.toString("base64") }),
    kind: entry.kind,
    stored,
    depth,
    modified: entry.modified,
  };
  if (entry.kind === "file" && isArchive(head)) yield* nested(run, stored.path, entryPath, depth);
}

/** Counts bytes against what is left for the outer archive, and keeps the first four. */
async function* metered(
  run: Run,
  stream: AsyncIterable<Uint8Array>,
  head: Buffer,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of stream) {
    run.bytesLeft -= chunk.length;
    if (run.bytesLeft < 0)
      throw new Failure("not-readable", "the archive unpacks to more than the limit");
    if (at < head.length) at += Buffer.from(chunk.subarray(0, head.length - at)).copy(head, at);
    yield chunk;
  }
}

async function* nested(
  run: Run,
  path: string,
  entryPath: string,
  depth: number,
): AsyncGenerator<Member | MemberLitter | MemberFinding> {
  const limits = { ...run.limits, entries: Math.max(0, run.entriesLeft) };
  let archive: OpenArchive;
  try {
    archive = await openArchive(path, limits);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    yield findingOf("nested-unreadable", error.message, null, entryPath, entryPath);
    return;
  }
  try {
    if (isDocumentPackage(archive.entries)) return;
    if (depth < run.limits.depth) yield* members(run, archive, entryPath, depth + 1);
    else yield findingOf("nested-depth", `at depth ${depth + 1}`, null, entryPath, entryPath);
  } finally {
    archive.close();
  }
}

function findingOf(
  code: ArchiveFindingCode,
  detail: string,
  entry: number | null,
  archive: string,
  entryPath: string,
): MemberFinding {
  const place = { entry, offset: 0, length: 0 };
  return {
    type: "finding",
    archive,
    entryPath,
    finding: { code, level: "finding", detail, ...place },
  };
}
