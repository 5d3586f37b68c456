import { crc32, deflateRawSync } from "node:zlib";

/** One entry to write; every field may lie. */
export interface Part {
  readonly name: string | Buffer;
  readonly data?: string | Buffer;
  readonly deflate?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly compressedSize?: number;
  readonly attributes?: number;
  readonly extra?: Buffer;
  readonly comment?: string;
  /** Fields of the local header where they differ from the directory's. */
  readonly localName?: string;
  readonly localMethod?: number;
  readonly localOffset?: number;
  /** Bytes put in front of the local header. */
  readonly before?: Buffer;
  /** Writes a data descriptor and zeros in the local header. */
  readonly streamed?: boolean;
  /** Left out of the directory. */
  readonly hidden?: boolean;
}

/** What the end of the archive says and carries, where it differs from the truth. */
export interface Tail {
  readonly prefix?: Buffer;
  readonly comment?: Buffer;
  readonly trailer?: Buffer;
  readonly count?: number;
  readonly directoryOffset?: number;
  readonly disk?: number;
  readonly zip64?: { readonly count?: number };
}

const TIME = 0x6000;
const DATE = 0x5821;

/** Writes a ZIP by hand, so that each field can be made to lie. */
export function zip(parts: readonly Part[], tail: Tail = {}): Buffer {
  const out: Buffer[] = [tail.prefix ?? Buffer.alloc(0)];
  const directory: Buffer[] = [];
  let at = 0;
  const put = (bytes: Buffer): void => {
    out.push(bytes);
    at += bytes.length;
  };
  for (const part of parts) {
    put(part.before ?? Buffer.alloc(0));
    if (part.hidden !== true) directory.push(central(part, part.localOffset ?? at));
    put(local(part));
  }
  const start = at;
  for (const record of directory) put(record);
  put(end(directory.length, at - start, start, at, tail));
  return Buffer.concat([...out, tail.trailer ?? Buffer.alloc(0)]);
}

function content(part: Part): { plain: Buffer; packed: Buffer } {
  const plain = Buffer.from(part.data ?? "");
  return { plain, packed: part.deflate === true ? deflateRawSync(plain) : plain };
}

function methodOf(part: Part): number {
  return part.method ?? (part.deflate === true ? 8 : 0);
}

function local(part: Part): Buffer {
  const { plain, packed } = content(part);
  const name = Buffer.from(part.localName ?? part.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE((part.flags ?? 0) | (part.streamed === true ? 8 : 0), 6);
  header.writeUInt16LE(part.localMethod ?? methodOf(part), 8);
  header.writeUInt16LE(TIME, 10);
  header.writeUInt16LE(DATE, 12);
  const values = Buffer.alloc(12);
  values.writeUInt32LE(part.crc ?? crc32(plain), 0);
  values.writeUInt32LE(part.compressedSize ?? packed.length, 4);
  values.writeUInt32LE(part.size ?? plain.length, 8);
  if (part.streamed !== true) values.copy(header, 14);
  header.writeUInt16LE(name.length, 26);
  const mark = Buffer.from("PK\u0007\u0008", "latin1");
  return Buffer.concat([header, name, packed, ...(part.streamed === true ? [mark, values] : [])]);
}

function central(part: Part, offset: number): Buffer {
  const { plain, packed } = content(part);
  const name = Buffer.from(part.name);
  const extra = part.extra ?? Buffer.alloc(0);
  const comment = Buffer.from(part.comment ?? "");
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(0x0314, 4);
  record.writeUInt16LE(20, 6);
  record.writeUInt16LE((part.flags ?? 0) | (part.streamed === true ? 8 : 0), 8);
  record.writeUInt16LE(methodOf(part), 10);
  record.writeUInt16LE(TIME, 12);
  record.writeUInt16LE(DATE, 14);
  record.writeUInt32LE(part.crc ?? crc32(plain), 16);
  record.writeUInt32LE(part.compressedSize ?? packed.length, 20);
  record.writeUInt32LE(part.size ?? plain.length, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt16LE(comment.length, 32);
  record.writeUInt32LE(part.attributes ?? 0, 38);
  record.writeUInt32LE(offset, 42);
  return Buffer.concat([record, name, extra, comment]);
}

function end(count: number, size: number, start: number, at: number, tail: Tail): Buffer {
  const comment = tail.comment ?? Buffer.alloc(0);
  const stated = tail.directoryOffset ?? start;
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(tail.disk ?? 0, 4);
  record.writeUInt16LE(tail.count ?? count, 8);
  record.writeUInt16LE(tail.count ?? count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(stated, 16);
  record.writeUInt16LE(comment.length, 20);
  if (tail.zip64 === undefined) return Buffer.concat([record, comment]);
  const wide = Buffer.alloc(76);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeBigUInt64LE(BigInt(tail.zip64.count ?? count), 24);
  wide.writeBigUInt64LE(BigInt(tail.zip64.count ?? count), 32);
  wide.writeBigUInt64LE(BigInt(size), 40);
  wide.writeBigUInt64LE(BigInt(stated), 48);
  wide.writeUInt32LE(0x07064b50, 56);
  wide.writeBigUInt64LE(BigInt(at), 64);
  wide.writeUInt32LE(1, 72);
  return Buffer.concat([wide, record, comment]);
}
