import { resolve } from "node:path";
import { Failure } from "../../model/failure.ts";
import { readPassphraseFile } from "../../workflow/keys.ts";
import type { Context } from "../command.ts";

/**
 * Asks for the passphrase of a key that exists, or the PIN of its card: from the file of
 * --passphrase-file or EXHIBITA_PASSPHRASE_FILE, else by a hidden prompt. Null where there is nobody
 * to ask.
 */
export function passphraseSource(
  context: Context,
  file: string | null,
): (what?: "passphrase" | "PIN") => Promise<string | null> {
  return async (what = "passphrase") => {
    const named = fileNamed(context, file);
    if (named !== null) return readPassphraseFile(named);
    return context.interactive ? context.terminal.readSecret(PROMPTS[what]) : null;
  };
}

const PROMPTS = { passphrase: "Passphrase of the key: ", PIN: "PIN of the card: " } as const;

/**
 * A passphrase for a new key: from the file, else typed twice.
 *
 * @throws Failure `usage` where there is nobody to ask, or the two differ
 */
export async function newPassphrase(context: Context, file: string | null): Promise<string> {
  const named = fileNamed(context, file);
  if (named !== null) return readPassphraseFile(named);
  if (!context.interactive) {
    throw new Failure("usage", "a new key needs a passphrase, and there is nobody to ask", [
      "name a file that holds it with --passphrase-file FILE",
    ]);
  }
  const first = await context.terminal.readSecret("New passphrase: ");
  const second = await context.terminal.readSecret("The same again: ");
  if (first === "") throw new Failure("usage", "the passphrase is empty");
  if (first !== second) throw new Failure("usage", "the two passphrases differ");
  return first;
}

function fileNamed({ cwd, variables }: Context, file: string | null): string | null {
  const named = file ?? variables.EXHIBITA_PASSPHRASE_FILE;
  return named === null ? null : resolve(cwd, named);
}
