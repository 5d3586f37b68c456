import { INDEX_SQL } from "./0001-index.ts";

/** A change of the index's shape. The list only grows; an applied step is never edited. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [{ id: 1, name: "index", sql: INDEX_SQL }];
