import { closeSync } from "node:fs";
import { digester } from "../hash/digest.ts";
import { Failure } from "../model/failure.ts";
import { type Bytes, bytesOf, openRegular } from "./bytes.ts";
import type { Problem } from "./problem.ts";
import { type StoredEntry, walk } from "./walk.ts";

/**
 * A bundle opened for checking. `problems` are empty exactly where every byte of the file is accounted
 * for by the canonical layout; `entries` are then all of them, else those that could be read.
 */
export interface StrictBundle {
  readonly path: string;
  readonly size: number;
  readonly problems: readonly Problem[];
  readonly entries: readonly StoredEntry[];
  readonly find: (name: string) => StoredEntry | undefined;
  /**
   * The whole content; null where there is no such entry.
   *
   * @throws Failure `refused` where it is larger than `limit` bytes, `integrity` where the file is no
   *   longer what was opened.
   */
  readonly read: (name: string, limit: number) => Buffer | null;
  /**
   * The content in chunks of one buffer, which is used again; empty where there is no such entry.
   *
   * @throws Failure `integrity` after the last chunk, where the bytes are no longer what was opened.
   */
  readonly chunks: (name: string) => Iterable<Uint8Array>;
  /** Bytes within an entry; null where they reach beyond it. */
  readonly slice: (entry: StoredEntry, offset: number, length: number) => Buffer | null;
  readonly close: () => void;
}

/**
 * Opens a bundle and reads every byte of it once. A damaged or foreign file is no error: what is wrong
 * with it stands in `problems`.
 *
 * @throws Failure `not-found` where there is no such file, `not-readable` where it is not a regular
 *   file or cannot be read.
 */
export function openBundle(path: string): StrictBundle {
  const handle = openRegular(path);
  try {
    const bytes = bytesOf(handle);
    const { entries, problems } = walk(bytes);
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    return {
      path,
      size: bytes.size,
      problems,
      entries,
      find: (name) => byName.get(name),
      read: (name, limit) => readWhole(bytes, byName.get(name), limit),
      chunks: (name) => unchanged(bytes, byName.get(name)),
      slice: (entry, offset, length) => sliceOf(bytes, entry, offset, length),
      close: () => closeSync(handle),
    };
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

function readWhole(bytes: Bytes, entry: StoredEntry | undefined, limit: number): Buffer | null {
  if (entry === undefined) return null;
  if (entry.size > limit) {
    throw new Failure(
      "refused",
      `${entry.name} has ${entry.size} bytes, at most ${limit} are read`,
    );
  }
  // Each chunk is copied before the next is taken: they share one buffer.
  return Buffer.concat(Array.from(unchanged(bytes, entry), (chunk) => Buffer.from(chunk)));
}

/** What is parsed is what was hashed: a file that changes in between is not read past this. */
function* unchanged(bytes: Bytes, entry: StoredEntry | undefined): Generator<Uint8Array> {
  if (entry === undefined) return;
  const digest = digester();
  for (const chunk of bytes.stream(entry.offset, entry.size)) {
    digest.update(chunk);
    yield chunk;
  }
  if (digest.hex() !== entry.sha256) {
    throw new Failure("integrity", `${entry.name} changed while it was read`);
  }
}

function sliceOf(bytes: Bytes, entry: StoredEntry, offset: number, length: number): Buffer | null {
  if (offset < 0 || length < 0 || offset + length > entry.size) return null;
  const slice = bytes.at(entry.offset + offset, length);
  return slice.length === length ? slice : null;
}
