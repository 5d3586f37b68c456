import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { keyFolder } from "../workflow/keys.ts";
import { readRevocation, REVOCATION_REASONS } from "../workflow/keys/revoke.ts";
import { type Command, command } from "./command.ts";
import { argument } from "./frame/arguments.ts";
import { dryRunFlag, passphraseFileFlag } from "./frame/common.ts";
import { choice, requiredText, text } from "./frame/flags.ts";
import { instantOf } from "./shared/instant.ts";
import { passphraseSource } from "./shared/passphrase.ts";

/** `key revoke KEY -o FILE`: a signed notice that a certificate is withdrawn. */
export const keyRevoke: Command = command({
  description: [
    "Withdraws a certificate by a signed notice: hand the file to those who verify, who name it with " +
      "verify --revoked. Signatures stay good where a trusted time shows that they are older; the others " +
      "become indeterminate. There is no way back.",
    "The notice is signed by the agency's root where its key is at hand, else by the key itself: either " +
      "may withdraw a certificate, and nobody else. A copy stays in the key folder, where the key signs " +
      "nothing any more.",
  ],
  parameters: {
    key: argument("KEY", "id of a key that is here, or a PEM file with another's certificate"),
    output: requiredText("FILE", "where the notice goes (-o)"),
    reason: choice("R", REVOCATION_REASONS, "why (else unspecified)"),
    since: text("TIME", "not to be relied on from then on, as 2026-03-01T10:00:00Z (else now)"),
    note: text("TEXT", "what those who verify should know"),
    by: choice("WHO", ["root", "signer"], "who signs the notice (else the root where it can)"),
    rootKey: text("FILE", "the root's private key, where it is kept elsewhere"),
    passphraseFile: passphraseFileFlag,
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [
    {
      line: "exhibita key revoke ana-vega-1a2b3c4d --reason key-compromise --since 2026-02-27T18:00:00Z -o ana-revoked.txt",
      about: "the laptop was stolen on that evening",
    },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, cwd, environment, variables } = context;
    const path = resolve(cwd, values.key);
    const request = {
      target: existsSync(path) ? path : values.key,
      reason: values.reason ?? "unspecified",
      since: values.since === null ? null : instantOf(values.since, "--since"),
      note: values.note,
      by: values.by,
      rootKeyFile: values.rootKey === null ? null : resolve(cwd, values.rootKey),
    };
    const found = readRevocation(keyFolder(variables, cwd), request, environment);
    const { holder, certificate, by, revocation } = found;
    if (values.dryRun) {
      terminal.say(`would revoke the certificate ${certificate} of ${holder}, by its ${by}`);
      return 0;
    }
    const output = resolve(cwd, values.output);
    await found.revoke(output, passphraseSource(context, values.passphraseFile));
    if (terminal.json) {
      const notice = { notice: output, certificate, holder, by, ...revocation };
      terminal.record({ type: "revocation", schema: 1, ...notice });
      return 0;
    }
    terminal.data(`revoked      ${holder}, as of ${revocation.revoked} (${revocation.reason})`);
    terminal.data(`certificate  ${certificate}`);
    terminal.data(`notice       ${output}`);
    terminal.hint(`hand it to those who verify: exhibita verify FILE --revoked ${values.output}`);
    return 0;
  },
});
