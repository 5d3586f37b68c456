import type { Sha256 } from "../model/artifact.ts";
import type { Db } from "./open.ts";

/** Number of the last journal line the index holds; 0 for a new index. */
export function appliedSeq(db: Db): number {
  return Number(valueOf(db, "seq") ?? 0);
}

/** Digest of that line: what follows it in the journal vouches for every line but the last. */
export function appliedLine(db: Db): Sha256 | null {
  return valueOf(db, "line");
}

/**
 * Notes that the index holds everything up to this journal line; to be called in the same transaction.
 *
 * @param line digest of the line
 */
export function setApplied(db: Db, seq: number, line: Sha256): void {
  const set = db.prepare(
    "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  set.run("seq", String(seq));
  set.run("line", line);
}

function valueOf(db: Db, name: string): string | null {
  const select = db.prepare<[string], string>("SELECT value FROM meta WHERE name = ?");
  return select.pluck().get(name) ?? null;
}
