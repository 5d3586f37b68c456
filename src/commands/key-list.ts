import { tableLines } from "../terminal/table.ts";
import { keyFolder, keysIn } from "../workflow/keys.ts";
import { type Command, command } from "./command.ts";

/** `key list`: the signers of the key folder, none opened. */
export const keyList: Command = command({
  description: ["Lists the signing keys of the key folder. No passphrase is needed."],
  parameters: {},
  exits: [0, 12],
  examples: [{ line: "exhibita key list", about: "ids, as --key takes them" }],
  effect: "reads",
  run: async ({ terminal, cwd, variables }) => {
    const folder = keyFolder(variables, cwd);
    const keys = keysIn(folder);
    if (terminal.json) {
      for (const key of keys) terminal.record({ type: "key", schema: 1, ...key });
      return 0;
    }
    const rows = keys.map((key) => [
      key.id,
      key.holder,
      key.agency ?? "",
      key.validTo,
      key.encrypted ? "passphrase" : "none",
      key.fingerprint,
    ]);
    for (const line of tableLines(COLUMNS, rows, terminal.width)) terminal.data(line);
    if (keys.length === 0) {
      terminal.say(`no key in ${folder}`);
      terminal.hint("exhibita key init --holder NAME makes one");
    }
    return 0;
  },
});

const COLUMNS = [
  { title: "id" },
  { title: "holder", shrinks: true },
  { title: "agency", shrinks: true },
  { title: "until" },
  { title: "protection" },
  { title: "root fingerprint", shrinks: true },
];
