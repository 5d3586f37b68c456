import type { Terminal } from "../../terminal/terminal.ts";

/** First characters that make a spreadsheet take a cell for a formula (OWASP, CSV injection), and their full-width twins. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** Writes rows as CSV, line by line. */
export function writeCsv(
  terminal: Terminal,
  rows: Iterable<Readonly<Record<string, unknown>>>,
): void {
  for (const line of csvLines(rows)) terminal.bytes(Buffer.from(`${line}\r\n`, "utf8"));
}

/** Rows as CSV lines for a spreadsheet (RFC 4180), a header first; cells that would act as formulas begin with `'`. */
export function* csvLines(rows: Iterable<Readonly<Record<string, unknown>>>): Generator<string> {
  let names: readonly string[] | null = null;
  for (const row of rows) {
    if (names === null) {
      names = Object.keys(row);
      yield names.join(",");
    }
    yield names.map((name) => cell(row[name])).join(",");
  }
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
