import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { digester } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import { codeOf } from "./system.ts";

/** Reads bytes at a place of the file; never more than there are. */
export interface Bytes {
  readonly size: number;
  /** A copy of the bytes, fewer where the file ends before. */
  readonly at: (offset: number, length: number) => Buffer;
  /** The bytes in chunks of one buffer, which is used again. */
  readonly stream: (offset: number, length: number) => Generator<Uint8Array>;
}

/** Opens a regular file for reading; no FIFO or device is waited for. */
export function openRegular(path: string): number {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (codeOf(error) === "ENOENT")
      throw new Failure("not-found", `no such file: ${path}`, [], error);
    throw new Failure("not-readable", `cannot read ${path}`, [], error);
  }
  if (!fstatSync(handle).isFile()) {
    closeSync(handle);
    throw new Failure("not-readable", `${path} is not a regular file`);
  }
  return handle;
}

const CHUNK = 1 << 20;

/** Reading by place on an open file. */
export function bytesOf(handle: number): Bytes {
  const size = fstatSync(handle).size;
  return {
    size,
    at: (offset, length) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      return buffer.subarray(0, fill(handle, buffer, offset));
    },
    *stream(offset, length) {
      const end = Math.min(offset + length, size);
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(CHUNK, end - offset)));
      for (let at = offset; at < end;) {
        const wanted = buffer.subarray(0, Math.min(buffer.length, end - at));
        const got = fill(handle, wanted, at);
        if (got === 0) return;
        yield wanted.subarray(0, got);
        at += got;
      }
    },
  };
}

function fill(handle: number, buffer: Buffer, offset: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const got = readSync(handle, buffer, filled, buffer.length - filled, offset + filled);
    if (got === 0) break;
    filled += got;
  }
  return filled;
}

/** Digests of `length` bytes from `offset`, in one pass. */
export function digestsAt(
  bytes: Bytes,
  offset: number,
  length: number,
): { readonly sha256: Sha256; readonly crc32: number } {
  const digest = digester();
  let crc = 0;
  for (const chunk of bytes.stream(offset, length)) {
    digest.update(chunk);
    crc = crc32(chunk, crc);
  }
  return { sha256: digest.hex(), crc32: crc };
}
