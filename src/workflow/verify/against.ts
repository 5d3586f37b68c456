import { closeSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bytesOf, digestsAt, openRegular } from "../../bundle/bytes.ts";
import type { Sha256 } from "../../model/artifact.ts";
import { Failure } from "../../model/failure.ts";
import type { ListedArtifact } from "./artifact.ts";

/** Folders within folders beyond this are not entered. */
const MAX_DEPTH = 64;

/**
 * Looks through the files and folders a person named for the sources of a bundle. Only files of a
 * source's size are read; links are not followed.
 *
 * @returns the paths found, by SHA-256
 * @throws Failure `not-found` for a path that is not there
 */
export function findSources(
  paths: readonly string[],
  artifacts: Iterable<ListedArtifact>,
): ReadonlyMap<Sha256, string> {
  const wanted = new Map<number, Set<Sha256>>();
  for (const { size, sha256 } of artifacts) {
    if (sha256 !== null) wanted.set(size, (wanted.get(size) ?? new Set()).add(sha256));
  }
  const found = new Map<Sha256, string>();
  for (const path of paths) {
    for (const { file, size } of filesUnder(path, 0)) {
      const digests = wanted.get(size);
      if (digests === undefined) continue;
      const digest = digestOf(file);
      if (digests.has(digest)) found.set(digest, file);
    }
  }
  return found;
}

function* filesUnder(path: string, depth: number): Generator<{ file: string; size: number }> {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw new Failure("not-found", `no such file or folder: ${path}`);
  if (status.isFile()) yield { file: path, size: status.size };
  if (!status.isDirectory() || depth > MAX_DEPTH) return;
  for (const name of readdirSync(path)) yield* filesUnder(join(path, name), depth + 1);
}

function digestOf(path: string): Sha256 {
  const handle = openRegular(path);
  try {
    const bytes = bytesOf(handle);
    return digestsAt(bytes, 0, bytes.size).sha256;
  } finally {
    closeSync(handle);
  }
}
