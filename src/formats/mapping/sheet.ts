import type { CsvFault, CsvRow } from "../../decode/csv.ts";
import type { ParseOptions } from "../../model/format.ts";
import type { FormatRecord, Span } from "../../model/record.ts";
import type { Mapping } from "../mapping.ts";
import { filesIn } from "./files.ts";
import { rowReader, type RowReader } from "./reader.ts";
import { badEncoding, type Refusal } from "./records.ts";
import { extraOf, misfit, tableOf, type Table } from "./table.ts";

/** A CSV file under a mapping while its rows are read. */
export interface Sheet {
  readonly mapping: Mapping;
  readonly options: ParseOptions;
  /** Judges the header before its columns are sought: a sentence where the mapping is not for it. */
  readonly refuse: (header: readonly string[]) => string | null;
  /** Null until the header is read; a code and a sentence where no row can be. */
  body: Body | Refusal | null;
  units: number;
  blank: number;
}

interface Body {
  readonly table: Table;
  readonly read: RowReader;
}

/** A sheet before its first row. */
export function openSheet(mapping: Mapping, options: ParseOptions, refuse: Sheet["refuse"]): Sheet {
  const body = mapping.csv.header ? null : bodyOf(mapping, null, options);
  return { mapping, options, refuse, body, units: 0, blank: 0 };
}

/** Takes the next row: header, blank line, or a unit, which becomes exactly one row record in `out`. */
export function takeRow(sheet: Sheet, row: CsvRow, out: FormatRecord[]): void {
  if (isBlank(row)) sheet.blank += 1;
  else if (sheet.body === null) sheet.body = headed(sheet, row);
  else takeUnit(sheet, sheet.body, row, out);
}

/** True for a line without any text. */
export function isBlank(row: CsvRow): boolean {
  return row.fault === null && row.length <= 4 && row.fields.length === 1 && row.fields[0] === "";
}

function headed(sheet: Sheet, header: CsvRow): Body | Refusal {
  if (header.fault !== null) {
    return { code: "bad-header", detail: `the header cannot be read: ${header.fault}` };
  }
  const refused = sheet.refuse(header.fields);
  if (refused !== null) return { code: "no-mapping", detail: refused };
  return bodyOf(sheet.mapping, header.fields, sheet.options);
}

function bodyOf(
  mapping: Mapping,
  header: readonly string[] | null,
  options: ParseOptions,
): Body | Refusal {
  const table = tableOf(mapping, header);
  if (typeof table === "string") return { code: "missing-column", detail: table };
  return { table, read: rowReader(mapping, table.placeOf, options) };
}

function takeUnit(sheet: Sheet, body: Body | Refusal, row: CsvRow, out: FormatRecord[]): void {
  sheet.units += 1;
  const span: Span = { offset: row.offset, length: row.length, row: sheet.units };
  const refusal = "code" in body ? body : refusalOf(row, body.table, sheet.mapping);
  if (refusal !== null) {
    out.push({ type: "exception", ...refusal, span, conversation: null });
  } else if ("table" in body) {
    readUnit(sheet, body, row, span, out);
  }
}

function refusalOf(row: CsvRow, table: Table, mapping: Mapping): Refusal | null {
  if (row.fault !== null) return faultRefusal(row.fault, mapping);
  const detail = misfit(table, row.fields);
  return detail === null ? null : { code: "bad-row", detail };
}

function faultRefusal(fault: CsvFault, mapping: Mapping): Refusal {
  switch (fault) {
    case "bad-encoding":
      return badEncoding(mapping.encoding);
    case "too-long":
      return { code: fault, detail: "a row beyond the limit; its fields were not read" };
    case "unclosed-quote":
      return { code: fault, detail: "a quoted field without an end; later lines are read anew" };
    case "too-many-fields":
      return { code: "bad-row", detail: "more fields than a table may have" };
    default:
      return fault satisfies never;
  }
}

function readUnit(
  sheet: Sheet,
  { table, read }: Body,
  row: CsvRow,
  span: Span,
  out: FormatRecord[],
): void {
  const { attachments: files } = sheet.mapping;
  const { cells, flags } = wellFormed(row, sheet.mapping);
  const attachments =
    files === null ? NO_FILES : filesIn(cells[table.placeOf(files.column)] ?? "", files);
  read({ cells, attachments, extra: extraOf(table, cells), span, flags }, out);
}

const NO_FILES: readonly string[] = [];

/** UTF-16 may hold half a character, which no record can carry. */
function wellFormed(
  row: CsvRow,
  mapping: Mapping,
): { readonly cells: readonly string[]; readonly flags: readonly string[] } {
  const whole = mapping.encoding !== "utf-16le" || row.fields.every((cell) => cell.isWellFormed());
  if (whole) return { cells: row.fields, flags: row.flags };
  return {
    cells: row.fields.map((cell) => cell.toWellFormed()),
    flags: [...row.flags, "lone-surrogate"],
  };
}
