import type { CustodyEntry } from "../model/custody.ts";
import { tableLines } from "../terminal/table.ts";
import { type Command, command } from "./command.ts";
import { caseFlag } from "./frame/common.ts";
import { caseOf } from "./shared/case.ts";

/** `custody log`: the journal, and whether its chain holds. */
export const custodyLog: Command = command({
  description: [
    "Prints the chain of custody, one entry a line, and recomputes its links. Ends with 4 where a " +
      "link does not hold, with 3 where the last line was cut off while it was written. With --json " +
      "the entries are written as they stand in the journal, private members included.",
  ],
  parameters: { case: caseFlag },
  exits: [0, 3, 4, 10],
  examples: [{ line: "exhibita custody log", about: "who did what, and when" }],
  effect: "reads",
  run: async (context, values) => {
    const { terminal } = context;
    const { custodyOf } = await import("../workflow/custody.ts");
    const { entries, faults, torn, head } = custodyOf(caseOf(context, values.case));
    if (terminal.json) {
      for (const entry of entries) terminal.record({ type: "custody", schema: 1, ...entry });
      terminal.record({ type: "custody-head", schema: 1, ...head, torn, faults });
    } else {
      const lines = tableLines(COLUMNS, entries.map(rowOf), terminal.width);
      for (const line of lines) terminal.data(line);
      terminal.say(`head: ${head.size} lines, last ${head.last}, root ${head.root}`);
    }
    for (const { line, detail } of faults) terminal.warn(`line ${line} ${detail}`);
    if (torn > 0) terminal.warn(`${torn} bytes after the last line: an act cut off by a kill`);
    if (faults.length > 0) return 4;
    return torn > 0 ? 3 : 0;
  },
});

const COLUMNS = [
  { title: "no", align: "right" },
  { title: "at" },
  { title: "act" },
  { title: "by", shrinks: true },
  { title: "artifacts", shrinks: true },
  { title: "note", shrinks: true },
] as const;

const SHOWN_ARTIFACTS = 8;

function rowOf(entry: CustodyEntry): readonly string[] {
  const { seq, at, action, actor, artifacts, note, clockBackwards } = entry;
  const numbers = artifacts.slice(0, SHOWN_ARTIFACTS).map(({ number }) => String(number));
  const more = artifacts.length - numbers.length;
  return [
    String(seq),
    clockBackwards === true ? `${at} (clock ran backwards)` : at,
    action,
    actor,
    more > 0 ? `${numbers.join(", ")} and ${more} more` : numbers.join(", "),
    note ?? "",
  ];
}
