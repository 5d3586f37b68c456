import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { Failure } from "../model/failure.ts";

/** Held by the one process that writes to a case. The kernel lets go of it when that process ends. */
export interface CaseLock {
  readonly release: () => void;
}

/**
 * Takes the write lock of a case, waiting up to `waitSeconds`. The lock is SQLite's own file lock on a
 * file of its own, so that a killed process leaves nothing to clean up.
 *
 * @throws Failure `locked` naming the owner, as far as it is known; `read-only` or `failed` where a lock
 *   cannot be had at all
 */
export async function lockCase(
  path: string,
  owner: string,
  waitSeconds: number,
): Promise<CaseLock> {
  const db = openLock(path);
  const note = `${path}.owner`;
  for (let left = waitSeconds * 10; ; left -= 1) {
    if (tryLock(db)) break;
    if (left <= 0) {
      db.close();
      throw new Failure("locked", `the case is locked by ${ownerIn(note)}`, [
        "wait for it to end, or give --wait SECONDS",
      ]);
    }
    await pause(100);
  }
  writeFileSync(note, owner, { mode: 0o600 });
  return {
    release: () => {
      db.exec("ROLLBACK");
      db.close();
    },
  };
}

function openLock(path: string): Database.Database {
  try {
    const db = new Database(path, { timeout: 0 });
    chmodSync(path, 0o600);
    return db;
  } catch (cause) {
    throw new Failure("read-only", `the case cannot be locked for writing: ${path}`, [], cause);
  }
}

function tryLock(db: Database.Database): boolean {
  try {
    db.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return false;
    db.close();
    throw new Failure("failed", `the case cannot be locked: ${db.name}`, [], error);
  }
}

function ownerIn(note: string): string {
  try {
    return readFileSync(note, "utf8");
  } catch {
    return "another process";
  }
}
