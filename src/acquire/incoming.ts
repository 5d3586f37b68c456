import { closeSync, fchmodSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { digester } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import { digestFile } from "./bytes.ts";
import { errorCode, FILE_MODE, ORIGINAL_MODE, writeFailure } from "./durable.ts";

/** Begins the name of every copy that is not yet an original. */
export const INCOMING_PREFIX = ".incoming-";

/** A copy on its way into the originals, under a name that no original has. */
export interface Incoming {
  readonly path: string;
  /** Writes and hashes; the chunk is not kept. */
  readonly write: (chunk: Uint8Array) => void;
  /** Makes the bytes durable and read-only; may be called once. */
  readonly finish: () => { readonly sha256: Sha256; readonly size: number };
  /** Reads the copy back; throws Failure `failed` where it is not what was written. */
  readonly verify: () => void;
  /** Closes, and removes the copy if it still stands under this name. */
  readonly drop: () => void;
}

export function openIncoming(folder: string): Incoming {
  const { fd, path } = create(folder);
  const hash = digester();
  let size = 0;
  let sha256: Sha256 = "";
  let open = true;
  const close = (): void => {
    if (open) closeSync(fd);
    open = false;
  };
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      throw writeFailure(error, path);
    }
  };
  return {
    path,
    write: (chunk) => {
      hash.update(chunk);
      size += chunk.length;
      guarded(() => {
        for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
      });
    },
    finish: () => {
      guarded(() => {
        fchmodSync(fd, ORIGINAL_MODE);
        fsyncSync(fd);
        close();
      });
      sha256 = hash.hex();
      return { sha256, size };
    },
    verify: () => {
      if (digestFile(path) !== sha256)
        throw new Failure("failed", `${path} reads back other bytes than were written`, [
          "the disk or the memory of this machine may be faulty",
        ]);
    },
    drop: () => {
      close();
      rmSync(path, { force: true });
    },
  };
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
