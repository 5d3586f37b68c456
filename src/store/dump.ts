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
];

/** Digest of every row of each table, by table name: two indexes with the same digests say the same. */
export function dumpDigests(db: Db): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const { name, order } of TABLES) {
    const digest = digester();
    const rows = db
      .prepare<[], unknown[]>(`SELECT * FROM ${name} ORDER BY ${order}`)
      .raw()
      .iterate();
    for (const row of rows) digest.update(`${JSON.stringify(row)}\n`);
    digests.set(name, digest.hex());
  }
  return digests;
}

/** Names of the tables in which two indexes differ. */
export function differingTables(one: Db, other: Db): readonly string[] {
  const others = dumpDigests(other);
  return [...dumpDigests(one)].flatMap(([name, digest]) =>
    others.get(name) === digest ? [] : [name],
  );
}
