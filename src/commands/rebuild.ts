import { type Command, command } from "./command.ts";
import { acceptExceptionsFlag, caseFlag, dryRunFlag, waitFlag } from "./frame/common.ts";
import { grouped } from "../terminal/measures.ts";
import { startProgress } from "../terminal/progress.ts";
import { caseOf } from "./shared/case.ts";

/** `rebuild`: the index from the originals and the journal. */
export const rebuild: Command = command({
  description: [
    "Makes the index anew from the originals and the chain of custody, to the same rows. The old index " +
      "is replaced only when the new one is whole. Where today's parser reads a file otherwise than the " +
      "one that first read it, that is listed, and the command ends with 3.",
  ],
  parameters: {
    case: caseFlag,
    wait: waitFlag,
    dryRun: dryRunFlag,
    acceptExceptions: acceptExceptionsFlag,
  },
  exits: [0, 3, 4, 10, 11],
  examples: [{ line: "exhibita rebuild", about: "after the index was damaged" }],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, environment } = context;
    const paths = caseOf(context, values.case);
    if (values.dryRun) {
      terminal.say(`would make anew: ${paths.index}`);
      return 0;
    }
    const { rebuildIndex } = await import("../workflow/rebuild.ts");
    const progress = startProgress(terminal, environment.now);
    const onLine = (line: number, of: number): void =>
      progress.update({
        label: `journal line ${line} of ${of}`,
        bytes: 0,
        totalBytes: null,
        messages: line,
      });
    const made = await rebuildIndex(paths, environment, values.wait ?? 0, onLine);
    progress.end();
    if (terminal.json) terminal.record({ type: "rebuilt", ...made });
    else
      terminal.data(
        `rebuilt from ${grouped(made.lines)} journal lines: ${grouped(made.messages)} messages`,
      );
    for (const difference of made.differences) terminal.warn(difference);
    return made.differences.length > 0 && !values.acceptExceptions ? 3 : 0;
  },
});
