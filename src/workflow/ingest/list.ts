import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { RowSyntax } from "../../decode/csv.ts";
import { csvRows } from "../../decode/csv.ts";
import { Failure } from "../../model/failure.ts";
import { checkZone } from "../../time/zone.ts";
import type { IngestRequest } from "./request.ts";

const COLUMNS = ["path", "exhibit", "zone", "format", "note"] as const;
const SYNTAX: RowSyntax = { encoding: "utf-8", delimiter: ",", quote: '"' };

/**
 * Reads a list of sources: CSV with a header naming `path` and any of `exhibit`, `zone`, `format`, `note`.
 * Paths are relative to the list's folder; an empty cell leaves what the flags said.
 *
 * @throws Failure `usage` naming the first faulty line, `not-found`; nothing is taken in then
 */
export function readIngestList(path: string, base: IngestRequest): IngestRequest[] {
  if (!existsSync(path)) throw new Failure("not-found", `no such list: ${path}`);
  const rows = [...csvRows([readFileSync(path)], SYNTAX)].filter(
    ({ fields }) => fields?.some((cell) => cell !== "") ?? true,
  );
  const fields = rows.map((row) => {
    if (row.fields === null)
      throw new Failure("usage", `${path}: the row at byte ${row.offset} cannot be read`);
    return row.fields;
  });
  const [header = [], ...lines] = fields;
  const unknown = header.find((name) => !COLUMNS.some((column) => column === name));
  if (unknown !== undefined || !header.includes("path")) {
    throw new Failure("usage", `the list's header is not ${COLUMNS.join(", ")}: ${path}`);
  }
  return lines.map((cells, at) => requestOf(path, at + 2, header, cells, base));
}

function requestOf(
  path: string,
  line: number,
  header: readonly string[],
  cells: readonly string[],
  base: IngestRequest,
): IngestRequest {
  if (cells.length !== header.length) {
    const counts = `${cells.length} cells, the header ${header.length}`;
    throw new Failure("usage", `${path}: line ${line} has ${counts}`, [
      "put a cell that holds a comma in quotation marks",
    ]);
  }
  const cell = (name: string): string | null => {
    const value = cells[header.indexOf(name)]?.trim() ?? "";
    return value === "" ? null : value;
  };
  const source = cell("path");
  if (source === null) throw new Failure("usage", `${path}: line ${line} names no path`);
  const zone = cell("zone");
  return {
    ...base,
    paths: [resolve(dirname(path), source)],
    exhibit: cell("exhibit") ?? base.exhibit,
    note: cell("note") ?? base.note,
    format: cell("format") ?? base.format,
    options: { ...base.options, zone: zone === null ? base.options.zone : checkZone(zone) },
  };
}
