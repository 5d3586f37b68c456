import type { ConversationKind } from "../model/record.ts";
import type { Db } from "./open.ts";

/** A conversation of one file. `id` is public: `c`, the file's number, a dot, its ordinal there. */
export interface StoredConversation {
  readonly key: number;
  readonly id: string;
  readonly artifact: number;
  readonly nativeId: string | null;
  readonly title: string | null;
  readonly kind: ConversationKind;
  readonly messages: number;
  readonly events: number;
}

/** An account as one file shows it: a sighting. `id` is public: `a`, the file's number, a dot, its ordinal. */
export interface StoredAccount {
  readonly key: number;
  readonly id: string;
  readonly artifact: number;
  readonly service: string;
  readonly nativeId: string | null;
  readonly name: string | null;
  readonly messages: number;
  readonly events: number;
}

/** Conversations that rows of a current run stand in. */
export function conversationsOf(db: Db): StoredConversation[] {
  return db
    .prepare<[], StoredConversation>(
      `SELECT c.id AS key, 'c' || c.artifact || '.' || c.ordinal AS id, c.artifact, c.native_id AS nativeId,
         c.title, c.kind, coalesce(n.messages, 0) AS messages, coalesce(n.events, 0) AS events
       FROM conversation c LEFT JOIN (
         SELECT m.conversation, sum(m.event = 0) AS messages, sum(m.event = 1) AS events
         FROM message m JOIN run r ON r.id = m.run WHERE r.current = 1 GROUP BY m.conversation
       ) n ON n.conversation = c.id
       ORDER BY c.id`,
    )
    .all();
}

/** Accounts with the number of current rows each wrote. */
export function accountsOf(db: Db): StoredAccount[] {
  return db
    .prepare<[], StoredAccount>(
      `SELECT c.id AS key, 'a' || c.artifact || '.' || c.ordinal AS id, c.artifact, c.service,
         c.native_id AS nativeId, c.name, coalesce(n.messages, 0) AS messages, coalesce(n.events, 0) AS events
       FROM account c LEFT JOIN (
         SELECT m.account, sum(m.event = 0) AS messages, sum(m.event = 1) AS events
         FROM message m JOIN run r ON r.id = m.run WHERE r.current = 1 AND m.account IS NOT NULL GROUP BY m.account
       ) n ON n.account = c.id
       ORDER BY c.id`,
    )
    .all();
}

/** Public ids by index key, for rows that name them. */
export function idsOf(db: Db, table: "conversation" | "account"): Map<number, string> {
  const sql =
    table === "conversation"
      ? "SELECT id AS key, 'c' || artifact || '.' || ordinal AS id FROM conversation"
      : "SELECT id AS key, 'a' || artifact || '.' || ordinal AS id FROM account";
  const rows = db.prepare<[], { key: number; id: string }>(sql).all();
  return new Map(rows.map((row) => [row.key, row.id]));
}
