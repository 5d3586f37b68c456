import { fstatSync, readSync } from "node:fs";
import { Failure } from "../model/failure.ts";

const WINDOW = 256 * 1024;

/**
 * Random access to the bytes of an open file, of the size it had when it was opened. Both reads throw
 * Failure `not-readable` where the file has become shorter since, or the system cannot read it.
 */
export interface ByteSource {
  readonly size: number;
  /** The bytes there; shorter where the file ends. Valid until the next call, not to be kept. */
  readonly peek: (offset: number, length: number) => Buffer;
  /** Fills `into` from `offset`, as far as the file goes; returns how many bytes that are. */
  readonly fill: (into: Buffer, offset: number) => number;
}

/** Reads the file behind `fd`, which stays the caller's; small reads near each other share a window. */
export function byteSource(fd: number, name: string): ByteSource {
  const stats = fstatSync(fd);
  if (!stats.isFile()) throw new Failure("not-readable", `${name} is not a regular file`);
  const { size } = stats;
  const fill = (into: Buffer, offset: number): number => {
    const wanted = Math.max(0, Math.min(into.length, size - offset));
    for (let have = 0; have < wanted;) {
      const got = readAt(fd, name, into.subarray(have, wanted), offset + have);
      if (got === 0) throw new Failure("not-readable", `${name} became shorter while it was read`);
      have += got;
    }
    return wanted;
  };
  let window: Buffer = Buffer.alloc(0);
  let start = 0;
  const peek = (offset: number, length: number): Buffer => {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size) return Buffer.alloc(0);
    if (offset < start || offset + length > start + window.length) {
      const next = Buffer.allocUnsafe(Math.min(Math.max(length, WINDOW), size - offset));
      fill(next, offset);
      window = next;
      start = offset;
    }
    return window.subarray(offset - start, offset - start + length);
  };
  return { size, peek, fill };
}

function readAt(fd: number, name: string, into: Buffer, offset: number): number {
  try {
    return readSync(fd, into, 0, into.length, offset);
  } catch (cause) {
    throw new Failure("not-readable", `${name} cannot be read at ${offset}`, [], cause);
  }
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
