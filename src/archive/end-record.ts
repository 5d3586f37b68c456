import { type ByteSource, signatureAt, uint64 } from "./bytes.ts";
import type { ArchiveFindingCode, FindingSink } from "./finding.ts";

/** APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16. */
const END = 0x06054b50;
const END_LENGTH = 22;
const LOCATOR = 0x07064b50;
const LOCATOR_LENGTH = 20;
const END64 = 0x06064b50;
const END64_LENGTH = 56;
const COMMENT_MAX = 0xffff;

/** Bytes [start, end) of the archive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What the end of the archive says of its directory. */
export interface EndRecord {
  readonly offset: number;
  /** As stated; the archive may carry bytes in front that shift it. */
  readonly directoryOffset: number;
  readonly directorySize: number;
  readonly entryCount: number;
  /** Where the end structures begin, and so where the directory has to end. */
  readonly boundary: number;
  /** The archive comment, as far as the file holds it. */
  readonly comment: ByteRange;
  /** Bytes that the end structures themselves take, comment included. */
  readonly claims: readonly ByteRange[];
}

interface Fields {
  readonly disk: number;
  readonly directoryDisk: number;
  readonly countHere: number;
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

/** The end record that most readers would take: the last one; null where the file has none. */
export function findEndRecord(source: ByteSource, findings: FindingSink): EndRecord | null {
  const offset = locate(source);
  if (offset === null) return null;
  const bytes = Buffer.from(source.peek(offset, END_LENGTH));
  const plain: Fields = {
    disk: bytes.readUInt16LE(4),
    directoryDisk: bytes.readUInt16LE(6),
    countHere: bytes.readUInt16LE(8),
    count: bytes.readUInt16LE(10),
    size: bytes.readUInt32LE(12),
    offset: bytes.readUInt32LE(16),
  };
  const say = reporter(findings, offset, END_LENGTH);
  const comment = commentRange(source, offset, bytes.readUInt16LE(20), say);
  const wide = readZip64(source, offset, plain, say);
  const fields = wide?.fields ?? plain;
  if (fields.disk !== 0 || fields.directoryDisk !== 0) say("multi-disk", `disk ${fields.disk}`);
  if (fields.countHere !== fields.count)
    say("entry-count", `counts ${fields.countHere} and ${fields.count} entries at once`);
  return {
    offset,
    directoryOffset: fields.offset,
    directorySize: fields.size,
    entryCount: fields.count,
    boundary: wide?.start ?? offset,
    comment,
    claims: [{ start: offset, end: comment.end }, ...(wide?.claims ?? [])],
  };
}

type Say = (code: ArchiveFindingCode, detail: string) => void;

function reporter(findings: FindingSink, offset: number, length: number): Say {
  return (code, detail) =>
    findings.add({ code, level: "finding", detail, entry: null, offset, length });
}

/** The last record whose comment ends with the file, else the last one at all. */
function locate(source: ByteSource): number | null {
  const window = Math.min(source.size, END_LENGTH + COMMENT_MAX);
  const start = source.size - window;
  const tail = Buffer.from(source.peek(start, window));
  let last: number | null = null;
  for (let at = tail.length - END_LENGTH; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== END) continue;
    last ??= start + at;
    if (at + END_LENGTH + tail.readUInt16LE(at + 20) === tail.length) return start + at;
  }
  return last;
}

function commentRange(source: ByteSource, offset: number, stated: number, say: Say): ByteRange {
  const start = offset + END_LENGTH;
  const end = Math.min(source.size, start + stated);
  if (start + stated > source.size)
    say("comment-length", `states ${stated} bytes of comment, ${end - start} are there`);
  return { start, end };
}

interface Wide {
  readonly fields: Fields;
  readonly start: number;
  readonly claims: readonly ByteRange[];
}

/** ZIP64 end record, found by its locator; where bytes stand in front of the archive, just before it. */
function readZip64(source: ByteSource, end: number, plain: Fields, say: Say): Wide | null {
  const locatorAt = end - LOCATOR_LENGTH;
  if (locatorAt < 0 || signatureAt(source, locatorAt) !== LOCATOR) return null;
  const stated = uint64(source.peek(locatorAt, LOCATOR_LENGTH), 8);
  const locator = { start: locatorAt, end };
  const at = [stated, locatorAt - END64_LENGTH].find((at) => isEnd64(source, at, locatorAt));
  if (at === undefined) {
    say("zip64-disagrees", "the ZIP64 locator points to no ZIP64 end record");
    return { fields: plain, start: locatorAt, claims: [locator] };
  }
  if (at !== stated) say("zip64-disagrees", `the ZIP64 end record stands at ${at}, not ${stated}`);
  const bytes = Buffer.from(source.peek(at, END64_LENGTH));
  const fields: Fields = {
    disk: bytes.readUInt32LE(16),
    directoryDisk: bytes.readUInt32LE(20),
    countHere: uint64(bytes, 24),
    count: uint64(bytes, 32),
    size: uint64(bytes, 40),
    offset: uint64(bytes, 48),
  };
  compare(plain, fields, say);
  // An extensible data sector may follow the fixed part (section 4.3.14.1).
  const tail = Math.min(locatorAt, at + 12 + uint64(bytes, 4));
  return { fields, start: at, claims: [locator, { start: at, end: Math.max(tail, at) }] };
}

function isEnd64(source: ByteSource, at: number, limit: number): boolean {
  return at + END64_LENGTH <= limit && signatureAt(source, at) === END64;
}

/** A plain field must be its ZIP64 twin or the mark that says "look there". */
function compare(plain: Fields, wide: Fields, say: Say): void {
  const pairs: readonly (readonly [keyof Fields, number])[] = [
    ["count", 0xffff],
    ["size", 0xffffffff],
    ["offset", 0xffffffff],
  ];
  for (const [name, mark] of pairs) {
    if (plain[name] !== mark && plain[name] !== wide[name])
      say(
        "zip64-disagrees",
        `directory ${name} is ${plain[name]} plain and ${wide[name]} in ZIP64`,
      );
  }
}
