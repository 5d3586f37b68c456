import { join, member, wrong, type Members } from "./members.ts";
import type { Column } from "./schema.ts";

/** A table has no more columns than csv rows may have fields. */
const MOST_COLUMNS = 16_384;

/** A column: a name, or a number from 1. */
export function checkColumn(value: unknown, path: string): Column {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number") {
    if (Number.isInteger(value) && value >= 1 && value <= MOST_COLUMNS) return value;
    throw wrong(path, `column numbers run from 1 to ${MOST_COLUMNS}`);
  }
  throw wrong(path, "must be a column's name, or its number from 1");
}

/** A member that names a column; null where it is absent or null. */
export function columnMember(members: Members, name: string): Column | null {
  const { value, path } = member(members, name);
  return value === undefined || value === null ? null : checkColumn(value, path);
}

/** A member that names one column or a list of them. */
export function columnsMember(members: Members, name: string): readonly Column[] {
  const { value, path } = member(members, name);
  if (!Array.isArray(value)) return [checkColumn(value, path)];
  if (value.length === 0) throw wrong(path, "names no column");
  return value.map((column: unknown, index) => checkColumn(column, join(path, String(index))));
}
