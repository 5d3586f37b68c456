import { type Command, command } from "./command.ts";
import { argumentList } from "./frame/arguments.ts";
import { caseFlag, dryRunFlag, waitFlag } from "./frame/common.ts";
import { caseOf } from "./shared/case.ts";

/** `release ITEM...`: lets withheld items into bundles again. */
export const release: Command = command({
  description: [
    "Lets withheld messages or artifacts into bundles again. The journal keeps both acts.",
  ],
  parameters: {
    items: argumentList("ITEM", "as withhold named it"),
    case: caseFlag,
    wait: waitFlag,
    dryRun: dryRunFlag,
  },
  exits: [0, 4, 10, 11],
  examples: [{ line: "exhibita release artifact:7", about: "an attachment" }],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, environment } = context;
    const paths = caseOf(context, values.case);
    const { itemNames, releaseItems } = await import("../workflow/withholding.ts");
    if (values.dryRun) {
      const { readCase } = await import("../workflow/case/open.ts");
      const reader = await readCase(paths, environment);
      for (const item of itemNames(reader, values.items)) terminal.say(`would release: ${item}`);
      reader.close();
      return 0;
    }
    const { openCase } = await import("../workflow/case/open.ts");
    const writer = await openCase(paths, environment, values.wait ?? 0);
    try {
      for (const item of releaseItems(writer, values.items)) {
        if (terminal.json) terminal.record({ type: "released", item });
        else terminal.data(`released  ${item}`);
      }
      return 0;
    } finally {
      await writer.close();
    }
  },
});
