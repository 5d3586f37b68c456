import type { RowFilter } from "./filter.ts";
import { whereOf } from "./filter.ts";
import type { Db } from "./open.ts";
import type { MessageRow } from "./row-text.ts";
import { publicId, toStoredRow } from "./row-text.ts";
import type { StoredRow } from "./rows.ts";
import { COLUMNS, FROM, JOINS } from "./rows.ts";

/** How a selection is widened beyond the rows it matches. */
export interface Widening {
  readonly wholeConversations: boolean;
  /** Neighbours on each side of a matching row. */
  readonly context: number;
}

/**
 * Draws a selection into a table of this connection alone, in the production's total order: conversation
 * by conversation, source order within. Rows that only widen it are marked.
 */
export function select(db: Db, filter: RowFilter, widening: Widening): void {
  db.exec(`
    DROP TABLE IF EXISTS temp.selected;
    CREATE TEMP TABLE selected (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, context INTEGER NOT NULL,
      hidden INTEGER NOT NULL DEFAULT 0);
  `);
  const where = whereOf(filter);
  db.prepare(
    `INSERT INTO selected (id, conversation, context) SELECT m.id, m.conversation, 0 ${FROM} WHERE ${where.sql}`,
  ).run(...where.values);
  if (widening.wholeConversations) {
    db.exec(
      `INSERT OR IGNORE INTO selected (id, conversation, context) SELECT m.id, m.conversation, 1 FROM message m JOIN run r ON r.id = m.run
       WHERE r.current = 1 AND m.conversation IN (SELECT DISTINCT conversation FROM selected)`,
    );
  } else if (widening.context > 0) addNeighbours(db, widening.context);
  db.exec("CREATE INDEX temp.selected_order ON selected (conversation, id)");
}

function addNeighbours(db: Db, context: number): void {
  db.exec(`
    DROP TABLE IF EXISTS temp.placed;
    CREATE TEMP TABLE placed AS
      SELECT m.id, m.conversation, row_number() OVER (PARTITION BY m.conversation ORDER BY m.id) AS place
      FROM message m JOIN run r ON r.id = m.run
      WHERE r.current = 1 AND m.conversation IN (SELECT DISTINCT conversation FROM selected);
    CREATE INDEX temp.placed_by ON placed (conversation, place);
  `);
  db.prepare(
    `INSERT OR IGNORE INTO selected (id, conversation, context)
     SELECT n.id, n.conversation, 1 FROM selected s
     JOIN placed p ON p.id = s.id AND s.context = 0
     JOIN placed n ON n.conversation = p.conversation AND n.place BETWEEN p.place - ? AND p.place + ?`,
  ).run(context, context);
  db.exec("DROP TABLE temp.placed");
}

/** Marks rows whose author is not to be told. */
export function hideRows(db: Db, rows: readonly number[]): void {
  const hide = db.prepare("UPDATE selected SET hidden = 1 WHERE id = ?");
  for (const row of rows) hide.run(row);
}

/** True for a row that the selection takes. */
export function isSelected(db: Db, row: number): boolean {
  return db.prepare("SELECT 1 FROM selected WHERE id = ?").get(row) !== undefined;
}

/** A row of the selection. */
export interface SelectedRow extends StoredRow {
  readonly context: boolean;
}

/** Rows of the selection in its order: messages, or events. */
export function* selectedRows(db: Db, events: boolean): Generator<SelectedRow> {
  const rows = db
    .prepare<[number], MessageRow & { context: number }>(
      `SELECT ${COLUMNS}, sel.context FROM selected sel CROSS JOIN message m ON m.id = sel.id ${JOINS}
       LEFT JOIN account c ON c.id = m.account
       WHERE m.event = ? ORDER BY sel.conversation, sel.id`,
    )
    .iterate(events ? 1 : 0);
  for (const row of rows) yield { ...toStoredRow(row), context: row.context === 1 };
}

/** What a selection takes of one conversation. */
export interface SelectedConversation {
  readonly conversation: number;
  readonly messages: number;
  readonly context: number;
  readonly events: number;
}

export function selectedConversations(db: Db): SelectedConversation[] {
  return db
    .prepare<[], SelectedConversation>(
      `SELECT sel.conversation, sum(m.event = 0) AS messages, sum(m.event = 0 AND sel.context = 1) AS context,
         sum(m.event = 1) AS events
       FROM selected sel JOIN message m ON m.id = sel.id GROUP BY sel.conversation ORDER BY sel.conversation`,
    )
    .all();
}

/** Accounts that rows of the selection name, hidden ones aside, with the messages of each and the names shown for it. */
export function selectedAccounts(
  db: Db,
): { account: number; conversation: number; messages: number; names: string[] }[] {
  const rows = db
    .prepare<[], { account: number; conversation: number; messages: number; names: string }>(
      `SELECT m.account, m.conversation, sum(m.event = 0) AS messages,
         json_group_array(DISTINCT coalesce(m.name, c.name)) FILTER (WHERE coalesce(m.name, c.name) IS NOT NULL) AS names
       FROM selected sel JOIN message m ON m.id = sel.id JOIN account c ON c.id = m.account
       WHERE sel.hidden = 0 GROUP BY m.account, m.conversation ORDER BY m.account, m.conversation`,
    )
    .all();
  return rows.map((row) => ({ ...row, names: textList(row.names) }));
}

/** An artifact that an attachment of the selection stands for, and the row that has it. */
export interface SelectedAttachment {
  readonly artifact: number;
  readonly id: string;
  readonly fileNumber: number;
}

/** Attachments of the selection whose bytes are in the case, in the order in which they come. */
export function* selectedAttachments(db: Db): Generator<SelectedAttachment> {
  const rows = db
    .prepare<
      [],
      { artifact: number; file: number; sha256: string; byte_offset: number; part: string | null }
    >(
      `SELECT t.artifact, a.number AS file, a.sha256, m.byte_offset, m.part
       FROM selected sel JOIN attachment t ON t.message = sel.id JOIN message m ON m.id = sel.id ${JOINS}
       WHERE t.artifact IS NOT NULL ORDER BY sel.conversation, sel.id, t.ordinal`,
    )
    .iterate();
  for (const { artifact, file, sha256, byte_offset, part } of rows) {
    yield { artifact, id: publicId(sha256, byte_offset, part), fileNumber: file };
  }
}

/** Files whose rows the selection takes: the file parsed and the source it came in. */
export function selectedFiles(db: Db): { file: number; source: number }[] {
  return db
    .prepare<[], { file: number; source: number }>(
      `SELECT DISTINCT r.artifact AS file, r.source FROM selected sel
       JOIN message m ON m.id = sel.id JOIN run r ON r.id = m.run ORDER BY r.artifact`,
    )
    .all();
}

function textList(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string")
    : [];
}
