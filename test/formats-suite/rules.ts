import type { FormatRecord } from "../../src/model/record.ts";
import { endOf, rowsOf } from "./scenario.ts";

/** Breaches of the accounting: every unit is one row, inside the file, in source order, told apart from the others. */
export function accountingFaults(records: readonly FormatRecord[], size: number): string[] {
  const rows = rowsOf(records);
  const { units } = endOf(records);
  const faults =
    rows.length === units ? [] : [`${size} bytes: ${rows.length} rows, ${units} units`];
  const ids = new Set<string>();
  let before = 0;
  for (const row of rows) {
    const { offset, length } = row.span;
    const place = `${size} bytes: ${row.type} at ${offset}, ${length} long`;
    if (offset < before) faults.push(`${place}, comes after ${before}`);
    // An exception may mark the very end of a file that breaks off.
    const least = row.type === "exception" ? 0 : 1;
    if (length < least || offset + length > size) faults.push(`${place}, is not in the file`);
    before = offset;
    const id = `${offset}.${row.type === "exception" ? "exception" : (row.part ?? "")}`;
    if (ids.has(id)) faults.push(`${place}, has the id of another row`);
    ids.add(id);
  }
  return faults;
}

/** Keys that a row names before they are declared, and declarations that say nothing new. */
export function declarationFaults(records: readonly FormatRecord[]): string[] {
  const declared = new Set<string>();
  const faults: string[] = [];
  for (const record of records) {
    if (record.type === "conversation" || record.type === "account") {
      const said = JSON.stringify(record);
      if (declared.has(said)) faults.push(`said twice: ${said}`);
      declared.add(said).add(`${record.type} ${record.key}`);
    } else if (record.type === "message" || record.type === "event") {
      const named = [`conversation ${record.conversation}`];
      if (record.account !== null) named.push(`account ${record.account}`);
      for (const key of named) if (!declared.has(key)) faults.push(`${key} is not declared`);
    }
  }
  return faults;
}
