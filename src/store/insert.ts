import type { Statement } from "better-sqlite3";
import type { Db } from "./open.ts";

/** What SQLite binds. */
export type Bound = string | number | null;

/** How a group of rows fills a column: no row does, all have one value, or each has its own. */
type Filling = "none" | "shared" | "each";

/** Statements kept; rows that are filled in further ways bind every value. */
const MOST_STATEMENTS = 64;

/**
 * Makes an INSERT for groups of `size` rows of `columns`; ids count from `first`, and every row has the
 * values of `fixed`. Binding a value costs more than storing it, so NULL is not bound, and a value that all
 * rows of a group share is bound once. Fewer rows are taken too, and each value of theirs bound.
 */
export function groupInsert(
  db: Db,
  table: string,
  fixed: Readonly<Record<string, Bound>>,
  columns: readonly string[],
  size: number,
): (first: number, rows: readonly (readonly Bound[])[]) => void {
  const statements = new Map<string, Statement>();
  const each = columns.map((): Filling => "each");
  return (first, rows) => {
    const isGroup = rows.length === size && statements.size < MOST_STATEMENTS;
    const fillings = isGroup ? columns.map((_, column) => fillingOf(rows, column)) : each;
    const key = `${rows.length} ${fillings.join(" ")}`;
    const known = statements.get(key);
    const shared: Record<string, Bound> = { ...fixed };
    for (const [column, name] of columns.entries()) {
      if (fillings[column] === "shared") shared[name] = rows[0]?.[column] ?? null;
    }
    const own = columns.filter((_, column) => fillings[column] === "each");
    const statement = known ?? db.prepare(insertSql(table, Object.keys(shared), own, rows.length));
    if (known === undefined) statements.set(key, statement);
    statement.run(...valuesOf(rows, fillings), { ...shared, first });
  };
}

function fillingOf(rows: readonly (readonly Bound[])[], column: number): Filling {
  const value = rows[0]?.[column];
  for (const row of rows) if (row[column] !== value) return "each";
  return value === null ? "none" : "shared";
}

function insertSql(
  table: string,
  shared: readonly string[],
  own: readonly string[],
  rows: number,
): string {
  const values = [...shared.map((name) => `@${name}`), ...own.map(() => "?")].join(",");
  const groups = Array.from({ length: rows }, (_, at) => `(@first + ${at},${values})`);
  return `INSERT INTO ${table} (${["id", ...shared, ...own].join(",")}) VALUES ${groups.join(",")}`;
}

function valuesOf(rows: readonly (readonly Bound[])[], fillings: readonly Filling[]): Bound[] {
  const own = [...fillings.keys()].filter((column) => fillings[column] === "each");
  const values: Bound[] = [];
  for (const row of rows) for (const column of own) values.push(row[column] ?? null);
  return values;
}
