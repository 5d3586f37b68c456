import { Failure } from "../model/failure.ts";
import { isObject } from "../model/json.ts";

/** The system's code of an error, such as `ENOSPC`; null where it has none. */
export function codeOf(error: unknown): string | null {
  return isObject(error) && typeof error["code"] === "string" ? error["code"] : null;
}

/** What a failed write to `path` means to the person who asked for it; a Failure stays what it is. */
export function writeFailure(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error;
  const code = codeOf(error) ?? "";
  if (code === "EEXIST") return new Failure("target-exists", `${path} is already there`, [], error);
  if (FULL.has(code)) {
    return new Failure("disk-full", `no room left to write ${path}`, [], error);
  }
  if (FORBIDDEN.has(code)) return new Failure("read-only", `cannot write ${path}`, [], error);
  if (code === "ENOENT") return new Failure("not-found", `no folder for ${path}`, [], error);
  return new Failure("failed", `cannot write ${path}`, [], error);
}

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const FORBIDDEN = new Set(["EROFS", "EACCES", "EPERM"]);
