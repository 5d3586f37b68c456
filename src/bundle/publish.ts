import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
} from "node:fs";
import { dirname } from "node:path";
import { Failure } from "../model/failure.ts";
import { codeOf } from "./system.ts";

/** A finished file under its working name, and the name it is to have. */
export interface Publication {
  readonly part: string;
  readonly final: string;
}

/**
 * Gives finished files their names: every file is on the disk before the first name is, and the
 * folders after the last. Nothing is ever replaced. Where one cannot be named, the ones before it stay
 * and its own part stays under its working name.
 *
 * @throws Failure `target-exists` where a name is taken.
 */
export function publish(publications: readonly Publication[]): void {
  for (const { part } of publications) syncPath(part);
  for (const publication of publications) give(publication);
  const folders = new Set(publications.map(({ final }) => dirname(final)));
  for (const folder of folders) syncFolder(folder);
}

/** A hard link refuses a taken name, where a rename would replace the file. */
function give({ part, final }: Publication): void {
  try {
    linkSync(part, final);
  } catch (error) {
    if (codeOf(error) === "EEXIST" || existsSync(final)) throw taken(final, error);
    // File systems without hard links (FAT, some network shares): the check above stands for the link's.
    renameSync(part, final);
    return;
  }
  unlinkSync(part);
}

function taken(final: string, cause: unknown): Failure {
  return new Failure(
    "target-exists",
    `${final} is already there`,
    ["nothing is overwritten: choose another folder, or make a new production"],
    cause,
  );
}

function syncPath(path: string): void {
  const handle = openSync(path, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A folder cannot be opened for this on Windows, where the rename itself is journalled. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
