import { type Command, command } from "./command.ts";
import { argument } from "./frame/arguments.ts";
import { caseFlag } from "./frame/common.ts";
import { toggle, whole } from "./frame/flags.ts";
import { caseOf } from "./shared/case.ts";
import { rowLines, rowRecord } from "./shared/rows.ts";

/** `show MESSAGE`: one message among its neighbours, or its source bytes. */
export const show: Command = command({
  description: [
    "Shows one message, by its id or the beginning of it, among its neighbours in the conversation. " +
      "--source prints the bytes of the original that it was read from, and nothing else.",
  ],
  parameters: {
    message: argument("MESSAGE", "id as search shows it, or its beginning"),
    context: whole("N", "rows shown on each side"),
    source: toggle("print the original bytes"),
    case: caseFlag,
  },
  exits: [0, 4, 10],
  examples: [
    { line: "exhibita show 9f2c4e1a-1204 --context 5", about: "with five rows on each side" },
  ],
  effect: "reads",
  run: async (context, values) => {
    const { terminal, environment } = context;
    const { readCase } = await import("../workflow/case/open.ts");
    const workflow = await import("../workflow/show.ts");
    const reader = await readCase(caseOf(context, values.case), environment);
    try {
      if (values.source) {
        terminal.bytes(workflow.sourceBytes(reader, values.message));
        return 0;
      }
      const { rows, wanted } = workflow.show(reader, values.message, values.context ?? 0);
      rows.forEach((row, at) => {
        if (terminal.json) terminal.record({ ...rowRecord(row), wanted: at === wanted });
        else for (const line of rowLines(row, true)) terminal.data(line);
        if (!terminal.json && at === wanted) showDetails(terminal, row);
      });
      return 0;
    } finally {
      reader.close();
    }
  },
});

function showDetails(
  terminal: Parameters<Command["run"]>[0]["terminal"],
  row: Parameters<typeof rowRecord>[0],
): void {
  const { time, locator } = row;
  const place = locator.entry === null ? "" : ` in ${locator.entry}`;
  terminal.data(
    `    time as written: ${time.raw ?? "none"}; basis: ${time.basis}; instant: ${time.instant ?? "unknown"}`,
  );
  terminal.data(
    `    artifact ${row.artifact}${place}, bytes ${locator.offset} to ${locator.offset + locator.length}`,
  );
  for (const [name, value] of Object.entries(row.extra))
    terminal.data(`    ${name}: ${JSON.stringify(value)}`);
}
