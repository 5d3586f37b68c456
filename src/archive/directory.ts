import type { ByteSource } from "./bytes.ts";
import { signatureAt } from "./bytes.ts";
import type { EndRecord } from "./end-record.ts";
import { type ExtraField, readExtra, widen } from "./extra.ts";
import type { ArchiveFindingCode, FindingSink } from "./finding.ts";
import type { ArchiveLimits } from "./limits.ts";

/** APPNOTE.TXT section 4.3.12. */
const CENTRAL = 0x02014b50;
const FIXED = 46;

/** One record of the central directory. */
export interface CentralRecord {
  readonly ordinal: number;
  readonly offset: number;
  readonly length: number;
  readonly flags: number;
  readonly method: number;
  readonly time: number;
  readonly date: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly attributes: number;
  readonly name: Buffer;
  readonly extra: readonly ExtraField[];
  readonly comment: { readonly offset: number; readonly length: number };
  /** Absolute, bytes in front of the archive allowed for. */
  readonly localOffset: number;
  /** Why the record itself forbids reading; null where it does not. */
  readonly fault: string | null;
}

export interface Directory {
  readonly records: readonly CentralRecord[];
  readonly start: number;
  readonly end: number;
  /** False where the limits stopped the walk: the span map would then be wrong. */
  readonly complete: boolean;
}

/** Walks the directory by its records, not by the counts that the end record states. */
export function readDirectory(
  source: ByteSource,
  end: EndRecord,
  limits: ArchiveLimits,
  findings: FindingSink,
): Directory {
  const place = findDirectory(source, end);
  const at = { entry: null, offset: end.offset, length: 0, level: "finding" } as const;
  if (place === null) {
    if (end.entryCount > 0 || end.directorySize > 0)
      findings.add({
        ...at,
        code: "no-directory",
        detail: "the end record points to no directory",
      });
    return { records: [], start: end.boundary, end: end.boundary, complete: true };
  }
  const directory = walk(source, place, end.boundary, limits, findings);
  const found = directory.records.length;
  const size = directory.end - directory.start;
  if (!directory.complete) {
    const detail = `${end.entryCount} entries declared, ${found} listed`;
    findings.add({ ...at, code: "too-many-entries", detail });
    return directory;
  }
  if (found !== end.entryCount) {
    const detail = `the end record counts ${end.entryCount} entries, the directory has ${found}`;
    findings.add({ ...at, code: "entry-count", detail });
  }
  if (place.start !== end.directoryOffset || size !== end.directorySize) {
    const detail = `stated at ${end.directoryOffset} with ${end.directorySize} bytes, found at ${place.start} with ${size}`;
    findings.add({ ...at, code: "directory-span", detail });
  }
  return directory;
}

interface Place {
  readonly start: number;
  /** Added to each stated offset of a local header. */
  readonly shift: number;
}

/**
 * Stated offset, or the end record minus the stated size: they differ where bytes were put in front,
 * or where one lies. The one whose records run up to the end record is taken, the stated one first.
 */
function findDirectory(source: ByteSource, end: EndRecord): Place | null {
  const computed = end.boundary - end.directorySize;
  const candidates = [end.directoryOffset, computed].filter(
    (start) => start < end.boundary && signatureAt(source, start) === CENTRAL,
  );
  const start = candidates.find((at) => lastOf(source, at, end) === end.boundary) ?? candidates[0];
  if (start === undefined) return null;
  const shift = start - end.directoryOffset;
  const first = source.peek(start, FIXED);
  const stated = first.length < FIXED ? 0 : first.readUInt32LE(42);
  const shifted = signatureAt(source, stated + shift) === 0x04034b50;
  return { start, shift: shifted ? shift : 0 };
}

function lastOf(source: ByteSource, start: number, end: EndRecord): number {
  let at = start;
  for (let length = recordLength(source, at); length > 0; length = recordLength(source, at))
    at += length;
  return Math.min(at, end.boundary);
}

/** Length of the record at `at`; 0 where there is none or the file ends inside it. */
function recordLength(source: ByteSource, at: number): number {
  const head = source.peek(at, FIXED);
  if (head.length < FIXED || head.readUInt32LE(0) !== CENTRAL) return 0;
  const length = FIXED + head.readUInt16LE(28) + head.readUInt16LE(30) + head.readUInt16LE(32);
  return at + length > source.size ? 0 : length;
}

function walk(
  source: ByteSource,
  place: Place,
  boundary: number,
  limits: ArchiveLimits,
  findings: FindingSink,
): Directory {
  const records: CentralRecord[] = [];
  let at = place.start;
  let complete = true;
  for (;;) {
    const length = recordLength(source, at);
    if (length === 0 || at + length > boundary) break;
    if (records.length >= limits.entries || at - place.start > limits.directoryBytes) {
      complete = false;
      break;
    }
    const bytes = source.peek(at, length);
    records.push(readRecord(bytes, at, records.length, place.shift, findings));
    at += length;
  }
  return { records, start: place.start, end: at, complete };
}

function readRecord(
  peeked: Buffer,
  offset: number,
  ordinal: number,
  shift: number,
  findings: FindingSink,
): CentralRecord {
  const bytes = Buffer.from(peeked);
  const say = (code: ArchiveFindingCode, detail: string, level: "finding" | "note" = "finding") =>
    findings.add({ code, level, detail, entry: ordinal, offset, length: bytes.length });
  const nameEnd = FIXED + bytes.readUInt16LE(28);
  const extraEnd = nameEnd + bytes.readUInt16LE(30);
  const extra = readExtra(bytes.subarray(nameEnd, extraEnd));
  if (extra.malformed) say("extra-field", "an extra field ends after its block");
  const plain = {
    size: bytes.readUInt32LE(24),
    compressedSize: bytes.readUInt32LE(20),
    localOffset: bytes.readUInt32LE(42),
  };
  const wide = widen(plain, extra.fields);
  if (wide.zip64 === "missing") say("zip64-disagrees", "a ZIP64 number is announced and missing");
  if (wide.zip64 === "unneeded") say("zip64-unneeded", "a ZIP64 field without need", "note");
  const disk = bytes.readUInt16LE(34);
  if (disk !== 0 && disk !== 0xffff) say("multi-disk", `the entry starts on disk ${disk}`);
  return {
    ordinal,
    offset,
    length: bytes.length,
    flags: bytes.readUInt16LE(8),
    method: bytes.readUInt16LE(10),
    time: bytes.readUInt16LE(12),
    date: bytes.readUInt16LE(14),
    crc: bytes.readUInt32LE(16),
    compressedSize: wide.compressedSize,
    size: wide.size,
    attributes: bytes.readUInt32LE(38),
    name: bytes.subarray(FIXED, nameEnd),
    extra: extra.fields,
    comment: { offset: offset + extraEnd, length: bytes.length - extraEnd },
    localOffset: wide.localOffset + shift,
    fault: wide.zip64 === "missing" ? "its sizes are missing" : null,
  };
}
