import { dirname, join, resolve } from "node:path";
import { createKey, keyFolder } from "../workflow/keys.ts";
import { writeFingerprintSheet } from "../workflow/keys/sheet.ts";
import { type Command, command } from "./command.ts";
import { dryRunFlag, passphraseFileFlag } from "./frame/common.ts";
import { choice, requiredText, text, toggle } from "./frame/flags.ts";
import { passphraseIn, protectionOf, refuseBoth } from "./shared/new-key.ts";

/** `key init`: a signer, and the agency's root where there is none. */
export const keyInit: Command = command({
  description: [
    "Makes a signing key (ECDSA P-256) with a certificate, and an agency root (P-384) that vouches " +
      "for it where the key folder has none of this agency yet. Nothing is trusted by this: others, " +
      "and you, name the root with verify --root or key trust.",
    "Hand the root certificate to those who will verify, apart from any bundle, and let them compare " +
      "its fingerprint with you. Keep the root's private key off this machine with --root-out.",
  ],
  parameters: {
    holder: requiredText("NAME", "who will sign, as the certificate shall name them"),
    agency: text("A", "the office the holder signs for"),
    rootOut: text("FILE", "keep the root's private key in FILE instead of the key folder"),
    passphraseFile: passphraseFileFlag,
    rootPassphraseFile: text("FILE", "the passphrase of the root's key, where it is another one"),
    noPassphrase: toggle("write the keys unencrypted: whoever reads the file can sign"),
    lang: choice("LANG", ["en", "fr"], "language of the sheet"),
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [
    {
      line: 'exhibita key init --holder "Ana Vega" --agency "Example Police"',
      about: "asks for a passphrase",
    },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, cwd, environment, variables } = context;
    const { holder, agency, rootOut, dryRun } = values;
    refuseBoth(values);
    const folder = keyFolder(variables, cwd);
    if (dryRun) {
      terminal.say(`would make a key for ${holder} in ${folder}`);
      return 0;
    }
    const passphrase = await protectionOf(context, values);
    const rootPassphrase = passphraseIn(context, values.rootPassphraseFile);
    const wanted = {
      holder,
      agency,
      passphrase,
      rootOut: rootOut === null ? null : resolve(cwd, rootOut),
      ...(rootPassphrase === null ? {} : { rootPassphrase }),
    };
    const key = await createKey(folder, wanted, environment);
    const sheet = join(dirname(key.certificate), "fingerprints.pdf");
    const now = new Date(environment.now());
    writeFingerprintSheet(folder, key.id, sheet, values.lang ?? "en", now);
    if (terminal.json) {
      terminal.record({ type: "key", schema: 1, ...key, sheet });
      return 0;
    }
    terminal.data(`key          ${key.id}`);
    terminal.data(`holder       ${key.holder}`);
    terminal.data(`certificate  ${key.certificate}`);
    terminal.data(`root         ${key.root}`);
    terminal.data(`fingerprint  ${key.fingerprint}`);
    terminal.data(`sheet        ${sheet}`);
    terminal.hint(
      "hand the root certificate to those who will verify, and the printed sheet by another way",
    );
    return 0;
  },
});
