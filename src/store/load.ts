import type { Statement } from "better-sqlite3";
import type { Db } from "./open.ts";

/** What SQLite binds. */
export type Bound = string | number | null;

/** Columns of a message row as `load` takes them, in this order. Positions, since rows cross a thread. */
export const MESSAGE_COLUMNS = [
  "conversation",
  "account",
  "event",
  "kind",
  "name",
  "byte_offset",
  "byte_length",
  "part",
  "place",
  "text",
  "time_raw",
  "time_local",
  "instant",
  "basis",
  "time_more",
  "earliest",
  "latest",
  "flags",
  "native_id",
  "reply_to",
  "edited",
  "extra",
  "attachments",
] as const;

export const ATTACHMENT_COLUMNS = [
  "name",
  "state",
  "literal",
  "media",
  "mime",
  "artifact",
] as const;

const ROWS_PER_INSERT = 20;

/** Inserts the message rows of one run. `conversation` and `account` are already ids of this index. */
export interface MessageLoader {
  /** Adds a row of MESSAGE_COLUMNS and returns its id; it may be written later, in order. */
  readonly add: (row: readonly Bound[]) => number;
  /** Writes what is pending. */
  readonly flush: () => void;
}

/**
 * Makes a loader for a run: several rows an INSERT, one statement prepared once (about 1.6 times the rows
 * a second of a statement per row). Must run inside a transaction.
 */
export function messageLoader(db: Db, run: number): MessageLoader {
  const many = insert(db, ROWS_PER_INSERT);
  const one = insert(db, 1);
  let next = 1 + Number(db.prepare("SELECT coalesce(max(id), 0) FROM message").pluck().get());
  let pending: Bound[] = [];
  const flush = (): void => {
    const width = MESSAGE_COLUMNS.length + 2;
    for (let at = 0; at < pending.length; at += width) one.run(pending.slice(at, at + width));
    pending = [];
  };
  return {
    add: (row) => {
      const id = next;
      next += 1;
      pending.push(id, run);
      for (const value of row) pending.push(value);
      if (pending.length === ROWS_PER_INSERT * (MESSAGE_COLUMNS.length + 2)) {
        many.run(pending);
        pending = [];
      }
      return id;
    },
    flush,
  };
}

function insert(db: Db, rows: number): Statement<[Bound[]]> {
  const names = ["id", "run", ...MESSAGE_COLUMNS];
  const places = `(${names.map(() => "?").join(",")})`;
  return db.prepare<[Bound[]]>(
    `INSERT INTO message (${names.join(",")}) VALUES ${Array.from({ length: rows }, () => places).join(",")}`,
  );
}

/** Adds the attachments of a message in their order. */
export function attachmentLoader(
  db: Db,
): (message: number, ordinal: number, row: readonly Bound[]) => void {
  const statement = db.prepare(
    `INSERT INTO attachment (message, ordinal, ${ATTACHMENT_COLUMNS.join(",")}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (message, ordinal, row) => void statement.run(message, ordinal, ...row);
}

/** Adds the text of these message rows to the full-text index, in one pass after they were loaded. */
export function indexText(db: Db, firstId: number): void {
  db.exec("INSERT INTO message_text (message_text, rank) VALUES ('hashsize', 16777216)");
  db.prepare(
    // Printable ASCII folds to itself, as far as the index tells letters apart.
    `INSERT INTO message_text (rowid, text)
     SELECT id, iif(text GLOB '*[^ -~]*', indexable(text), text) FROM message WHERE id >= ? AND text <> ''`,
  ).run(firstId);
}

/** Id the next message row gets. */
export function nextMessageId(db: Db): number {
  return 1 + Number(db.prepare("SELECT coalesce(max(id), 0) FROM message").pluck().get());
}
