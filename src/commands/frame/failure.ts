import { Failure, type FailureCode } from "../../model/failure.ts";
import { stringAt } from "../../model/json.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/**
 * Anything that was thrown, as a Failure. What the operating system refuses is a failure with a reason;
 * what is neither that nor a Failure is a bug.
 */
export function asFailure(error: unknown, signal: AbortSignal): Failure {
  if (error instanceof Failure) return error;
  if (signal.aborted && stringAt(error, "name") === "AbortError") {
    return new Failure("interrupted", "interrupted", [], error);
  }
  const message = error instanceof Error ? error.message : String(error);
  const known = CODES[stringAt(error, "code") ?? ""];
  if (known !== undefined && stringAt(error, "syscall") !== undefined) {
    return new Failure(known, message, [], error);
  }
  const index = INDEX_CODES.find(
    ([prefix]) => stringAt(error, "code")?.startsWith(prefix) ?? false,
  );
  if (index !== undefined) {
    const [, code, hints] = index;
    return new Failure(code, `the index of the case: ${message}`, hints, error);
  }
  return new Failure(
    "bug",
    `unexpected: ${message}`,
    ["this is a bug in exhibita; --debug shows where"],
    error,
  );
}

/** Says a failure the way docs/cli promises, and gives the exit code. */
export function sayFailure(failure: Failure, terminal: Terminal, debug: boolean): number {
  const { code, exit, message, hints } = failure;
  if (debug) for (const line of stackOf(failure)) terminal.say(line);
  if (terminal.json) {
    terminal.note({ type: "error", code, exit, message, hints });
  } else {
    terminal.fail(message);
    for (const hint of hints) terminal.hint(hint);
  }
  return exit;
}

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "read-only",
  EACCES: "not-readable",
  EPERM: "not-readable",
  EIO: "failed",
  EISDIR: "failed",
  ENOTDIR: "failed",
  EMFILE: "failed",
  ENFILE: "failed",
  EEXIST: "target-exists",
  ENOENT: "not-found",
};

/** What SQLite reports of the index, by the beginning of its code. */
const INDEX_CODES: readonly (readonly [string, FailureCode, readonly string[]])[] = [
  ["SQLITE_NOTADB", "integrity", ["exhibita rebuild makes it anew from originals and journal"]],
  ["SQLITE_CORRUPT", "integrity", ["exhibita rebuild makes it anew from originals and journal"]],
  ["SQLITE_FULL", "disk-full", []],
  ["SQLITE_READONLY", "read-only", []],
  ["SQLITE_CANTOPEN", "not-readable", []],
  ["SQLITE_IOERR", "failed", []],
  ["SQLITE_BUSY", "locked", ["another process is writing: give --wait SECONDS"]],
];

const DEEPEST = 5;

function stackOf(failure: Failure): readonly string[] {
  const lines: string[] = [];
  let error: unknown = failure;
  for (let depth = 0; error instanceof Error && depth < DEEPEST; depth++) {
    lines.push(...(error.stack ?? error.message).split("\n"));
    error = error.cause;
  }
  return lines;
}
