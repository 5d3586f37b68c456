import { resolve } from "node:path";
import { Failure } from "../../model/failure.ts";
import { readPassphraseFile } from "../../workflow/keys.ts";
import type { Context } from "../command.ts";
import { newPassphrase } from "./passphrase.ts";

export interface Protection {
  readonly passphraseFile: string | null;
  readonly noPassphrase: boolean;
}

/** @throws Failure `usage` where a passphrase is given and refused at once */
export function refuseBoth({ passphraseFile, noPassphrase }: Protection): void {
  if (!noPassphrase || passphraseFile === null) return;
  throw new Failure("usage", "--no-passphrase and --passphrase-file exclude each other");
}

/** The passphrase that a new key gets; null, with a warning, for none. */
export async function protectionOf(
  context: Context,
  protection: Protection,
): Promise<string | null> {
  if (!protection.noPassphrase) return newPassphrase(context, protection.passphraseFile);
  context.terminal.warn("the keys are written unencrypted: whoever reads them can sign");
  return null;
}

/** What a named file holds; null where none is named. */
export function passphraseIn({ cwd }: Context, file: string | null): string | null {
  return file === null ? null : readPassphraseFile(resolve(cwd, file));
}
