import { resolve } from "node:path";
import { Failure } from "../model/failure.ts";
import { keyFolder } from "../workflow/keys.ts";
import { readImport } from "../workflow/keys/import.ts";
import { type Command, command } from "./command.ts";
import { argumentList } from "./frame/arguments.ts";
import { dryRunFlag, passphraseFileFlag } from "./frame/common.ts";
import { text, toggle } from "./frame/flags.ts";
import { passphraseIn } from "./shared/new-key.ts";
import { newPassphrase, passphraseSource } from "./shared/passphrase.ts";
import { showSigner } from "./shared/signer-lines.ts";

/** `key import FILE...`: a key that an agency or an issuer handed out. */
export const keyImport: Command = command({
  description: [
    "Takes a signing key and its certificates into the key folder: from PEM (PKCS#8, EC or RSA, " +
      "encrypted or not) or from PKCS#12 (.p12, .pfx). Key, certificate and its issuers may lie in " +
      "several files; name them all. Of an exported key, destroy the files afterwards.",
    "With certificates alone, the one for a key that waits here (key request), or a new one for a key " +
      "that is here already.",
    "Refused, with the reason: keys of other kinds than ECDSA P-256, P-384 and RSA from 2048 bits, " +
      "certificates signed with SHA-1, ended or not valid yet.",
  ],
  parameters: {
    files: argumentList("FILE", "PEM, PKCS#12, or a certificate in DER"),
    name: text("NAME", "name in the file, or fingerprint's beginning, of the key meant"),
    passphraseFile: passphraseFileFlag,
    newPassphraseFile: text(
      "FILE",
      "protect the key here with the first line of FILE (else as it came)",
    ),
    noPassphrase: toggle("write the key unencrypted: whoever reads the file can sign"),
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [
    { line: "exhibita key import ana.p12", about: "asks for the passphrase of the file" },
    { line: "exhibita key import key.pem chain.pem", about: "key and certificates apart" },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, cwd, environment, variables } = context;
    const { newPassphraseFile, noPassphrase, passphraseFile } = values;
    if (noPassphrase && newPassphraseFile !== null) {
      throw new Failure("usage", "--no-passphrase and --new-passphrase-file exclude each other");
    }
    const folder = keyFolder(variables, cwd);
    const request = {
      files: values.files.map((file) => resolve(cwd, file)),
      name: values.name,
      passphrase: passphraseSource(context, passphraseFile),
      keep: async (given: string | null) => {
        if (noPassphrase) {
          terminal.warn("the key is written unencrypted: whoever reads it can sign");
          return null;
        }
        const own = passphraseIn(context, newPassphraseFile) ?? given;
        return own ?? newPassphrase(context, passphraseFile);
      },
    };
    const found = await readImport(folder, request, environment);
    if (values.dryRun) {
      for (const warning of found.warnings) terminal.warn(warning);
      const { id, algorithm } = found.signer;
      terminal.say(`would import ${id} (${algorithm}) into ${folder}`);
      return 0;
    }
    showSigner(terminal, await found.store(), found.warnings);
    terminal.hint("exhibita key sheet draws the page by which others compare the fingerprints");
    return 0;
  },
});
