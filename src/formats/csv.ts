import { csvRows, type RowSyntax } from "../decode/csv.ts";
import { Failure } from "../model/failure.ts";
import type { Detection, Format, ParseInput, ParseOptions, Probe } from "../model/format.ts";
import type { FormatRecord } from "../model/record.ts";
import { readMapping, type Mapping } from "./mapping.ts";
import { isOwnHeader, OWN_COLUMNS, ownMapping } from "./mapping/own.ts";
import { BATCH, pushFinding } from "./mapping/records.ts";
import { isBlank, openSheet, takeRow } from "./mapping/sheet.ts";

/**
 * Tables of messages that an analyst describes in a mapping file. A row is one unit, line breaks inside
 * quotes included, and its span takes in its line end. The header, skipped rows and blank lines are
 * no units: findings count them.
 */
export const csv: Format = {
  id: "csv",
  title: "Table of messages with a mapping file (CSV)",
  version: 1,
  tried: [],
  lacks: ["whatever the table has no column for"],
  detect: detectOwn,
  parse: parseCsv,
};

/** Without a mapping only a table with exhibita's own columns is known. */
function detectOwn(probe: Probe): Detection {
  const header = headerOf([probe.head], ownMapping("csv"));
  return header !== null && isOwnHeader(header)
    ? { score: 90, reason: `the header is ${OWN_COLUMNS.join(",")}` }
    : { score: 0, reason: "a table needs a mapping file" };
}

/** The names in the header, or the first row of a table without one; null where they cannot be read. */
export function headerOf(chunks: Iterable<Uint8Array>, mapping: Mapping): readonly string[] | null {
  let passed = 0;
  for (const row of csvRows(chunks, syntaxOf(mapping))) {
    if (passed < mapping.csv.skipRows) passed += 1;
    else if (!isBlank(row)) return row.fault === null ? row.fields : null;
  }
  return null;
}

function syntaxOf(mapping: Mapping): RowSyntax {
  const { delimiter, quote } = mapping.csv;
  return { encoding: mapping.encoding, delimiter, quote };
}

/** Without a mapping, a table that has not exhibita's own columns is read as exceptions, row by row. */
function* parseCsv(input: ParseInput, options: ParseOptions): Iterable<readonly FormatRecord[]> {
  const given = options.mapping === null ? null : readMapping(options.mapping);
  const mapping = given ?? ownMapping("csv");
  if (mapping.format !== "csv") throw new Failure("usage", "mapping: format: is not csv");
  const sheet = openSheet(mapping, options, given === null ? refuseForeign : () => null);
  let out: FormatRecord[] = [];
  let skipped = 0;
  for (const row of csvRows(input.chunks, syntaxOf(mapping))) {
    if (skipped < mapping.csv.skipRows) skipped += 1;
    else takeRow(sheet, row, out);
    if (out.length >= BATCH) {
      yield out;
      out = [];
    }
  }
  pushFinding(out, "skipped-rows", "rows before the table, as the mapping says", skipped);
  pushFinding(out, "blank-lines", "lines without text", sheet.blank);
  out.push({ type: "end", units: sheet.units });
  yield out;
}

function refuseForeign(header: readonly string[]): string | null {
  return isOwnHeader(header) ? null : "no mapping file says what the columns mean";
}
