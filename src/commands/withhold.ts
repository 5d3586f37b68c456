import { type Command, command } from "./command.ts";
import { argumentList } from "./frame/arguments.ts";
import { caseFlag, dryRunFlag, waitFlag } from "./frame/common.ts";
import { requiredText } from "./frame/flags.ts";
import { caseOf } from "./shared/case.ts";

/** `withhold ITEM... --ground TEXT`: keeps items out of every bundle. */
export const withhold: Command = command({
  description: [
    "Keeps messages or artifacts out of every bundle from now on: a placeholder with the ground stands " +
      "in their place and is counted; their text, bytes and plain digest are nowhere in it. Bundles " +
      "already made are not changed.",
  ],
  parameters: {
    items: argumentList("ITEM", "id of a message, or number of an artifact (artifact:7)"),
    ground: requiredText("TEXT", "why, as the placeholder will say"),
    case: caseFlag,
    wait: waitFlag,
    dryRun: dryRunFlag,
  },
  exits: [0, 4, 10, 11],
  examples: [
    { line: 'exhibita withhold artifact:7 --ground "image of a minor"', about: "an attachment" },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, environment } = context;
    const paths = caseOf(context, values.case);
    const { itemNames, twinsOf, withholdItems } = await import("../workflow/withholding.ts");
    if (values.dryRun) {
      const { readCase } = await import("../workflow/case/open.ts");
      const reader = await readCase(paths, environment);
      for (const item of itemNames(reader, values.items)) terminal.say(`would withhold: ${item}`);
      reader.close();
      return 0;
    }
    const { openCase } = await import("../workflow/case/open.ts");
    const writer = await openCase(paths, environment, values.wait ?? 0);
    try {
      for (const item of withholdItems(writer, values.items, values.ground)) {
        const twins = twinsOf(writer, item);
        if (terminal.json)
          terminal.record({ type: "withheld", item, ground: values.ground, twins });
        else terminal.data(`withheld  ${item}  ${values.ground}`);
        for (const twin of twins)
          terminal.warn(`the same words stand elsewhere too, not withheld: ${twin}`);
      }
      terminal.hint(
        "whoever has every other byte of its source can test guesses of a short message against that " +
          "source's digest: where that matters, leave the conversation out of the bundle",
      );
      return 0;
    } finally {
      await writer.close();
    }
  },
});
