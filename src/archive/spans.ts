import { createHash } from "node:crypto";
import type { Sha256 } from "../model/artifact.ts";
import type { ByteSource } from "./bytes.ts";
import type { ByteRange } from "./end-record.ts";
import type { ArchiveFindingCode, FindingSink } from "./finding.ts";

/** Bytes that one part of the archive claims; `entry` is null for the directory and end structures. */
export interface Claim extends ByteRange {
  readonly entry: number | null;
}

/**
 * Entries whose bytes another claim takes too. Each is a finding: which of the two owns the bytes
 * cannot be known, and reading both is how a small file becomes a huge one.
 */
export function findOverlaps(claims: readonly Claim[], findings: FindingSink): ReadonlySet<number> {
  const overlapping = new Set<number>();
  const flag = (claim: Claim, other: Claim): void => {
    if (claim.entry === null || overlapping.has(claim.entry)) return;
    overlapping.add(claim.entry);
    const by = other.entry === null ? "the directory" : `entry ${other.entry}`;
    findings.add({
      code: "overlap",
      level: "finding",
      detail: `bytes ${claim.start} to ${claim.end} are also claimed by ${by}`,
      entry: claim.entry,
      offset: claim.start,
      length: claim.end - claim.start,
    });
  };
  let reach: Claim | null = null;
  for (const claim of claims.toSorted(byStart)) {
    if (reach !== null && claim.start < reach.end) {
      flag(claim, reach);
      flag(reach, claim);
    }
    if (reach === null || claim.end > reach.end) reach = claim;
  }
  return overlapping;
}

/** Accounts for every byte of the archive that no claim covers: place, digest, and what hides there. */
export function findUnclaimed(
  source: ByteSource,
  claims: readonly Claim[],
  afterEnd: number,
  findings: FindingSink,
): void {
  let at = 0;
  for (const claim of [...claims.toSorted(byStart), { start: source.size, end: source.size }]) {
    if (claim.start > at) {
      const range = { start: at, end: claim.start };
      reportSpan(source, range, spanCode(range, afterEnd), findings);
    }
    at = Math.max(at, claim.end);
  }
}

function spanCode(range: ByteRange, afterEnd: number): ArchiveFindingCode {
  if (range.start >= afterEnd) return "trailer";
  return range.start === 0 ? "prefix" : "gap";
}

function byStart(a: ByteRange, b: ByteRange): number {
  return a.start - b.start || a.end - b.end;
}

const HIDDEN: readonly (readonly [Buffer, ArchiveFindingCode, string])[] = [
  [Buffer.from("PK\u0003\u0004", "latin1"), "hidden-entry", "a local header"],
  [Buffer.from("PK\u0005\u0006", "latin1"), "second-end-record", "an end record"],
];

/** Reports bytes that no entry owns, and each ZIP structure that stands inside them. */
export function reportSpan(
  source: ByteSource,
  range: ByteRange,
  code: ArchiveFindingCode,
  findings: FindingSink,
): void {
  const length = range.end - range.start;
  const level = code === "comment" ? "note" : "finding";
  const sha256 = scan(source, range, (buffer, offset) => {
    for (const [signature, hidden, what] of HIDDEN) {
      for (let at = buffer.indexOf(signature); at >= 0; at = buffer.indexOf(signature, at + 4)) {
        const detail = `${what} stands where no entry is listed`;
        const place = { entry: null, offset: offset + at, length: 4 };
        findings.add({ code: hidden, level: "finding", detail, ...place });
      }
    }
  });
  const detail = `${length} bytes at ${range.start} belong to no entry`;
  findings.add({ code, level, detail, entry: null, offset: range.start, length, sha256 });
}

/** Digest of bytes of the archive. */
export function digestOf(source: ByteSource, range: ByteRange): Sha256 {
  return scan(source, range, () => undefined);
}

const BLOCK = 1024 * 1024;
/** Blocks overlap by this much, so that a signature across their border is seen, and seen once. */
const OVERLAP = 3;

function scan(
  source: ByteSource,
  range: ByteRange,
  look: (buffer: Buffer, offset: number) => void,
): Sha256 {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(Math.min(BLOCK, range.end - range.start) + OVERLAP);
  let kept = 0;
  for (let at = range.start; at < range.end;) {
    const wanted = Math.min(buffer.length - kept, range.end - at);
    const got = source.fill(buffer.subarray(kept, kept + wanted), at);
    hash.update(buffer.subarray(kept, kept + got));
    look(buffer.subarray(0, kept + got), at - kept);
    const keep = Math.min(OVERLAP, kept + got);
    buffer.copyWithin(0, kept + got - keep, kept + got);
    kept = keep;
    at += got;
  }
  return hash.digest("hex");
}
