import type { RowFilter } from "./filter.ts";
import { whereOf } from "./filter.ts";
import type { MessageRow, StoredRow } from "./row-text.ts";

export type { StoredRow } from "./row-text.ts";

import { toStoredRow } from "./row-text.ts";
import type { Db } from "./open.ts";

export interface StoredAttachment {
  readonly name: string | null;
  readonly state: "referenced" | "absent";
  readonly literal: string | null;
  readonly media: string | null;
  readonly mime: string | null;
  readonly artifact: number | null;
}

/** What every row is joined with; `s` is the source the file came in. */
export const JOINS = `JOIN run r ON r.id = m.run
  JOIN artifact a ON a.number = r.artifact
  JOIN artifact s ON s.number = r.source`;

/** Tables behind every row. */
export const FROM: string = `FROM message m ${JOINS}`;

/** Columns of a MessageRow over FROM and `account c`. */
export const COLUMNS = `m.id, m.conversation, m.account, m.event, m.kind, coalesce(m.name, c.name) AS name,
  m.byte_offset, m.byte_length, m.part, m.place, m.text, m.time_raw, m.time_local, m.instant, m.basis,
  m.time_more, m.earliest, m.latest, m.flags, m.native_id, m.reply_to, m.edited, m.extra, m.attachments,
  a.sha256, a.number AS file_number`;

const SELECT = `SELECT ${COLUMNS} ${FROM} LEFT JOIN account c ON c.id = m.account`;

/** Rows that a filter wants, conversation by conversation, in source order within each. */
export function* rowsOf(
  db: Db,
  filter: RowFilter,
  limit: number | null = null,
): Generator<StoredRow> {
  const where = whereOf(filter);
  const sql = `${SELECT} WHERE ${where.sql} ORDER BY m.conversation, m.id LIMIT ?`;
  const rows = db.prepare<unknown[], MessageRow>(sql).iterate(...where.values, limit ?? -1);
  for (const row of rows) yield toStoredRow(row);
}

/** How many rows a filter wants. */
export function countRows(db: Db, filter: RowFilter): number {
  const where = whereOf(filter);
  return Number(
    db
      .prepare(`SELECT count(*) ${FROM} WHERE ${where.sql}`)
      .pluck()
      .get(...where.values),
  );
}

/** Index rows that a filter wants, in the same order: a selection that can be widened. */
export function rowIdsOf(db: Db, filter: RowFilter): { row: number; conversation: number }[] {
  const where = whereOf(filter);
  return db
    .prepare<unknown[], { row: number; conversation: number }>(
      `SELECT m.id AS row, m.conversation ${FROM} WHERE ${where.sql} ORDER BY m.conversation, m.id`,
    )
    .all(...where.values);
}

/** Rows by their place in the index, in the order asked for. */
export function* rowsById(db: Db, ids: Iterable<number>): Generator<StoredRow> {
  const statement = db.prepare<[number], MessageRow>(`${SELECT} WHERE m.id = ?`);
  for (const id of ids) {
    const row = statement.get(id);
    if (row !== undefined) yield toStoredRow(row);
  }
}

/** Rows whose public id begins so; two at the most, which tells one from several. */
export function rowsByPublicId(db: Db, id: string): StoredRow[] {
  const parts = /^([0-9a-f]{1,32})(?:-(\d{1,15})(?:\.(.{1,64}))?)?$/.exec(id);
  const [, digest, offset, part] = parts ?? [];
  if (digest === undefined) return [];
  const rows = db
    .prepare<unknown[], MessageRow>(
      `${SELECT} WHERE r.current = 1 AND a.sha256 LIKE ? || '%'
       AND (? IS NULL OR m.byte_offset = CAST(? AS INTEGER)) AND (? IS NULL OR m.part = ?)
       ORDER BY m.part IS NOT NULL, m.id LIMIT 2`,
    )
    .all(digest, offset ?? null, offset ?? null, part ?? null, part ?? null);
  const found = rows.map(toStoredRow);
  const exact = found.find((row) => row.id === id);
  return exact === undefined ? found : [exact];
}

/** Attachments of a message in their order. */
export function attachmentsOf(db: Db, row: number): StoredAttachment[] {
  return db
    .prepare<[number], StoredAttachment>(
      "SELECT name, state, literal, media, mime, artifact FROM attachment WHERE message = ? ORDER BY ordinal",
    )
    .all(row);
}

/** Current rows that name an artifact as their attachment. */
export function rowsNaming(db: Db, artifact: number): Pick<StoredRow, "id" | "fileNumber">[] {
  return db
    .prepare<[number], MessageRow>(
      `${SELECT} WHERE r.current = 1 AND m.id IN (SELECT message FROM attachment WHERE artifact = ?)`,
    )
    .all(artifact)
    .map(toStoredRow);
}

/** Files that the messages of a run name, each with its artifact where it was at hand. */
export function* referencedBy(
  db: Db,
  run: number,
): Generator<Pick<StoredAttachment, "name" | "artifact">> {
  yield* db
    .prepare<[number], Pick<StoredAttachment, "name" | "artifact">>(
      `SELECT t.name, t.artifact FROM message m JOIN attachment t ON t.message = m.id
       WHERE m.run = ? AND t.state = 'referenced'`,
    )
    .iterate(run);
}

/** Rows of a conversation around one of its rows: `before` and `after` on each side, in order. */
export function neighbours(db: Db, row: StoredRow, before: number, after: number): number[] {
  const side = (sql: string, limit: number): number[] =>
    db.prepare<unknown[], number>(sql).pluck().all(row.conversation, row.row, limit);
  const base =
    "SELECT m.id FROM message m JOIN run r ON r.id = m.run WHERE r.current = 1 AND m.conversation = ?";
  return [
    ...side(`${base} AND m.id < ? ORDER BY m.id DESC LIMIT ?`, before).toReversed(),
    row.row,
    ...side(`${base} AND m.id > ? ORDER BY m.id LIMIT ?`, after),
  ];
}
