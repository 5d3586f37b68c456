/** Keys and certificates as files bring them, before anything is believed of them. */
import { createPrivateKey, type KeyObject } from "node:crypto";
import { Failure } from "../../model/failure.ts";

export interface NamedKey {
  /** What the file calls it; null where it says nothing. */
  readonly name: string | null;
  readonly key: KeyObject;
}

export interface KeyMaterial {
  readonly keys: readonly NamedKey[];
  /** In DER, in the order found. */
  readonly certificates: readonly Uint8Array[];
  /** What a person should know of the way these were protected. */
  readonly warnings: readonly string[];
}

/** Asks for a passphrase, or for the PIN of a card; null where there is nobody to ask. */
export type PassphraseSource = (what?: "passphrase" | "PIN") => Promise<string | null>;

/** The passphrase. @throws Failure `key-unusable`, naming `origin`, where there is nobody to ask */
export async function passphraseFrom(source: PassphraseSource, origin: string): Promise<string> {
  const given = await source("passphrase");
  if (given !== null) return given;
  throw new Failure("key-unusable", `${origin} needs its passphrase`, [
    "name a file that holds it with --passphrase-file, or run in a terminal to be asked",
  ]);
}

/** A private key of a PrivateKeyInfo in DER; null where the bytes are none. */
export function keyOfPkcs8(der: Uint8Array): KeyObject | null {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  } catch {
    return null;
  }
}
