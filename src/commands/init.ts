import { resolve } from "node:path";
import { type Command, command } from "./command.ts";
import { argument } from "./frame/arguments.ts";
import { dryRunFlag } from "./frame/common.ts";
import { choice, requiredText, text } from "./frame/flags.ts";

/** `init DIR --number N`: the case folder and the first custody entry. */
export const init: Command = command({
  description: [
    "Makes a case: a folder that only you can read, with its description, its chain of custody and " +
      "an empty index. The folder must not exist, or be empty.",
    "The zone is for display and for time bounds without an offset. It never places a message: a " +
      "source's own zone is declared with ingest --zone.",
  ],
  parameters: {
    dir: argument("DIR", "folder to make"),
    number: requiredText("N", "number of the case, as on its papers"),
    title: text("T", "title of the case"),
    officer: text("ID", "name or service number of the officer in charge, who acts in the journal"),
    agency: text("A", "the agency"),
    zone: text("ZONE", "zone for display, such as Europe/Paris"),
    lang: choice("LANG", ["en", "fr"], "language of bundles, unless bundle --lang says otherwise"),
    dryRun: dryRunFlag,
  },
  exits: [0],
  examples: [
    {
      line: "exhibita init case-311 --number 2024-00311 --zone Europe/Paris --lang fr",
      about: "a case whose bundles are in French",
    },
  ],
  effect: "writes",
  run: async ({ terminal, cwd, environment }, values) => {
    const { createCase, settingsOf } = await import("../workflow/case/create.ts");
    const { number, title, officer, agency, zone } = values;
    const folder = resolve(cwd, values.dir);
    const wanted = { folder, number, title, officer, agency, zone, language: values.lang ?? "en" };
    if (values.dryRun) {
      terminal.say(`would make case ${settingsOf(wanted, environment).number} at ${folder}`);
      return 0;
    }
    createCase(wanted, environment);
    if (terminal.json) terminal.record({ type: "case", schema: 1, number, folder });
    else terminal.data(`case ${number} made at ${folder}`);
    terminal.hint(`next: exhibita ingest PATH... --case ${values.dir}`);
    return 0;
  },
});
