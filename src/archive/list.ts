import type { ByteSource } from "./bytes.ts";
import { findCollisions } from "./collisions.ts";
import { type ContentPlace, DEFLATED, STORED } from "./content.ts";
import { type CentralRecord, type Directory, readDirectory } from "./directory.ts";
import { type EndRecord, findEndRecord } from "./end-record.ts";
import type { ArchiveEntry } from "./entry.ts";
import { modifiedTime } from "./extra.ts";
import { type ArchiveFinding, type FindingSink, findingList } from "./finding.ts";
import { judgeKind } from "./kind.ts";
import type { ArchiveLimits } from "./limits.ts";
import { type LocalSpan, readLocal } from "./local.ts";
import { decodeName } from "./name.ts";
import { nameFaults } from "./name-rules.ts";
import { type Claim, digestOf, findOverlaps, findUnclaimed, reportSpan } from "./spans.ts";

/** An entry with the place of its bytes; null where they are not to be read. */
export interface ListedEntry {
  readonly entry: ArchiveEntry;
  readonly place: ContentPlace | null;
}

export interface Listing {
  readonly entries: readonly ListedEntry[];
  readonly findings: readonly ArchiveFinding[];
}

/** Reads end record, directory and local headers, and accounts for every byte; null for no end record. */
export function list(source: ByteSource, limits: ArchiveLimits): Listing | null {
  const findings = findingList();
  const end = findEndRecord(source, findings);
  if (end === null) return null;
  const directory = readDirectory(source, end, limits, findings);
  const spans = directory.records.map((record) =>
    readLocal(source, record, directory.start, findings),
  );
  const overlapping = mapSpans(source, end, directory, spans, findings);
  const entries = directory.records.map((record, index) => {
    const span = overlapping.has(record.ordinal) ? null : (spans[index] ?? null);
    const reason = overlapping.has(record.ordinal) ? "its bytes are claimed twice" : null;
    return listEntry(source, record, span, reason, findings);
  });
  const names = entries.map(({ entry }) => entry);
  const placeOf = (ordinal: number): { offset: number; length: number } =>
    directory.records[ordinal] ?? { offset: 0, length: 0 };
  findCollisions(names, placeOf, findings);
  return { entries, findings: findings.close() };
}

/** Claims of entries, directory and end structures over the whole file; returns entries that overlap. */
function mapSpans(
  source: ByteSource,
  end: EndRecord,
  directory: Directory,
  spans: readonly (LocalSpan | null)[],
  findings: FindingSink,
): ReadonlySet<number> {
  const claims: Claim[] = [
    { start: directory.start, end: directory.end, entry: null },
    ...end.claims.map((claim) => ({ ...claim, entry: null })),
  ];
  for (const [entry, span] of spans.entries()) {
    if (span !== null) claims.push({ start: span.start, end: span.end, entry });
  }
  const overlapping = findOverlaps(claims, findings);
  if (directory.complete) findUnclaimed(source, claims, end.comment.end, findings);
  if (end.comment.end > end.comment.start) reportSpan(source, end.comment, "comment", findings);
  for (const { comment } of directory.records) {
    const range = { start: comment.offset, end: comment.offset + comment.length };
    if (comment.length > 0) reportSpan(source, range, "comment", findings);
  }
  return overlapping;
}

function listEntry(
  source: ByteSource,
  record: CentralRecord,
  span: LocalSpan | null,
  overlap: string | null,
  findings: FindingSink,
): ListedEntry {
  const { ordinal, offset, length } = record;
  const at = { entry: ordinal, offset, length };
  const { text: path, doubt } = decodeName(record.name, record.flags, record.extra);
  if (doubt !== null) findings.add({ ...doubt, ...at });
  for (const fault of nameFaults(path)) findings.add({ ...fault, level: "finding", ...at });
  const { kind, faults } = judgeKind(record, path);
  for (const fault of faults) findings.add({ ...fault, level: "finding", ...at });
  const reason = overlap ?? unreadable(source, record, span, findings);
  const empty = kind === "directory" && record.size === 0;
  const place = span === null || reason !== null || empty ? null : placeOf(record, span);
  const entry: ArchiveEntry = {
    ordinal,
    path,
    pathBytes: record.name,
    kind,
    size: record.size,
    modified: modifiedTime(record.extra, record.date, record.time),
    readable: place !== null,
    reason,
  };
  return { entry, place };
}

function placeOf(record: CentralRecord, span: LocalSpan): ContentPlace {
  const { method, size, crc } = record;
  return { dataStart: span.dataStart, dataEnd: span.dataEnd, method, size, crc };
}

/** Why an entry's bytes are not to be read; each reason is a finding with the digest of the raw bytes. */
function unreadable(
  source: ByteSource,
  record: CentralRecord,
  span: LocalSpan | null,
  findings: FindingSink,
): string | null {
  if (span === null) return "its bytes are not where the directory says";
  if (record.fault !== null) return record.fault;
  const say = (code: "encrypted" | "method" | "data-lie", detail: string): string => {
    const range = { start: span.dataStart, end: span.dataEnd };
    findings.add({
      code,
      level: "finding",
      detail,
      entry: record.ordinal,
      offset: range.start,
      length: range.end - range.start,
      sha256: digestOf(source, range),
    });
    return detail;
  };
  if (span.encrypted) return say("encrypted", "encrypted, not read");
  if (record.method !== STORED && record.method !== DEFLATED)
    return say("method", `compression method ${record.method} is not read`);
  if (record.method === STORED && record.size !== span.dataEnd - span.dataStart)
    return say("data-lie", "stored, yet its two sizes differ");
  if (!Number.isSafeInteger(record.size)) return say("data-lie", "declares an impossible size");
  return null;
}
