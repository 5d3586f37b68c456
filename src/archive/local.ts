import { type ByteSource, signatureAt, uint64 } from "./bytes.ts";
import type { CentralRecord } from "./directory.ts";
import { readExtra, widen } from "./extra.ts";
import type { ArchiveFindingCode, FindingSink } from "./finding.ts";

/** APPNOTE.TXT sections 4.3.7 and 4.3.9. */
const LOCAL = 0x04034b50;
const FIXED = 30;
const DESCRIPTOR = 0x08074b50;

const FLAG_ENCRYPTED = 0x0001;
const FLAG_DESCRIPTOR = 0x0008;
const FLAG_STRONG_ENCRYPTION = 0x0040;
export const FLAG_UTF8 = 0x0800;
/** Header values are masked, because the directory is encrypted. */
const FLAG_MASKED = 0x2000;
const ANY_ENCRYPTION = FLAG_ENCRYPTED | FLAG_STRONG_ENCRYPTION | FLAG_MASKED;
const COMPARED_FLAGS = FLAG_ENCRYPTED | FLAG_DESCRIPTOR | FLAG_STRONG_ENCRYPTION | FLAG_UTF8;

/** Where an entry's bytes stand: local header from `start`, data, and its descriptor up to `end`. */
export interface LocalSpan {
  readonly start: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly end: number;
  readonly encrypted: boolean;
}

/**
 * Reads the local header that a directory record points to and compares the two. Null where there is
 * none, or where the data would not end before `limit`; both are findings.
 */
export function readLocal(
  source: ByteSource,
  record: CentralRecord,
  limit: number,
  findings: FindingSink,
): LocalSpan | null {
  const start = record.localOffset;
  const fixed = source.peek(start, FIXED);
  const say = sayOf(record, findings);
  if (fixed.length < FIXED || fixed.readUInt32LE(0) !== LOCAL) {
    say("no-local-header", `the directory points to ${start}`);
    return null;
  }
  const nameLength = fixed.readUInt16LE(26);
  const length = FIXED + nameLength + fixed.readUInt16LE(28);
  const header = source.peek(start, length);
  const dataStart = start + length;
  const dataEnd = dataStart + record.compressedSize;
  if (header.length < length || !(dataEnd <= limit)) {
    say("out-of-bounds", `data would end at ${dataEnd}, after ${limit}`);
    return null;
  }
  // All is taken from the header before the next look into the file.
  const flags = header.readUInt16LE(6) | record.flags;
  const streamed = (header.readUInt16LE(6) & FLAG_DESCRIPTOR) !== 0;
  const differing = compare(header, record, nameLength, streamed);
  if (differing.length > 0)
    say("headers-disagree", `local header and directory differ in ${differing.join(", ")}`);
  return {
    start,
    dataStart,
    dataEnd,
    end: streamed ? dataEnd + descriptorLength(source, record, dataEnd, say) : dataEnd,
    encrypted: (flags & ANY_ENCRYPTION) !== 0,
  };
}

type Say = (code: ArchiveFindingCode, detail: string) => void;

function sayOf(record: CentralRecord, findings: FindingSink): Say {
  const { ordinal: entry, offset, length } = record;
  return (code, detail) => findings.add({ code, level: "finding", detail, entry, offset, length });
}

/** Names of the fields in which the two headers differ; a streamed entry may have zeros in the local one. */
function compare(
  header: Buffer,
  record: CentralRecord,
  nameLength: number,
  streamed: boolean,
): string[] {
  const differing: string[] = [];
  const check = (name: string, same: boolean): void => {
    if (!same) differing.push(name);
  };
  const extra = readExtra(header.subarray(FIXED + nameLength));
  const local = widen(
    {
      size: header.readUInt32LE(22),
      compressedSize: header.readUInt32LE(18),
      localOffset: 0,
    },
    extra.fields,
  );
  const crc = header.readUInt32LE(14);
  check("name", header.subarray(FIXED, FIXED + nameLength).equals(record.name));
  check("flags", ((header.readUInt16LE(6) ^ record.flags) & COMPARED_FLAGS) === 0);
  check("method", header.readUInt16LE(8) === record.method);
  check("time", header.readUInt16LE(10) === record.time && header.readUInt16LE(12) === record.date);
  check("crc", crc === record.crc || (streamed && crc === 0));
  check("size", sameSize(local.size, record.size, streamed));
  check("compressed size", sameSize(local.compressedSize, record.compressedSize, streamed));
  check("extra fields", !extra.malformed);
  return differing;
}

function sameSize(local: number, central: number, streamed: boolean): boolean {
  return local === central || (streamed && (local === 0 || local === 0xffffffff));
}

/** Length of the descriptor after the data, with or without signature, of 32 or 64-bit sizes. */
function descriptorLength(source: ByteSource, record: CentralRecord, at: number, say: Say): number {
  const signed = signatureAt(source, at) === DESCRIPTOR;
  for (const skip of signed ? [4, 0] : [0]) {
    for (const wide of [false, true]) {
      const length = skip + (wide ? 20 : 12);
      const bytes = source.peek(at, length).subarray(skip);
      if (bytes.length === length - skip && matches(bytes, record, wide)) return length;
    }
  }
  say("descriptor", "no data descriptor with the directory's values follows the data");
  return 0;
}

function matches(bytes: Buffer, record: CentralRecord, wide: boolean): boolean {
  const compressedSize = wide ? uint64(bytes, 4) : bytes.readUInt32LE(4);
  const size = wide ? uint64(bytes, 12) : bytes.readUInt32LE(8);
  return (
    bytes.readUInt32LE(0) === record.crc &&
    compressedSize === record.compressedSize &&
    size === record.size
  );
}
