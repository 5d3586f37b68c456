import { resolve } from "node:path";
import { type Command, command } from "./command.ts";
import { argument } from "./frame/arguments.ts";

/** `reproduce BUNDLE`: the report drawn again from the data. */
export const reproduce: Command = command({
  description: [
    "Draws the report of a bundle again from the data in it, and compares the result with the digest " +
      "the maker stated: the same digest shows that the pages say what the data says. It does not judge " +
      "the signature; verify does. The same versions of exhibita and its libraries are needed.",
  ],
  parameters: { bundle: argument("BUNDLE", "bundle (ZIP)") },
  exits: [0, 4],
  examples: [{ line: "exhibita reproduce 2024-00311-P001.zip", about: "compare pages and data" }],
  effect: "reads",
  run: async ({ terminal, cwd }, values) => {
    const { reproduce: run } = await import("../workflow/reproduce.ts");
    const { DEPENDENCIES, NODE_VERSION } = await import("../workflow/case/tool.ts");
    const found = await run(resolve(cwd, values.bundle), DEPENDENCIES, NODE_VERSION);
    if (terminal.json) terminal.record(found);
    else {
      const answer = found.same
        ? "the report is what the data gives"
        : "the report is NOT what the data gives here";
      terminal.data(`${found.id}: ${answer}`);
      terminal.data(`  drawn now   ${found.drawn}`);
      terminal.data(`  as stated   ${found.stated}`);
      if (!found.same && found.versions.length > 0) {
        terminal.hint(
          `made with other versions, which can move a page: ${found.versions.join(", ")}`,
        );
      }
    }
    return found.same ? 0 : 4;
  },
});
