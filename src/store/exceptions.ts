import type { Db } from "./open.ts";

/** A region of a file that could not be read, by its current parse run. */
export interface StoredException {
  readonly id: string;
  readonly code: string;
  readonly detail: string;
  readonly fileNumber: number;
  readonly conversation: number | null;
  readonly offset: number;
  readonly length: number;
  /** JSON of pointer and row, where the format has them. */
  readonly place: string | null;
}

/** Every exception of the current runs, by file and place. */
export function exceptionsOf(db: Db): StoredException[] {
  return db
    .prepare<[], StoredException>(
      `SELECT 'e' || r.artifact || '.' || e.ordinal AS id, e.code, e.detail, r.artifact AS fileNumber,
         e.conversation, e.byte_offset AS offset, e.byte_length AS length, e.place
       FROM exception e JOIN run r ON r.id = e.run WHERE r.current = 1 ORDER BY r.artifact, e.ordinal`,
    )
    .all();
}
