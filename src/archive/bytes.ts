import { fstatSync, readSync } from "node:fs";

const WINDOW = 256 * 1024;

/** Random access to the bytes of an open file, of the size it had when it was opened. */
export interface ByteSource {
  readonly size: number;
  /** The bytes there; shorter where the file ends. Valid until the next call, not to be kept. */
  readonly peek: (offset: number, length: number) => Buffer;
  /** Fills `into` from `offset`; returns how many bytes there were. */
  readonly fill: (into: Buffer, offset: number) => number;
}

/** Reads the file behind `fd`, which stays the caller's; small reads near each other share a window. */
export function byteSource(fd: number): ByteSource {
  const size = fstatSync(fd).size;
  const fill = (into: Buffer, offset: number): number => {
    const wanted = Math.max(0, Math.min(into.length, size - offset));
    let have = 0;
    while (have < wanted) {
      const got = readSync(fd, into, have, wanted - have, offset + have);
      if (got === 0) break;
      have += got;
    }
    return have;
  };
  let window: Buffer = Buffer.alloc(0);
  let start = 0;
  const peek = (offset: number, length: number): Buffer => {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size) return Buffer.alloc(0);
    if (offset < start || offset + length > start + window.length) {
      const next = Buffer.allocUnsafe(Math.min(Math.max(length, WINDOW), size - offset));
      window = next.subarray(0, fill(next, offset));
      start = offset;
    }
    return window.subarray(offset - start, offset - start + length);
  };
  return { size, peek, fill };
}

/** The 32-bit signature at `offset`; -1 where the file ends before. */
export function signatureAt(source: ByteSource, offset: number): number {
  const bytes = source.peek(offset, 4);
  return bytes.length < 4 ? -1 : bytes.readUInt32LE(0);
}

/** An unsigned 64-bit number; above 2^53 only "too large" is meant, as no file is that long. */
export function uint64(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}
