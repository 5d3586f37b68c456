import { resolve } from "node:path";
import { addTrusted, keyFolder, rootIn } from "../workflow/keys.ts";
import { type Command, command } from "./command.ts";
import { argument } from "./frame/arguments.ts";
import { dryRunFlag } from "./frame/common.ts";

/** `key trust PEM`: a root for every later verification on this account. */
export const keyTrust: Command = command({
  description: [
    "Puts a root certificate among those that verify trusts without --root. Compare the fingerprint " +
      "with the agency by another way than the one the file came by.",
  ],
  parameters: {
    certificate: argument("PEM", "the root certificate of an agency or a time-stamp authority"),
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [
    { line: "exhibita key trust agency-root.pem", about: "trust this agency from now on" },
  ],
  effect: "writes",
  run: async ({ terminal, cwd, variables }, { certificate, dryRun }) => {
    const folder = keyFolder(variables, cwd);
    const path = resolve(cwd, certificate);
    if (dryRun) {
      const { holder, fingerprint } = rootIn(path);
      terminal.say(`would trust ${holder}`);
      if (terminal.json) terminal.record({ type: "root", schema: 1, holder, fingerprint });
      else terminal.data(`fingerprint  ${fingerprint}`);
      return 0;
    }
    const root = addTrusted(folder, path);
    if (terminal.json) {
      terminal.record({ type: "root", schema: 1, ...root });
      return 0;
    }
    terminal.data(`trusted      ${root.holder}`);
    terminal.data(`fingerprint  ${root.fingerprint}`);
    terminal.hint("compare the fingerprint with the agency by another way than the file came by");
    return 0;
  },
});
