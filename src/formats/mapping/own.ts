import { readMapping } from "../mapping.ts";
import type { Mapping } from "./schema.ts";

/** Columns of a table that needs no mapping file, in this order. */
export const OWN_COLUMNS: readonly string[] = ["conversation", "account", "name", "time", "text"];

/** What these columns mean: RFC 4180, UTF-8, ISO 8601 times. */
export function ownMapping(format: "csv" | "jsonl"): Mapping {
  return readMapping({
    schema: 1,
    format,
    service: "table",
    conversation: { column: "conversation" },
    account: { id: "account", name: "name" },
    text: "text",
    time: { column: "time", pattern: "iso" },
  });
}

/** True where a header is exactly these columns. */
export function isOwnHeader(names: readonly string[]): boolean {
  return names.length === OWN_COLUMNS.length && names.every((name, i) => name === OWN_COLUMNS[i]);
}

/** True where an object has all of these members. */
export function hasOwnMembers(names: readonly string[]): boolean {
  return OWN_COLUMNS.every((name) => names.includes(name));
}
