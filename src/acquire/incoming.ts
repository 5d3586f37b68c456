import { closeSync, fchmodSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { digester } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import { digestFile, openForReading, sameBytes } from "./bytes.ts";
import { errorCode, FILE_MODE, ORIGINAL_MODE, writeFailure } from "./durable.ts";

/** Begins the name of every copy that is not yet an original. */
export const INCOMING_PREFIX = ".incoming-";

/** A copy on its way into the originals, under a name that no original has. */
export interface Incoming {
  readonly path: string;
  /** Writes and hashes; the chunk is not kept. */
  readonly write: (chunk: Uint8Array) => void;
  /** Digest and size of all that was written; may be called once. */
  readonly digest: () => { readonly sha256: Sha256; readonly size: number };
  /** Makes the bytes durable and the file read-only. */
  readonly seal: () => void;
  /** Closes, and removes the copy if it still stands under this name. */
  readonly drop: () => void;
}

export function openIncoming(folder: string): Incoming {
  const { fd, path } = create(folder);
  const hash = digester();
  let size = 0;
  let open = true;
  return {
    path,
    write: (chunk) => {
      hash.update(chunk);
      size += chunk.length;
      writeAll(fd, chunk, path);
    },
    digest: () => ({ sha256: hash.hex(), size }),
    seal: () => {
      fchmodSync(fd, ORIGINAL_MODE);
      fsyncSync(fd);
    },
    drop: () => {
      if (open) closeSync(fd);
      open = false;
      rmSync(path, { force: true });
    },
  };
}

function writeAll(fd: number, chunk: Uint8Array, path: string): void {
  try {
    for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
  } catch (error) {
    throw writeFailure(error, path);
  }
}

/**
 * Reads a sealed copy back. Against a source that can be read twice this compares bytes, which is
 * cheaper than a second digest and also sees what went wrong before the first; else, and where the
 * two differ, the copy's digest decides.
 *
 * @returns false where the source now gives other bytes than were hashed
 * @throws Failure `failed` where the copy is not what was written
 */
export function readBack(path: string, sha256: Sha256, source: number | null): boolean {
  if (source !== null && holdsSame(path, source)) return true;
  if (digestFile(path) === sha256) return source === null;
  throw new Failure("failed", `${path} reads back other bytes than were written`, [
    "the disk or the memory of this machine may be faulty",
  ]);
}

/** True where the file at `path` holds what the open source gives; false too where that cannot be read. */
export function holdsSame(path: string, source: number): boolean {
  const copy = openForReading(path);
  try {
    return sameBytes(copy.fd, source, path);
  } catch (error) {
    // A source that can no longer be read is not compared; the copy is judged by its digest.
    if (error instanceof Failure) return false;
    throw error;
  } finally {
    copy.close();
  }
}

let created = 0;

function create(folder: string): { readonly fd: number; readonly path: string } {
  for (;;) {
    const path = join(folder, `${INCOMING_PREFIX}${process.pid}-${created++}`);
    try {
      return { fd: openSync(path, "wx", FILE_MODE), path };
    } catch (error) {
      // A process with this id was killed here before.
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}
