import type { Db } from "./open.ts";

/** Number of the last journal line the index holds; 0 for a new index. */
export function appliedSeq(db: Db): number {
  const value = db
    .prepare<[string], string>("SELECT value FROM meta WHERE name = ?")
    .pluck()
    .get("seq");
  return Number(value ?? 0);
}

/** Notes that the index holds everything up to this journal line; to be called in the same transaction. */
export function setAppliedSeq(db: Db, seq: number): void {
  db.prepare(
    "INSERT INTO meta (name, value) VALUES ('seq', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(String(seq));
}
