import { displayWidth } from "../terminal/width.ts";
import { grouped } from "../terminal/measures.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Statistics } from "../workflow/statistics.ts";
import { type Command, command } from "./command.ts";
import { optionalArgument } from "./frame/arguments.ts";
import { caseFlag, csvFlag } from "./frame/common.ts";
import { choice } from "./frame/flags.ts";
import { caseOf } from "./shared/case.ts";
import { writeCsv } from "./shared/csv.ts";
import { SELECTION, selectionOf } from "./shared/selection.ts";

/** `stats`: counts and plots of a selection. */
export const stats: Command = command({
  description: [
    "Counts messages by day, hour, weekday, account or conversation. Days and hours are those of the " +
      "wall clock that the source writes; what it does not say is counted as unknown.",
  ],
  parameters: {
    query: optionalArgument("QUERY", "words, as in search"),
    by: choice("WHAT", ["day", "hour", "weekday", "account", "conversation"], "what to count by"),
    ...SELECTION,
    case: caseFlag,
    csv: csvFlag,
  },
  exits: [0, 10],
  examples: [{ line: "exhibita stats --by hour --account a3.1", about: "when somebody writes" }],
  effect: "reads",
  run: async (context, values) => {
    const { terminal, environment } = context;
    const { readCase } = await import("../workflow/case/open.ts");
    const { statistics } = await import("../workflow/statistics.ts");
    const reader = await readCase(caseOf(context, values.case), environment);
    try {
      const found = statistics(reader, selectionOf(values, values.query), values.by ?? "day");
      if (terminal.json) terminal.record({ type: "statistics", ...found });
      else if (values.csv)
        writeCsv(
          terminal,
          found.bars.map((bar) => ({ ...bar })),
        );
      else plot(terminal, found);
      return 0;
    } finally {
      reader.close();
    }
  },
});

const LONGEST_BAR = 48;

function plot(terminal: Terminal, { bars, total, by }: Statistics): void {
  const most = Math.max(1, ...bars.map((bar) => bar.messages));
  const widest = Math.max(0, ...bars.map((bar) => displayWidth(bar.label)));
  for (const { label, messages } of bars) {
    const blank = " ".repeat(widest - displayWidth(label));
    const bar = "#".repeat(Math.max(1, Math.round((messages / most) * LONGEST_BAR)));
    terminal.data(`${label}${blank}  ${grouped(messages).padStart(9)}  ${bar}`);
  }
  terminal.say(`${grouped(total)} messages by ${by}`);
}
