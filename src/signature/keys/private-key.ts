/** Private keys as PEM text: written encrypted or plain, and opened again. */
import { createPrivateKey, type KeyObject } from "node:crypto";
import { Failure } from "../../model/failure.ts";
import { readPem, writePem } from "../pem.ts";
import { type PassphraseSource, passphraseFrom } from "./material.ts";
import { encryptKey } from "./pbes2.ts";

const ENCRYPTED = "ENCRYPTED PRIVATE KEY";

/** The header of RFC 1421 by which openssl marked encrypted keys before PKCS#8. */
const ENCRYPTED_HEADER = "Proc-Type: 4,ENCRYPTED";

/** PKCS#8 in PEM; with a null passphrase in plain. `random` gives salt and initial vector. */
export async function writePrivateKey(
  key: KeyObject,
  passphrase: string | null,
  random: (bytes: number) => Uint8Array,
): Promise<string> {
  const pkcs8 = key.export({ type: "pkcs8", format: "der" });
  if (passphrase === null) return writePem("PRIVATE KEY", pkcs8);
  return writePem(ENCRYPTED, await encryptKey(pkcs8, passphrase, random));
}

/** Whether the PEM text holds an encrypted key. */
export function isEncryptedKey(text: string): boolean {
  return readPem(text).some(
    (block) => block.label === ENCRYPTED || block.text.includes(ENCRYPTED_HEADER),
  );
}

/**
 * Opens a key; the passphrase is asked for only where one is needed. Fails with `key-unusable`,
 * naming the key as `name`, where there is none or a wrong one, or the text holds no key.
 */
export async function openPrivateKey(
  text: string,
  name: string,
  passphrase: PassphraseSource,
): Promise<KeyObject> {
  if (!isEncryptedKey(text))
    return load(text, undefined, `${name} cannot be read as a private key`);
  return load(text, await passphraseFrom(passphrase, name), `wrong passphrase for ${name}`);
}

function load(text: string, passphrase: string | undefined, complaint: string): KeyObject {
  try {
    return createPrivateKey({
      key: text,
      format: "pem",
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  } catch (error) {
    throw new Failure("key-unusable", complaint, [], error);
  }
}
