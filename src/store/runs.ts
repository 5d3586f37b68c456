import type { Sha256 } from "../model/artifact.ts";
import type { ConversationRecord, AccountRecord } from "../model/record.ts";
import type { Db } from "./open.ts";

export interface RunCounts {
  readonly units: number;
  readonly messages: number;
  readonly events: number;
  readonly exceptions: number;
  readonly digest: Sha256;
  readonly formatVersion: number;
}

/** Opens a parse run; its rows and counts follow in the same transaction. */
export function beginRun(
  db: Db,
  run: {
    artifact: number;
    source: number;
    format: string;
    options: string;
  },
): number {
  db.prepare("UPDATE run SET current = 0 WHERE artifact = ?").run(run.artifact);
  const done = db
    .prepare(
      `INSERT INTO run (artifact, source, seq, format, format_version, options, current, units, messages, events, exceptions, digest)
       VALUES (?, ?, 0, ?, 0, ?, 1, 0, 0, 0, 0, '')`,
    )
    .run(run.artifact, run.source, run.format, run.options);
  return Number(done.lastInsertRowid);
}

export function endRun(db: Db, run: number, seq: number, counts: RunCounts): void {
  db.prepare(
    `UPDATE run SET seq = ?, format_version = ?, units = ?, messages = ?, events = ?, exceptions = ?, digest = ?
     WHERE id = ?`,
  ).run(
    seq,
    counts.formatVersion,
    counts.units,
    counts.messages,
    counts.events,
    counts.exceptions,
    counts.digest,
    run,
  );
}

/**
 * Id of a conversation of a file. A key keeps its ordinal over parse runs, so that its public id stays;
 * a later record with the same key brings what an earlier one did not know.
 */
export function upsertConversation(db: Db, artifact: number, record: ConversationRecord): number {
  db.prepare(
    `INSERT INTO conversation (artifact, ordinal, key, native_id, title, kind)
     VALUES (?, (SELECT 1 + count(*) FROM conversation WHERE artifact = ?), ?, ?, ?, ?)
     ON CONFLICT (artifact, key) DO UPDATE SET
       native_id = coalesce(excluded.native_id, native_id),
       title = coalesce(excluded.title, title),
       kind = CASE excluded.kind WHEN 'unknown' THEN kind ELSE excluded.kind END`,
  ).run(artifact, artifact, record.key, record.nativeId, record.title, record.kind);
  return idOf(db, "conversation", artifact, record.key);
}

/** Id of an account of a file, under the same rule. */
export function upsertAccount(db: Db, artifact: number, record: AccountRecord): number {
  db.prepare(
    `INSERT INTO account (artifact, ordinal, key, service, native_id, name)
     VALUES (?, (SELECT 1 + count(*) FROM account WHERE artifact = ?), ?, ?, ?, ?)
     ON CONFLICT (artifact, key) DO UPDATE SET
       native_id = coalesce(excluded.native_id, native_id),
       name = coalesce(excluded.name, name)`,
  ).run(artifact, artifact, record.key, record.service, record.nativeId, record.name);
  return idOf(db, "account", artifact, record.key);
}

function idOf(db: Db, table: "conversation" | "account", artifact: number, key: string): number {
  const sql =
    table === "conversation"
      ? "SELECT id FROM conversation WHERE artifact = ? AND key = ?"
      : "SELECT id FROM account WHERE artifact = ? AND key = ?";
  return Number(db.prepare(sql).pluck().get(artifact, key));
}

/** Adds a region that could not be read. */
export function addException(
  db: Db,
  run: number,
  ordinal: number,
  row: {
    conversation: number | null;
    code: string;
    detail: string;
    offset: number;
    length: number;
    place: string | null;
  },
): void {
  db.prepare(
    `INSERT INTO exception (run, ordinal, conversation, code, detail, byte_offset, byte_length, place)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(run, ordinal, row.conversation, row.code, row.detail, row.offset, row.length, row.place);
}
