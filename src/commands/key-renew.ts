import { resolve } from "node:path";
import { keyFolder } from "../workflow/keys.ts";
import { readRenewal } from "../workflow/keys/certify.ts";
import { type Command, command } from "./command.ts";
import { optionalArgument } from "./frame/arguments.ts";
import { dryRunFlag, passphraseFileFlag } from "./frame/common.ts";
import { text } from "./frame/flags.ts";
import { passphraseSource } from "./shared/passphrase.ts";
import { showSigner } from "./shared/signer-lines.ts";

/** `key renew [ID]`: another certificate for the same key. */
export const keyRenew: Command = command({
  description: [
    "Issues another certificate of 5 years for a key that is here, under the same root: holder, agency " +
      "and key stay, on a card too. The earlier certificate stays as it is, superseded. A key that was " +
      "revoked is not renewed.",
    "Where the root is elsewhere: key request --key, there key issue, and here key import.",
  ],
  parameters: {
    key: optionalArgument("ID", "the key; with one key none need be named"),
    rootKey: text("FILE", "the root's private key, where it is kept elsewhere"),
    passphraseFile: passphraseFileFlag,
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [{ line: "exhibita key renew ana-vega-1a2b3c4d", about: "for five more years" }],
  effect: "writes",
  run: async (context, { key, rootKey, passphraseFile, dryRun }) => {
    const { terminal, cwd, environment, variables } = context;
    const folder = keyFolder(variables, cwd);
    const found = readRenewal(folder, key, environment);
    if (dryRun) {
      const { id, validTo } = found.key.entry;
      terminal.say(`would renew ${id}, whose certificate ends at ${validTo}`);
      return 0;
    }
    const access = {
      keyFile: rootKey === null ? null : resolve(cwd, rootKey),
      passphrase: passphraseSource(context, passphraseFile),
    };
    showSigner(terminal, await found.renew(access));
    return 0;
  },
});
