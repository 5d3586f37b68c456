import { resolve } from "node:path";
import { keyFolder } from "../workflow/keys.ts";
import { readCardKey } from "../workflow/keys/import.ts";
import { type Command, command } from "./command.ts";
import { dryRunFlag } from "./frame/common.ts";
import { requiredText, text, texts } from "./frame/flags.ts";
import { passphraseSource } from "./shared/passphrase.ts";
import { showSigner } from "./shared/signer-lines.ts";

/** `key add --pkcs11 MODULE --token LABEL`: a key that stays on its card or in its HSM. */
export const keyAdd: Command = command({
  description: [
    "Adds a key on a smart card or in an HSM, reached through its maker's PKCS#11 module. The key stays " +
      "where it is; the key folder keeps its certificate and where the card is found.",
    "The card makes one signature to prove that key and certificate belong together. Its PIN is asked " +
      "for, or read from a file, here and at each signing; it is kept nowhere.",
  ],
  parameters: {
    pkcs11: requiredText("MODULE", "the PKCS#11 library of the card's maker"),
    token: requiredText("LABEL", "label of the card or partition"),
    name: text("NAME", "label or id (hexadecimal) of the key, where the card holds several"),
    certificate: texts("FILE", "certificates that the card does not hold, as PEM or DER"),
    passphraseFile: text(
      "FILE",
      "read the PIN from the first line of FILE (else EXHIBITA_PASSPHRASE_FILE, else a hidden prompt)",
    ),
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [
    {
      line: 'exhibita key add --pkcs11 /usr/lib/x86_64-linux-gnu/opensc-pkcs11.so --token "Ana Vega"',
      about: "a card that OpenSC knows",
    },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, cwd, environment, variables } = context;
    const folder = keyFolder(variables, cwd);
    const request = {
      module: resolve(cwd, values.pkcs11),
      token: values.token,
      name: values.name,
      certificates: values.certificate.map((file) => resolve(cwd, file)),
      pin: passphraseSource(context, values.passphraseFile),
    };
    const found = await readCardKey(folder, request, environment);
    if (values.dryRun) {
      terminal.say(`would add ${found.signer.id} (${found.signer.algorithm}) to ${folder}`);
      return 0;
    }
    showSigner(terminal, await found.store(), found.warnings);
    return 0;
  },
});
