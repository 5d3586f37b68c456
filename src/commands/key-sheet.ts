import { resolve } from "node:path";
import { keyFolder } from "../workflow/keys.ts";
import { writeFingerprintSheet } from "../workflow/keys/sheet.ts";
import { type Command, command } from "./command.ts";
import { optionalArgument } from "./frame/arguments.ts";
import { dryRunFlag } from "./frame/common.ts";
import { choice, requiredText } from "./frame/flags.ts";

/** `key sheet [ID] -o FILE`: the fingerprints on paper. */
export const keySheet: Command = command({
  description: [
    "Draws one A4 page with the fingerprints of a key's certificate and of its root, how to compare them, " +
      "and room to sign for them. It holds no secret: hand it over in person, by post, or read it out.",
  ],
  parameters: {
    key: optionalArgument("ID", "the key; with one key none need be named"),
    output: requiredText("FILE", "where the PDF goes (-o)"),
    lang: choice("LANG", ["en", "fr"], "language of the page"),
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [{ line: "exhibita key sheet -o fingerprints.pdf", about: "of the only key" }],
  effect: "writes",
  run: async ({ terminal, cwd, environment, variables }, { key, output, lang, dryRun }) => {
    const path = resolve(cwd, output);
    if (dryRun) {
      terminal.say(`would draw the fingerprints to ${path}`);
      return 0;
    }
    const now = new Date(environment.now());
    writeFingerprintSheet(keyFolder(variables, cwd), key, path, lang ?? "en", now);
    if (terminal.json) terminal.record({ type: "sheet", schema: 1, path });
    else terminal.data(`sheet        ${path}`);
    return 0;
  },
});
