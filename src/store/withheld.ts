import type { Db } from "./open.ts";

/** An item kept out of every bundle: a message id, or `artifact:NUMBER`. */
export interface Withheld {
  readonly item: string;
  readonly ground: string;
}

export function withhold(db: Db, item: string, ground: string, seq: number): void {
  db.prepare(
    "INSERT INTO withheld (item, ground, seq) VALUES (?, ?, ?) ON CONFLICT (item) DO UPDATE SET ground = excluded.ground, seq = excluded.seq",
  ).run(item, ground, seq);
}

export function release(db: Db, item: string): void {
  db.prepare("DELETE FROM withheld WHERE item = ?").run(item);
}

/** Grounds by item. */
export function withheldOf(db: Db): Map<string, string> {
  const rows = db.prepare<[], Withheld>("SELECT item, ground FROM withheld ORDER BY item").all();
  return new Map(rows.map((row) => [row.item, row.ground]));
}
