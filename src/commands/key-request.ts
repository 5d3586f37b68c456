import { resolve } from "node:path";
import { Failure } from "../model/failure.ts";
import { keyFolder } from "../workflow/keys.ts";
import {
  applyAgain,
  applyWithCard,
  applyWithNewKey,
  type PutRequest,
} from "../workflow/keys/certify.ts";
import { type Command, command, type Context } from "./command.ts";
import { dryRunFlag, passphraseFileFlag } from "./frame/common.ts";
import { text, toggle } from "./frame/flags.ts";
import { protectionOf, refuseBoth } from "./shared/new-key.ts";
import { passphraseSource } from "./shared/passphrase.ts";

/** `key request`: asks whoever holds the agency's root for a certificate. */
export const keyRequest: Command = command({
  description: [
    "Makes a key (ECDSA P-256) that waits for its certificate, and the request for it (PKCS#10). Send the " +
      "request to whoever holds the agency's root (key issue), tell them its fingerprint by another way, " +
      "and take what they send back in with key import.",
    "With --pkcs11 the key is one that was made on a card. With --key it is a key that is here already, " +
      "to be renewed; the request then goes to the file of --output.",
  ],
  parameters: {
    holder: text("NAME", "who will sign, as the certificate shall name them"),
    agency: text("A", "the office, exactly as its root names it"),
    pkcs11: text("MODULE", "the PKCS#11 library of a card that has the key"),
    token: text("LABEL", "label of that card"),
    name: text("NAME", "label or id of the key on the card, where it holds several"),
    key: text("ID", "ask for another certificate of this key"),
    output: text("FILE", "where the request for a key that is here goes (-o)"),
    passphraseFile: passphraseFileFlag,
    noPassphrase: toggle("write the key unencrypted: whoever reads the file can sign"),
    dryRun: dryRunFlag,
  },
  exits: [0, 12],
  examples: [
    {
      line: 'exhibita key request --holder "Ben Ode" --agency "Example Police"',
      about: "the second analyst asks",
    },
    { line: "exhibita key request --key ben-ode-1a2b3c4d -o ben.pem", about: "asks for a renewal" },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { terminal, cwd, variables } = context;
    refuseBoth(values);
    refuseMixed(values);
    if (values.dryRun) {
      const whose = values.key ?? values.holder ?? "";
      terminal.say(`would ask for a certificate of ${whose}, in ${keyFolder(variables, cwd)}`);
      return 0;
    }
    show(context, await apply(context, values));
    return 0;
  },
});

interface RequestValues {
  readonly holder: string | null;
  readonly agency: string | null;
  readonly pkcs11: string | null;
  readonly token: string | null;
  readonly name: string | null;
  readonly key: string | null;
  readonly output: string | null;
  readonly passphraseFile: string | null;
  readonly noPassphrase: boolean;
}

/** A holder, or a key that names one; a card by both its flags. */
function refuseMixed({ holder, agency, pkcs11, token, key, output }: RequestValues): void {
  if ((holder === null) === (key === null)) {
    throw new Failure("usage", "--holder and --key: exactly one of them says whose key it is");
  }
  if ((key === null) !== (output === null)) {
    throw new Failure("usage", "--key and --output go together");
  }
  if ((pkcs11 === null) !== (token === null)) {
    throw new Failure("usage", "--pkcs11 and --token go together");
  }
  if (key !== null && (agency !== null || pkcs11 !== null)) {
    throw new Failure("usage", "--key says all of itself: leave out --agency and --pkcs11");
  }
}

async function apply(context: Context, values: RequestValues): Promise<PutRequest> {
  const { cwd, environment, variables } = context;
  const folder = keyFolder(variables, cwd);
  const { key, output, pkcs11, token, passphraseFile } = values;
  const secret = passphraseSource(context, passphraseFile);
  if (key !== null && output !== null) {
    return applyAgain(folder, key, resolve(cwd, output), secret);
  }
  const applicant = { holder: values.holder ?? "", agency: values.agency };
  if (pkcs11 !== null && token !== null) {
    const address = { module: resolve(cwd, pkcs11), token, name: values.name, pin: secret };
    return applyWithCard(folder, applicant, address);
  }
  const passphrase = await protectionOf(context, values);
  return applyWithNewKey(folder, applicant, passphrase, environment);
}

function show({ terminal }: Context, request: PutRequest): void {
  if (terminal.json) {
    terminal.record({ type: "request", schema: 1, ...request });
    return;
  }
  terminal.data(`holder       ${request.holder}`);
  if (request.agency !== null) terminal.data(`agency       ${request.agency}`);
  terminal.data(`request      ${request.request}`);
  terminal.data(`fingerprint  ${request.fingerprint}`);
  terminal.hint(
    "send the request to whoever holds the root, and tell them the fingerprint yourself",
  );
  terminal.hint("what comes back: exhibita key import FILE");
}
