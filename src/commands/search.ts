import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Failure } from "../model/failure.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { grouped } from "../terminal/measures.ts";
import type { CaseReader } from "../workflow/case/open.ts";
import { type Command, command } from "./command.ts";
import { optionalArgument } from "./frame/arguments.ts";
import { caseFlag, csvFlag } from "./frame/common.ts";
import { text, toggle, whole } from "./frame/flags.ts";
import { caseOf } from "./shared/case.ts";
import { writeCsv } from "./shared/csv.ts";
import { rowCells, showRows } from "./shared/rows.ts";
import { SELECTION, selectionOf, type SelectionValues } from "./shared/selection.ts";

/** `search QUERY`: full-text search, narrowed by the selection flags. */
export const search: Command = command({
  description: [
    'Finds messages that hold every word of the query. Accents and case do not matter; "..." is a ' +
      "phrase, a * after a word asks for its beginning, everything else is plain text. An empty query " +
      "means all messages.",
    "What a word index cannot hold (emoji, scripts without blanks, digits inside a number) is found by " +
      "scanning, so that an answer of 0 means that there is none.",
  ],
  parameters: {
    query: optionalArgument("QUERY", 'words; "" for all messages'),
    ...SELECTION,
    events: toggle("with system notices, reactions and edits"),
    limit: whole("N", "at most N rows", 1),
    count: toggle("print the number of rows alone"),
    words: text("FILE", "count hits of each line of FILE instead"),
    case: caseFlag,
    csv: csvFlag,
  },
  exits: [0, 10],
  examples: [
    { line: "exhibita search rendez-vous --from 2024-06-25 --to 2024-06-25", about: "on one day" },
    { line: 'exhibita search "" --account a3.1 --count', about: "how much somebody wrote" },
  ],
  effect: "reads",
  run: async (context, values) => {
    const { terminal, cwd, environment } = context;
    const { readCase } = await import("../workflow/case/open.ts");
    const words = values.words === null ? null : readWords(resolve(cwd, values.words));
    if (words === null && values.query === null) {
      throw new Failure("usage", "no query was given", ['give words, or "" for all messages']);
    }
    const reader = await readCase(caseOf(context, values.case), environment);
    try {
      if (words === null) await one(terminal, reader, values);
      else await perWord(terminal, reader, values, words);
      return 0;
    } finally {
      reader.close();
    }
  },
});

interface SearchValues extends SelectionValues {
  readonly query: string | null;
  readonly events: boolean;
  readonly limit: number | null;
  readonly count: boolean;
  readonly csv: boolean;
}

async function one(terminal: Terminal, reader: CaseReader, values: SearchValues): Promise<void> {
  const workflow = await import("../workflow/search.ts");
  const { events, limit } = values;
  const request = { selection: selectionOf(values, values.query), events, limit };
  if (values.count) {
    const count = workflow.searchCount(reader, request);
    if (terminal.json) terminal.record({ type: "summary", count });
    else terminal.data(String(count));
    return;
  }
  const rows = workflow.search(reader, request);
  if (values.csv && !terminal.json) {
    writeCsv(terminal, rows.map(rowCells));
    return;
  }
  const count = showRows(terminal, rows);
  if (terminal.json) terminal.record({ type: "summary", count });
  else terminal.say(count === 1 ? "1 row" : `${grouped(count)} rows`);
}

/** Hits of each word by itself, as a list for the file. */
async function perWord(
  terminal: Terminal,
  reader: CaseReader,
  values: SearchValues,
  words: readonly string[],
): Promise<void> {
  const { searchCount } = await import("../workflow/search.ts");
  for (const word of words) {
    const request = { selection: selectionOf(values, word), events: values.events, limit: null };
    const count = searchCount(reader, request);
    if (terminal.json) terminal.record({ type: "word", word, count });
    else terminal.data(`${grouped(count).padStart(9)}  ${word}`);
  }
}

function readWords(path: string): string[] {
  try {
    const lines = readFileSync(path, "utf8").split(/\r?\n/);
    return lines.map((line) => line.trim()).filter((line) => line !== "");
  } catch (cause) {
    throw new Failure("usage", `the words cannot be read: ${path}`, [], cause);
  }
}
