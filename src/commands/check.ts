import { resolve } from "node:path";
import { type Command, command } from "./command.ts";
import { caseFlag } from "./frame/common.ts";
import { text } from "./frame/flags.ts";
import { styled } from "../terminal/terminal.ts";
import { caseOf } from "./shared/case.ts";
import { checkLines } from "./shared/checks.ts";

/** `check`: the case itself. */
export const check: Command = command({
  description: [
    "Checks a case: every stored original against its digest, the chain of custody, and the index, row " +
      "by row, against a second one made from originals and journal. Ends with 3 where something was " +
      "left unfinished, as after a power cut: nothing is lost, and the lines say what to do.",
    "Lines cut from the journal's end can only be seen against a head that was given out: name an " +
      "earlier bundle with --anchor.",
  ],
  parameters: {
    anchor: text(
      "BUNDLE",
      "an earlier bundle of this case, whose journal head must still be there",
    ),
    case: caseFlag,
  },
  exits: [0, 3, 4, 10],
  examples: [
    { line: "exhibita check --anchor 2024-00311-P001.zip", about: "against a bundle given out" },
  ],
  effect: "reads",
  run: async (context, values) => {
    const { terminal, cwd } = context;
    const { anchorOf, checkCase } = await import("../workflow/check.ts");
    const anchor = values.anchor === null ? null : anchorOf(resolve(cwd, values.anchor));
    const report = await checkCase(caseOf(context, values.case), anchor);
    if (terminal.json) terminal.record(report);
    else {
      terminal.data(styled("strong", report.file));
      for (const line of checkLines(report.checks)) terminal.data(line);
      for (const line of report.unfinished)
        terminal.data(["  ", styled("doubtful", "unfinished"), `     ${line}`]);
    }
    if (report.verdict === "failed") return 4;
    return report.unfinished.length > 0 ? 3 : 0;
  },
});
