import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync } from "node:fs";
import { Failure } from "../model/failure.ts";
import { errorCode } from "./durable.ts";
import { type PendingFolders, storeFile, type Stored } from "./originals.ts";
import { refusalOf, type SourcePath } from "./source.ts";

/** What became of one offered file. */
export type Acquisition =
  | {
      readonly kind: "stored";
      readonly stored: Stored;
      /** What of the file moved while it was read (`size`, `mtime`, `ctime`, `content`, `file`); empty is well. */
      readonly changed: readonly string[];
    }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Takes one file into the originals. It is opened once, never through a link and never waiting for a
 * writer; what was opened must be a regular file. The bytes stored are the bytes hashed, whatever
 * happened to the file meanwhile: `changed` tells.
 *
 * @throws Failure as storeFile, but for the source, whose faults are a refusal
 */
export function acquireFile(
  caseDir: string,
  path: SourcePath,
  pending?: PendingFolders,
): Acquisition {
  const opened = openSource(path);
  if (typeof opened === "string") return { kind: "refused", reason: opened };
  try {
    const before = fstatSync(opened, { bigint: true });
    const refusal = refusalOf(before) ?? (before.isDirectory() ? "a folder" : null);
    if (refusal !== null) return { kind: "refused", reason: refusal };
    const stored = storeFile(caseDir, opened, path.toString(), pending);
    return { kind: "stored", stored, changed: changes(path, opened, before, stored) };
  } catch (error) {
    if (error instanceof Failure && error.code === "not-readable")
      return { kind: "refused", reason: error.message };
    throw error;
  } finally {
    closeSync(opened);
  }
}

/** The open file, or why it was not opened. Asked first: opening a device can already act on it. */
function openSource(path: SourcePath): number | string {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  try {
    return refusalOf(lstatSync(path, { bigint: true })) ?? openSync(path, flags);
  } catch (error) {
    const code = errorCode(error);
    return code === "ELOOP" ? "a symbolic link" : `cannot be opened: ${code}`;
  }
}

function changes(path: SourcePath, fd: number, before: BigIntStats, stored: Stored): string[] {
  const after = fstatSync(fd, { bigint: true });
  const changed: string[] = [];
  if (after.size !== before.size || BigInt(stored.size) !== before.size) changed.push("size");
  if (after.mtimeNs !== before.mtimeNs) changed.push("mtime");
  if (after.ctimeNs !== before.ctimeNs) changed.push("ctime");
  if (stored.sourceChanged === true) changed.push("content");
  if (!isStillAt(path, before)) changed.push("file");
  return changed;
}

/** True where the path still names the file that was read. */
function isStillAt(path: SourcePath, read: BigIntStats): boolean {
  try {
    const now = lstatSync(path, { bigint: true });
    return now.ino === read.ino && now.dev === read.dev;
  } catch {
    return false;
  }
}
