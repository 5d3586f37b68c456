import { lstatSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import { chunksOf, digestFile, openForReading } from "./bytes.ts";
import { errorCode, makeFolder, syncFolder, writeFailure } from "./durable.ts";
import { type Incoming, INCOMING_PREFIX, openIncoming, holdsSame, readBack } from "./incoming.ts";

/**
 * The originals of a case: each acquired file byte for byte, under its SHA-256. An original that
 * stands under its name is whole and durable; what is still arriving has a name of its own.
 */

/** One original. `existed` is true where the case had these bytes before. */
export interface Stored {
  readonly sha256: Sha256;
  readonly size: number;
  readonly path: string;
  readonly existed: boolean;
  /** Set where the source gave other bytes when it was read a second time, to compare. */
  readonly sourceChanged?: true;
}

/** Folders whose new names are not yet durable; `syncFolders` makes them so. */
export type PendingFolders = Set<string>;

/** Where an original stands: `originals/ab/abcd…` in the case folder. */
export function blobPath(caseDir: string, sha256: Sha256): string {
  return join(originalsOf(caseDir), sha256.slice(0, 2), sha256);
}

function originalsOf(caseDir: string): string {
  return join(caseDir, "originals");
}

/**
 * Path of an original that is there and has the bytes of its name: what is read from it may be signed.
 *
 * @throws Failure `integrity` naming it where it is missing or was changed
 */
export function soundOriginal(caseDir: string, sha256: Sha256): string {
  const path = blobPath(caseDir, sha256);
  let found: Sha256 | null = null;
  try {
    found = digestFile(path);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  if (found === sha256) return path;
  throw new Failure(
    "integrity",
    `original ${path} ${found === null ? "is missing or cannot be read" : "was changed"}`,
    ["exhibita check tells what else is damaged; put the file back from a copy of the case"],
  );
}

/**
 * Copies a file into the originals and hashes it in the same pass; the copy is read back and compared
 * before it gets its name.
 *
 * @param source an open file, read from its start, that stays the caller's; or a path
 * @param name what messages call the source
 * @param pending where given, folders are added to it and the caller syncs them; else they are synced
 * @throws Failure `not-readable` for the source; `disk-full`, `read-only` or `failed` for the case,
 *   with nothing left behind; `integrity` where the case holds other bytes under this digest
 */
export function storeFile(
  caseDir: string,
  source: number | string | Buffer,
  name: string = String(source),
  pending?: PendingFolders,
): Stored {
  if (typeof source === "number") return storeFd(caseDir, source, name, pending);
  const file = openForReading(source, name);
  try {
    return storeFd(caseDir, file.fd, name, pending);
  } finally {
    file.close();
  }
}

function storeFd(
  caseDir: string,
  source: number,
  name: string,
  pending: PendingFolders | undefined,
): Stored {
  const incoming = receive(caseDir);
  try {
    for (const chunk of chunksOf(source, name)) incoming.write(chunk);
    return settle(caseDir, incoming, source, pending);
  } finally {
    incoming.drop();
  }
}

/** As storeFile, from a stream; an error of the stream passes through and leaves nothing behind. */
export async function storeStream(
  caseDir: string,
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  pending?: PendingFolders,
): Promise<Stored> {
  const incoming = receive(caseDir);
  try {
    for await (const chunk of stream) incoming.write(chunk);
    return settle(caseDir, incoming, null, pending);
  } finally {
    incoming.drop();
  }
}

/** Makes the names in these folders durable, and forgets them. */
export function syncFolders(pending: PendingFolders): void {
  for (const folder of pending) {
    guarded(folder, () => syncFolder(folder));
    pending.delete(folder);
  }
}

/** Removes what a killed process left half stored; call under the case's lock. Returns how many. */
export function sweepIncoming(caseDir: string): number {
  const folder = originalsOf(caseDir);
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.startsWith(INCOMING_PREFIX));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return 0;
    throw writeFailure(error, folder);
  }
  guarded(folder, () => {
    for (const name of names) rmSync(join(folder, name), { force: true });
  });
  return names.length;
}

function receive(caseDir: string): Incoming {
  const folder = originalsOf(caseDir);
  return guarded(folder, () => {
    if (makeFolder(folder)) syncFolder(caseDir);
    return openIncoming(folder);
  });
}

/** Gives a whole, durable copy its name, or finds that the name is taken by the same bytes. */
function settle(
  caseDir: string,
  incoming: Incoming,
  source: number | null,
  pending: PendingFolders | undefined,
): Stored {
  const { sha256, size } = incoming.digest();
  const path = blobPath(caseDir, sha256);
  return guarded(path, () => {
    if (isStored(path, sha256, size, source)) return { sha256, size, path, existed: true };
    incoming.seal();
    const steady = readBack(incoming.path, sha256, source);
    name(incoming.path, path, pending);
    const stored = { sha256, size, path, existed: false };
    return steady ? stored : { ...stored, sourceChanged: true };
  });
}

/** True where the original is there and has these bytes; other bytes under its name are damage. */
function isStored(path: string, sha256: Sha256, size: number, source: number | null): boolean {
  try {
    const isWhole = lstatSync(path).size === size;
    if (isWhole && source !== null && holdsSame(path, source)) return true;
    if (isWhole && digestFile(path) === sha256) return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
  throw new Failure("integrity", `original ${path} does not hold the bytes of its name`, [
    "exhibita check tells what else is damaged",
  ]);
}

function name(from: string, to: string, pending: PendingFolders | undefined): void {
  const folder = dirname(to);
  makeFolder(folder);
  renameSync(from, to);
  // Both, even if the inner one was there: a killed process may have made it and not synced it.
  for (const each of [folder, dirname(folder)]) {
    if (pending === undefined) syncFolder(each);
    else pending.add(each);
  }
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    // What the case itself cannot read back is no fault of the source.
    if (error instanceof Failure && error.code === "not-readable")
      throw new Failure("failed", error.message, [], error);
    throw writeFailure(error, path);
  }
}
