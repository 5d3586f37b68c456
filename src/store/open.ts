import { chmodSync, existsSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { sha256 } from "../hash/digest.ts";
import { Failure } from "../model/failure.ts";
import { folded } from "./fold.ts";
import type { Migration } from "./migrations/index.ts";
import { MIGRATIONS } from "./migrations/index.ts";

export type Db = Database.Database;

/** Oldest SQLite without the FTS5 memory faults CVE-2026-11822 and -11824. */
const OLDEST_SQLITE = "3.53.2";

/**
 * Opens a case's index for writing, making or migrating it as needed. Every commit is on disk when it
 * returns (WAL with synchronous=FULL), and temporary files stay in the case's folder.
 *
 * @throws Failure `failed` for a SQLite older than this tool needs, or an index of a newer tool.
 */
export function openStore(path: string): Db {
  const db = connect(path, false);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  if (db.pragma("synchronous", { simple: true }) !== 2) {
    throw new Failure("failed", `the index does not keep its commits: ${path}`);
  }
  migrate(db, path);
  return db;
}

/** Opens a case's index for reading; another process may be writing. */
export function openStoreReadOnly(path: string): Db {
  if (!existsSync(path)) {
    throw new Failure("failed", `the case has no index: ${path}`, ["run `exhibita rebuild`"]);
  }
  return connect(path, true);
}

/** Removes an index with its companions, so that it can be built anew. */
export function removeStore(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true });
}

/** Version of the SQLite library in use. */
export function sqliteVersion(): string {
  const db = new Database(":memory:");
  try {
    return String(db.prepare("SELECT sqlite_version()").pluck().get());
  } finally {
    db.close();
  }
}

function connect(path: string, readonly: boolean): Db {
  let db: Db;
  try {
    db = new Database(path, { readonly, fileMustExist: readonly, timeout: 10_000 });
  } catch (cause) {
    throw new Failure(
      "failed",
      `the index could not be opened: ${path}`,
      ["run `exhibita check`"],
      cause,
    );
  }
  if (!readonly) chmodSync(path, 0o600);
  requireVersion(db);
  db.pragma("foreign_keys = ON");
  db.pragma("trusted_schema = OFF");
  db.pragma("cell_size_check = ON");
  db.pragma(`temp_store_directory = '${dirname(path).replaceAll("'", "''")}'`);
  db.pragma("cache_size = -65536");
  db.function("folded", { deterministic: true, directOnly: true }, (text) => folded(String(text)));
  return db;
}

function requireVersion(db: Db): void {
  const version = String(db.prepare("SELECT sqlite_version()").pluck().get());
  if (version.localeCompare(OLDEST_SQLITE, "en", { numeric: true }) < 0) {
    throw new Failure("failed", `SQLite ${version} is older than ${OLDEST_SQLITE}`, [
      "reinstall exhibita with its own dependencies",
    ]);
  }
}

function migrate(db: Db, path: string): void {
  db.exec(
    "CREATE TABLE IF NOT EXISTS migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL) STRICT;" +
      "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",
  );
  const applied = db
    .prepare<[], { id: number; digest: string }>("SELECT id, digest FROM migration ORDER BY id")
    .all();
  for (const { id, digest } of applied) {
    const known = MIGRATIONS.find((migration) => migration.id === id);
    if (known === undefined || digestOf(known) !== digest) {
      throw new Failure("failed", `the index was made by another version of exhibita: ${path}`, [
        "use that version, or run `exhibita rebuild` with this one",
      ]);
    }
  }
  for (const migration of MIGRATIONS.slice(applied.length)) apply(db, migration);
}

function apply(db: Db, migration: Migration): void {
  db.transaction(() => {
    db.exec(migration.sql);
    db.prepare("INSERT INTO migration (id, name, digest) VALUES (?, ?, ?)").run(
      migration.id,
      migration.name,
      digestOf(migration),
    );
  })();
}

function digestOf(migration: Migration): string {
  return sha256(migration.sql);
}
