import { type Command, command } from "./command.ts";
import { argumentList } from "./frame/arguments.ts";
import { acceptExceptionsFlag, caseFlag, dryRunFlag, waitFlag } from "./frame/common.ts";
import { caseOf } from "./shared/case.ts";
import { exitOfIngest, ingestObserver, showSummary } from "./shared/ingest-report.ts";
import { PARSE_OPTIONS, parseOptionsOf } from "./shared/parse-options.ts";

/** `reparse ARTIFACT...`: a new parse run of a stored source. */
export const reparse: Command = command({
  description: [
    "Parses stored sources again, with what has been learned since: the zone of the phone, the order of " +
      "day and month, the format, a better parser. The earlier run stays in the case, superseded, and " +
      "ids of messages stay the same. What is not declared anew stays as it was declared.",
  ],
  parameters: {
    artifacts: argumentList("ARTIFACT", "number or digest, as list artifacts shows"),
    ...PARSE_OPTIONS,
    case: caseFlag,
    wait: waitFlag,
    dryRun: dryRunFlag,
    acceptExceptions: acceptExceptionsFlag,
  },
  exits: [0, 3, 4, 10, 11],
  examples: [
    { line: "exhibita reparse 3 --zone Europe/Paris", about: "now that the phone's zone is known" },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { cwd, environment, terminal } = context;
    const options = parseOptionsOf(values, cwd);
    const paths = caseOf(context, values.case);
    if (values.dryRun) {
      terminal.say(`would parse again: ${values.artifacts.join(", ")}`);
      return 0;
    }
    const { openCase } = await import("../workflow/case/open.ts");
    const { reparse: run } = await import("../workflow/reparse.ts");
    const writer = await openCase(paths, environment, values.wait ?? 0);
    const observer = ingestObserver(terminal, environment.now, cwd);
    try {
      const summary = await run(writer, values.artifacts, values.format, options, observer);
      showSummary(terminal, summary);
      return exitOfIngest(summary, values.acceptExceptions);
    } finally {
      observer.end();
      await writer.close();
    }
  },
});
