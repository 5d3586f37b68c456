import type { Bound } from "./insert.ts";
import { groupInsert } from "./insert.ts";
import type { Db } from "./open.ts";

export type { Bound } from "./insert.ts";

/** Columns of a message row as a loader takes them, in this order. Positions, since rows cross a thread. */
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

const NUMBERS: ReadonlySet<string> = new Set([
  "conversation",
  "account",
  "event",
  "byte_offset",
  "byte_length",
  "instant",
  "earliest",
  "latest",
  "attachments",
]);

/** Which of MESSAGE_COLUMNS hold texts. */
export const MESSAGE_TEXTS: readonly boolean[] = MESSAGE_COLUMNS.map((name) => !NUMBERS.has(name));

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
  /** Adds rows of MESSAGE_COLUMNS and returns the first one's id; the last may be written later, in order. */
  readonly add: (rows: readonly (readonly Bound[])[]) => number;
  /** Writes what is pending. */
  readonly flush: () => void;
}

/** Makes a loader for a run. Must run inside a transaction. */
export function messageLoader(db: Db, run: number): MessageLoader {
  // Rows are written one behind the other: a large cache would hold pages that nobody asks for again.
  db.pragma("cache_size = -16384");
  const insert = groupInsert(db, "message", { run }, MESSAGE_COLUMNS, ROWS_PER_INSERT);
  let next = nextMessageId(db);
  let pending: readonly (readonly Bound[])[] = [];
  const write = (rows: readonly (readonly Bound[])[]): void => {
    if (rows.length > 0) insert(next, rows);
    next += rows.length;
  };
  return {
    add: (rows) => {
      const first = next + pending.length;
      const all = [...pending, ...rows];
      const whole = all.length - (all.length % ROWS_PER_INSERT);
      for (let at = 0; at < whole; at += ROWS_PER_INSERT) {
        write(all.slice(at, at + ROWS_PER_INSERT));
      }
      pending = all.slice(whole);
      return first;
    },
    flush: () => {
      write(pending);
      pending = [];
    },
  };
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

/**
 * Keeps the text under which a message is found where it is not its own, until `indexText`. Must run
 * inside a transaction.
 */
export function indexedTextLoader(db: Db): (message: number, text: string) => void {
  db.exec(
    "CREATE TEMP TABLE IF NOT EXISTS indexed_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
  );
  const statement = db.prepare("INSERT INTO temp.indexed_text (id, text) VALUES (?, ?)");
  return (message, text) => void statement.run(message, text);
}

/** Adds the text of these message rows to the full-text index, in one pass after they were loaded. */
export function indexText(db: Db, firstId: number): void {
  db.exec("INSERT INTO message_text (message_text, rank) VALUES ('hashsize', 8388608)");
  db.prepare(
    `INSERT INTO message_text (rowid, text)
     SELECT m.id, coalesce(i.text, m.text) FROM message m LEFT JOIN temp.indexed_text i ON i.id = m.id
     WHERE m.id >= ? AND m.text <> ''`,
  ).run(firstId);
  db.exec("DELETE FROM temp.indexed_text");
}

/** Id the next message row gets. */
export function nextMessageId(db: Db): number {
  return 1 + Number(db.prepare("SELECT coalesce(max(id), 0) FROM message").pluck().get());
}
