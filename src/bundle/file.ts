import { closeSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { digester, sha256 } from "../hash/digest.ts";
import { Failure } from "../model/failure.ts";
import type { Sha256 } from "../model/artifact.ts";

/** A file that is to stand in a bundle: its name there, what is known of its bytes, and the bytes. */
export interface BundleFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: Sha256;
  readonly crc32: number;
  /** The bytes in order, every call anew; a chunk is valid until the next is taken. */
  readonly read: () => Iterable<Uint8Array>;
}

/** Bytes at hand as a file of a bundle; text is written as UTF-8. */
export function fileOf(name: string, content: Uint8Array | string): BundleFile {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  return {
    name,
    size: bytes.length,
    sha256: sha256(bytes),
    crc32: crc32(bytes),
    read: () => [bytes],
  };
}

/**
 * A stored file, streamed from disk; it is read once here for its digests.
 *
 * @throws Failure `not-readable` where it cannot be opened.
 */
export function fileFrom(name: string, path: string): BundleFile {
  const digest = digester();
  let crc = 0;
  let size = 0;
  for (const chunk of fileChunks(path)) {
    digest.update(chunk);
    crc = crc32(chunk, crc);
    size += chunk.length;
  }
  return { name, size, sha256: digest.hex(), crc32: crc, read: () => fileChunks(path) };
}

const CHUNK = 1 << 20;

/** A file's bytes from disk in chunks of one buffer, which is used again. */
export function* fileChunks(path: string): Generator<Uint8Array> {
  const handle = openForReading(path);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const length = readSync(handle, buffer, 0, CHUNK, null);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
}

function openForReading(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new Failure("not-readable", `cannot read ${path}`, [], cause);
  }
}
