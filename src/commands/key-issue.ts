import { resolve } from "node:path";
import { keyFolder } from "../workflow/keys.ts";
import { type Issuable, readApplication } from "../workflow/keys/certify.ts";
import { type Command, command, type Context } from "./command.ts";
import { argument } from "./frame/arguments.ts";
import { dryRunFlag, passphraseFileFlag } from "./frame/common.ts";
import { requiredText, text } from "./frame/flags.ts";
import { passphraseSource } from "./shared/passphrase.ts";

/** `key issue REQUEST -o FILE`: a certificate for another analyst under the same root. */
export const keyIssue: Command = command({
  description: [
    "Issues a certificate of 5 years for a request, under the agency's root. Have its fingerprint told " +
      "by the holder, not by the message it came with, and give it with --expect: a request that was " +
      "exchanged on its way is then refused.",
    "A copy of the certificate stays in the key folder, so that it can be revoked from here.",
  ],
  parameters: {
    request: argument("REQUEST", "the request in PEM (PKCS#10)"),
    output: requiredText("FILE", "where the certificate goes, its root's behind it (-o)"),
    expect: text("DIGITS", "the fingerprint as its holder told it, or its first 16 digits"),
    agency: text("A", "the agency whose root issues (else as the request says)"),
    rootKey: text("FILE", "the root's private key, where it is kept elsewhere"),
    passphraseFile: passphraseFileFlag,
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [
    {
      line: "exhibita key issue ben.pem --dry-run -o ben-certificate.pem",
      about: "who asks, with which key",
    },
    {
      line: "exhibita key issue ben.pem --expect 5f3a90c1d2e4b687 -o ben-certificate.pem",
      about: "the fingerprint was told by phone",
    },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, cwd, environment, variables } = context;
    const request = {
      request: resolve(cwd, values.request),
      agency: values.agency,
      expected: values.expect,
    };
    const asked = readApplication(keyFolder(variables, cwd), request, environment);
    if (values.dryRun) {
      showAsked(context, asked);
      return 0;
    }
    const access = {
      keyFile: values.rootKey === null ? null : resolve(cwd, values.rootKey),
      passphrase: passphraseSource(context, values.passphraseFile),
    };
    const { certificateFingerprint, location, validTo } = await asked.issue(
      resolve(cwd, values.output),
      access,
    );
    const { holder, agency } = asked;
    if (terminal.json) {
      const issued = { holder, agency, certificate: location, certificateFingerprint, validTo };
      terminal.record({ type: "issued", schema: 1, ...issued });
      return 0;
    }
    terminal.data(`holder       ${holder}`);
    if (agency !== null) terminal.data(`agency       ${agency}`);
    terminal.data(`certificate  ${location}`);
    terminal.data(`fingerprint  ${certificateFingerprint}`);
    terminal.data(`until        ${validTo}`);
    if (values.expect === null) {
      terminal.warn(`not compared with its holder: the key's fingerprint ${asked.fingerprint}`);
    }
    terminal.hint("send it back; its holder takes it in with: exhibita key import FILE");
    return 0;
  },
});

function showAsked({ terminal }: Context, { holder, agency, fingerprint }: Issuable): void {
  if (terminal.json) {
    terminal.record({ type: "request", schema: 1, holder, agency, fingerprint });
    return;
  }
  terminal.data(`holder       ${holder}`);
  if (agency !== null) terminal.data(`agency       ${agency}`);
  terminal.data(`fingerprint  ${fingerprint}`);
  terminal.say("would issue a certificate for this key");
}
