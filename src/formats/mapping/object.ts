import type { ParseOptions } from "../../model/format.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { FormatRecord, Span } from "../../model/record.ts";
import { columnsOf, type Mapping } from "../mapping.ts";
import { filesIn } from "./files.ts";
import { isPlain, pathOf, remainder, treeOf, valueAt, type Path } from "./pointer.ts";
import { rowReader } from "./reader.ts";
import type { AttachmentMapping, Column } from "./schema.ts";

/** Adds the record of one JSON object; false where no path of the mapping leads to anything in it. */
export type ObjectReader = (
  value: JsonObject,
  span: Span,
  flags: readonly string[],
  out: FormatRecord[],
) => boolean;

/** A reader for the objects of one file under a mapping whose columns are pointers. */
export function objectReader(mapping: Mapping, options: ParseOptions): ObjectReader {
  const columns = columnsOf(mapping);
  const paths = columns.map(pathOf);
  const places = new Map<Column, number>(columns.map((column, place) => [column, place]));
  const read = rowReader(mapping, (column) => places.get(column) ?? 0, options);
  const filesColumn = mapping.attachments?.column;
  // A kind keeps none of the source's words, so its column stays in the remainder.
  const kept = mapping.kind?.column;
  const tree = treeOf(columns.filter((column) => column !== kept).map(pathOf));
  return (value, span, flags, out) => {
    const values = paths.map((path) => valueAt(value, path));
    if (values.every((found) => found === undefined)) return false;
    const nested = values.some((found, i) => isNested(found) && columns[i] !== filesColumn);
    const row = {
      cells: values.map(cellOf),
      attachments: filesOf(value, mapping.attachments),
      extra: remainder(value, tree),
      span,
      flags: nested ? [...flags, "nested-value"] : flags,
    };
    read(row, out);
    return true;
  };
}

function isNested(value: Json | undefined): boolean {
  return value !== undefined && !isPlain(value);
}

/** A value as a cell: text as it stands, null and nested values as nothing. */
function cellOf(value: Json | undefined): string {
  return isPlain(value) && value !== null ? String(value) : "";
}

const NO_FILES: readonly string[] = [];

/** Names of attached files: one text, or an array of texts or of objects that hold one. */
function filesOf(
  value: JsonObject,
  attachments: AttachmentMapping | null,
): readonly (string | null)[] {
  if (attachments === null) return NO_FILES;
  const found = valueAt(value, pathOf(attachments.column));
  const each = attachments.each === null ? null : pathOf(attachments.each);
  if (Array.isArray(found)) return found.map((element: Json) => nameOf(element, each));
  if (isNested(found)) return [nameOf(found, each)];
  return filesIn(cellOf(found), attachments);
}

/** Null where an element says that there is a file but not which. */
function nameOf(element: Json | undefined, each: Path | null): string | null {
  const value = each === null || element === undefined ? element : valueAt(element, each);
  return typeof value === "string" && value !== "" ? value : null;
}
