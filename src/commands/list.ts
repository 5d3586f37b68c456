import { tableLines } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { LISTINGS } from "../workflow/listing.ts";
import { type Command, command } from "./command.ts";
import { chosenArgument } from "./frame/arguments.ts";
import { caseFlag, csvFlag } from "./frame/common.ts";
import { caseOf } from "./shared/case.ts";
import { writeCsv } from "./shared/csv.ts";

/** `list artifacts|conversations|...`: tables of what the case holds. */
export const list: Command = command({
  description: [
    "Shows what the case holds, one row a line. Ids are those that other commands take: conversations " +
      "and accounts are numbered within the artifact they were seen in, since a name is a sighting, " +
      "not a person.",
  ],
  parameters: {
    what: chosenArgument("WHAT", LISTINGS, "the table"),
    case: caseFlag,
    csv: csvFlag,
  },
  exits: [0, 10],
  examples: [{ line: "exhibita list conversations", about: "ids, titles and counts" }],
  effect: "reads",
  run: async (context, values) => {
    const { terminal, environment } = context;
    const { readCase } = await import("../workflow/case/open.ts");
    const { listing } = await import("../workflow/listing.ts");
    const reader = await readCase(caseOf(context, values.case), environment);
    try {
      const rows = listing(reader, values.what);
      if (terminal.json) for (const row of rows) terminal.record(row);
      else if (values.csv) writeCsv(terminal, rows);
      else showTable(terminal, rows);
      if (rows.length === 0) terminal.say(`no ${values.what} in this case`);
      return 0;
    } finally {
      reader.close();
    }
  },
});

type Rows = readonly Readonly<Record<string, unknown>>[];

function showTable(terminal: Terminal, rows: Rows): void {
  const [first] = rows;
  if (first === undefined) return;
  const names = Object.keys(first).filter((name) => name !== "type");
  const columns = names.map((title) => ({
    title,
    align: rows.some((row) => typeof row[title] === "string")
      ? ("left" as const)
      : ("right" as const),
    shrinks: ["name", "title", "detail", "sha256", "options", "entry"].includes(title),
  }));
  const cells = rows.map((row) => names.map((name) => cellText(row[name])));
  for (const line of tableLines(columns, cells, terminal.width)) terminal.data(line);
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
