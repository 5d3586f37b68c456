import type { JsonObject } from "../../model/json.ts";
import { columnsOf } from "../mapping.ts";
import type { PlaceOf } from "./reader.ts";
import type { Column, Mapping } from "./schema.ts";

/** How the columns of one CSV file serve a mapping. */
export interface Table {
  readonly placeOf: PlaceOf;
  /** Fields that every row has; null where the table has no header to say. */
  readonly width: number | null;
  /** Fields that a row must have at least, for the mapping to find its columns. */
  readonly least: number;
  /** Places a member of the mapping takes whole; the kind column is not one, as a kind keeps no words. */
  readonly taken: ReadonlySet<number>;
  /** Columns that go to a row's extra, where a header tells them. */
  readonly extras: readonly ExtraColumn[];
}

interface ExtraColumn {
  readonly place: number;
  readonly name: string;
}

/**
 * Finds the mapping's columns under a header; null for a table without one.
 *
 * @returns the table, or a sentence that says why no row can be read
 */
export function tableOf(mapping: Mapping, header: readonly string[] | null): Table | string {
  const places = new Map<Column, number>();
  for (const column of columnsOf(mapping)) {
    const place = placeIn(column, header);
    if (typeof place === "string") return place;
    places.set(column, place);
  }
  const taken = new Set(places.values());
  const least = Math.max(0, ...taken) + 1;
  if (mapping.kind !== null) taken.delete(places.get(mapping.kind.column) ?? -1);
  const extras = header === null ? [] : extrasOf(header, taken);
  const width = header === null ? null : header.length;
  return { placeOf: (column) => places.get(column) ?? 0, width, least, taken, extras };
}

function placeIn(column: Column, header: readonly string[] | null): number | string {
  if (typeof column === "number") {
    if (header === null || column <= header.length) return column - 1;
    return `the header has ${header.length} columns, the mapping names column ${column}`;
  }
  const place = header?.indexOf(column) ?? -1;
  if (place === -1) return `the header has no column ${column}`;
  if (header?.includes(column, place + 1) === true) return `the header has two columns ${column}`;
  return place;
}

/** Names are the header's; one that is empty or comes again has its column's number behind it. */
function extrasOf(header: readonly string[], taken: ReadonlySet<number>): readonly ExtraColumn[] {
  const seen = new Set<string>();
  const extras: ExtraColumn[] = [];
  for (const [place, written] of header.entries()) {
    const name = written === "" || seen.has(written) ? numbered(written, place) : written;
    seen.add(name);
    if (!taken.has(place)) extras.push({ place, name });
  }
  return extras;
}

function numbered(name: string, place: number): string {
  return `${name}#${place + 1}`;
}

const NOTHING: JsonObject = {};

/** The cells that no member of the mapping takes, by their columns' names; empty cells say nothing. */
export function extraOf(table: Table, fields: readonly string[]): JsonObject {
  const found: [string, string][] = [];
  if (table.width === null) {
    for (const [place, cell] of fields.entries()) {
      if (cell !== "" && !table.taken.has(place)) found.push([numbered("", place), cell]);
    }
  } else {
    for (const { place, name } of table.extras) {
      const cell = fields[place];
      if (cell !== undefined && cell !== "") found.push([name, cell]);
    }
  }
  // fromEntries defines members, so that a column named __proto__ is one.
  return found.length === 0 ? NOTHING : Object.fromEntries(found);
}

/** Why the row's fields do not stand under the table's columns; null where they do. */
export function misfit(table: Table, fields: readonly string[]): string | null {
  const { width, least } = table;
  if (width === null) {
    return fields.length < least ? `${fields.length} fields, the mapping needs ${least}` : null;
  }
  if (fields.length === width) return null;
  const spare = fields.length > width && fields.slice(width).every((cell) => cell === "");
  return spare ? null : `${fields.length} fields where the header has ${width}`;
}
