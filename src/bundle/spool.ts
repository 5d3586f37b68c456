import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { digester } from "../hash/digest.ts";
import { type BundleFile, fileChunks } from "./file.ts";

/** Takes a generated file piece by piece, and becomes a file of a bundle. */
export interface Spool {
  /** Adds bytes, or the UTF-8 of a text. */
  readonly write: (piece: Uint8Array | string) => void;
  /** Ends the file; may be called once. What it gives can be read until `discard`. */
  readonly close: () => BundleFile;
  /** Removes what was put on disk; safe to call more than once. */
  readonly discard: () => void;
}

/** Up to here a generated file stays in memory. */
const IN_MEMORY = 32 << 20;
/** Small pieces are joined before they are hashed and written. */
const BLOCK = 256 << 10;

/**
 * A spool for the file `name` of a bundle. Beyond 32 MiB it goes on in a temporary file in `folder`
 * (mode 0600, named after `name`, refused where that exists).
 */
export function openSpool(name: string, folder: string): Spool {
  const path = join(folder, `${name.replaceAll("/", "_")}.spool`);
  const digest = digester();
  let crc = 0;
  let size = 0;
  let memory: Buffer[] = [];
  let pending: Buffer[] = [];
  let pendingSize = 0;
  let handle: number | null = null;
  let onDisk = false;

  function flush(): void {
    if (pendingSize === 0) return;
    const block = Buffer.concat(pending, pendingSize);
    pending = [];
    pendingSize = 0;
    digest.update(block);
    crc = crc32(block, crc);
    size += block.length;
    keep(block);
  }

  function keep(block: Buffer): void {
    if (handle === null && size <= IN_MEMORY) {
      memory.push(block);
      return;
    }
    if (handle === null) {
      handle = openSync(path, "wx", 0o600);
      onDisk = true;
      for (const earlier of memory) writeAll(handle, earlier);
      memory = [];
    }
    writeAll(handle, block);
  }

  function release(): void {
    if (handle !== null) closeSync(handle);
    handle = null;
  }

  return {
    write: (piece) => {
      // A copy, since the caller may use its buffer again.
      const bytes = typeof piece === "string" ? Buffer.from(piece, "utf8") : Buffer.from(piece);
      pending.push(bytes);
      pendingSize += bytes.length;
      if (pendingSize >= BLOCK) flush();
    },
    close: () => {
      flush();
      release();
      return {
        name,
        size,
        sha256: digest.hex(),
        crc32: crc,
        read: () => (onDisk ? fileChunks(path) : memory),
      };
    },
    discard: () => {
      release();
      memory = [];
      if (onDisk) unlinkSync(path);
      onDisk = false;
    },
  };
}

/** Writes every byte: a single call may write fewer than asked. */
export function writeAll(handle: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(handle, bytes, at, bytes.length - at);
}
