import { digester } from "../hash/digest.ts";
import type { Db } from "./open.ts";

/** Tables that hold what originals and journal say. */
const TABLES: readonly { readonly name: string; readonly order: string }[] = [
  { name: "artifact", order: "number" },
  { name: "member", order: "source, ordinal" },
  { name: "run", order: "id" },
  { name: "finding", order: "rowid" },
  { name: "conversation", order: "id" },
  { name: "account", order: "id" },
  { name: "message", order: "id" },
  { name: "attachment", order: "message, ordinal" },
  { name: "message_source", order: "message, run, byte_offset" },
  { name: "exception", order: "run, ordinal" },
  { name: "withheld", order: "item" },
  { name: "production", order: "procedure, number" },
  { name: "migration", order: "id" },
];

/**
 * Where each word of the full-text index stands, a line a word: an altered one would hide a message from
 * a search. The remainder keeps the sum in 64 bits.
 */
const WORDS = `SELECT term, count(*), sum((doc * 7919 + "offset") % 2147483647)
  FROM temp.word GROUP BY term ORDER BY term`;

/** Everything the database is made of, so that no trigger and no view comes in unseen. */
const SCHEMA = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY type, name";

/**
 * Digest of every row of each table, by table name, and of `words` and `schema`: two indexes with the same
 * digests say the same.
 */
export function dumpDigests(db: Db): ReadonlyMap<string, string> {
  db.exec(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab ('main', 'message_text', 'instance')",
  );
  const digests = new Map<string, string>();
  for (const { name, order } of TABLES) {
    digests.set(name, digestOf(db, `SELECT * FROM main.${name} ORDER BY ${order}`));
  }
  return digests.set("words", digestOf(db, WORDS)).set("schema", digestOf(db, SCHEMA));
}

function digestOf(db: Db, sql: string): string {
  const digest = digester();
  for (const row of db.prepare<[], unknown[]>(sql).raw().iterate()) {
    digest.update(`${JSON.stringify(row)}\n`);
  }
  return digest.hex();
}

/** Names of the tables in which two indexes differ. */
export function differingTables(one: Db, other: Db): readonly string[] {
  const others = dumpDigests(other);
  return [...dumpDigests(one)].flatMap(([name, digest]) =>
    others.get(name) === digest ? [] : [name],
  );
}
