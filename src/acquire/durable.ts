import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { Failure, type FailureCode } from "../model/failure.ts";
import { isObject } from "../model/json.ts";

/** File and folder modes of a case: nobody but its owner. */
export const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;
/** A stored original is not written again, not even by its owner. */
export const ORIGINAL_MODE = 0o400;

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EFBIG: "disk-full",
  EROFS: "read-only",
  EACCES: "read-only",
  EPERM: "read-only",
};

const MEANING: Readonly<Partial<Record<FailureCode, string>>> = {
  "disk-full": "there is no room left",
  "read-only": "nothing may be written there",
};

/** The system's error code (`ENOSPC`), or the empty string for any other thing thrown. */
export function errorCode(error: unknown): string {
  const code = isObject(error) ? error["code"] : undefined;
  return typeof code === "string" ? code : "";
}

/** What a failed write in the case means for the user; a Failure stays what it is. */
export function writeFailure(cause: unknown, path: string): Failure {
  if (cause instanceof Failure) return cause;
  const code = CODES[errorCode(cause)] ?? "failed";
  const meaning = MEANING[code] ?? (errorCode(cause) || "the write failed");
  return new Failure(code, `${path} cannot be written: ${meaning}`, [], cause);
}

/** Makes a folder of the case, readable by its owner alone; true where it was not there before. */
export function makeFolder(path: string): boolean {
  return mkdirSync(path, { recursive: true, mode: FOLDER_MODE }) !== undefined;
}

/** Makes the names in a folder durable; systems that cannot open a folder keep them durable themselves. */
export function syncFolder(path: string): void {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (error) {
    if (process.platform === "win32" && ["EISDIR", "EPERM"].includes(errorCode(error))) return;
    throw error;
  }
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
