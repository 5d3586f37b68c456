/**
 * The one layout of a bundle's ZIP, byte for byte: PKWARE APPNOTE 6.3 records as archiver writes them
 * for stored entries of one date and mode. The writer writes these records, and the reader compares
 * the file with them, so that no bit of a header is free.
 */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly crc32: number;
}

export interface PlacedEntry extends ZipEntry {
  /** Where its local header starts, in bytes from the start of the file. */
  readonly header: number;
}

export const LOCAL_SIGNATURE = 0x04034b50;
export const CENTRAL_SIGNATURE = 0x02014b50;
export const END_SIGNATURE = 0x06054b50;
export const LOCAL_LENGTH = 30;
export const CENTRAL_LENGTH = 46;
export const END_LENGTH = 22;

/** 1980-01-01 00:00:00, the first date of a ZIP: one fixed date tells nothing and changes nothing. */
export const FIXED_DATE: Date = new Date(Date.UTC(1980, 0, 1));
export const FIXED_MODE = 0o644;

const DOS_DATE = 0x0021;
const VERSION = 10;
const VERSION_64 = 45;
const MADE_BY = (3 << 8) | 45;
/** A regular file of mode 0644 in the upper half, the DOS archive bit in the lower. */
const ATTRIBUTES = 0x81a40020;
const LIMIT_32 = 0xffffffff;
const LIMIT_16 = 0xffff;
const EXTRA_64 = 0x0001;

/** Local file header (4.3.7). From 4 GiB the sizes stand in a ZIP64 extra field of 20 bytes. */
export function localHeader(entry: ZipEntry): Buffer {
  const large = entry.size >= LIMIT_32;
  const record = Buffer.alloc(LOCAL_LENGTH);
  record.writeUInt32LE(LOCAL_SIGNATURE, 0);
  record.writeUInt16LE(large ? VERSION_64 : VERSION, 4);
  record.writeUInt16LE(DOS_DATE, 12);
  record.writeUInt32LE(entry.crc32, 14);
  record.writeUInt32LE(large ? LIMIT_32 : entry.size, 18);
  record.writeUInt32LE(large ? LIMIT_32 : entry.size, 22);
  record.writeUInt16LE(entry.name.length, 26);
  const extra = large ? extra64([entry.size, entry.size]) : Buffer.alloc(0);
  record.writeUInt16LE(extra.length, 28);
  return Buffer.concat([record, Buffer.from(entry.name, "latin1"), extra]);
}

/** Central directory header (4.3.12). Where size or place reach 4 GiB, all three go into a ZIP64 extra field. */
export function centralHeader(entry: PlacedEntry): Buffer {
  const large = entry.size >= LIMIT_32 || entry.header >= LIMIT_32;
  const record = Buffer.alloc(CENTRAL_LENGTH);
  record.writeUInt32LE(CENTRAL_SIGNATURE, 0);
  record.writeUInt16LE(MADE_BY, 4);
  record.writeUInt16LE(large ? VERSION_64 : VERSION, 6);
  record.writeUInt16LE(DOS_DATE, 14);
  record.writeUInt32LE(entry.crc32, 16);
  record.writeUInt32LE(large ? LIMIT_32 : entry.size, 20);
  record.writeUInt32LE(large ? LIMIT_32 : entry.size, 24);
  record.writeUInt16LE(entry.name.length, 28);
  const extra = large ? extra64([entry.size, entry.size, entry.header]) : Buffer.alloc(0);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(ATTRIBUTES, 38);
  record.writeUInt32LE(large ? LIMIT_32 : entry.header, 42);
  return Buffer.concat([record, Buffer.from(entry.name, "latin1"), extra]);
}

/** End of central directory (4.3.16), with the ZIP64 record and locator (4.3.14, 4.3.15) where 32 bits are too few. */
export function endRecords(entries: number, centralOffset: number, centralLength: number): Buffer {
  const large = entries >= LIMIT_16 || centralOffset >= LIMIT_32 || centralLength >= LIMIT_32;
  const record = Buffer.alloc(END_LENGTH);
  record.writeUInt32LE(END_SIGNATURE, 0);
  record.writeUInt16LE(large ? LIMIT_16 : entries, 8);
  record.writeUInt16LE(large ? LIMIT_16 : entries, 10);
  record.writeUInt32LE(large ? LIMIT_32 : centralLength, 12);
  record.writeUInt32LE(large ? LIMIT_32 : centralOffset, 16);
  return large
    ? Buffer.concat([endRecords64(entries, centralOffset, centralLength), record])
    : record;
}

/** The whole central directory and its end, for entries in the order they stand in the file. */
export function centralDirectory(entries: readonly PlacedEntry[], offset: number): Buffer {
  const headers = Buffer.concat(entries.map(centralHeader));
  return Buffer.concat([headers, endRecords(entries.length, offset, headers.length)]);
}

function endRecords64(entries: number, centralOffset: number, centralLength: number): Buffer {
  const record = Buffer.alloc(76);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(VERSION_64, 12);
  record.writeUInt16LE(VERSION_64, 14);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(centralLength), 40);
  record.writeBigUInt64LE(BigInt(centralOffset), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(centralOffset + centralLength), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function extra64(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8);
  extra.writeUInt16LE(EXTRA_64, 0);
  extra.writeUInt16LE(values.length * 8, 2);
  for (const [index, value] of values.entries()) {
    extra.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  }
  return extra;
}
