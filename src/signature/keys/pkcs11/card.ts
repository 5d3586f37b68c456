/** Where a key on a card or in an HSM is found again: card.json beside its certificate. */
import { canonical } from "../../../hash/canonical.ts";
import { Failure } from "../../../model/failure.ts";
import { numberAt, stringAt } from "../../../model/json.ts";

export interface Card {
  /** The PKCS#11 module, an absolute path. */
  readonly module: string;
  /** Label of the token, as it was initialised. */
  readonly token: string;
  /** Serial number of the token: two cards may bear one label. */
  readonly serial: string;
  /** CKA_ID of the key in hexadecimal digits. */
  readonly key: string;
}

/** The text of card.json: one line of canonical JSON. */
export function cardText({ module, token, serial, key }: Card): string {
  return `${canonical({ key, module, schema: 1, serial, token })}\n`;
}

/** Reads it again. Fails with `key-unusable`, naming `origin`. */
export function readCard(text: string, origin: string): Card {
  const value = parsed(text);
  const module = stringAt(value, "module");
  const token = stringAt(value, "token");
  const serial = stringAt(value, "serial");
  const key = stringAt(value, "key");
  const isWhole =
    numberAt(value, "schema") === 1 &&
    module !== undefined &&
    token !== undefined &&
    serial !== undefined &&
    key !== undefined &&
    /^(?:[0-9a-f]{2}){1,128}$/.test(key);
  if (isWhole) return { module, token, serial, key };
  throw new Failure("key-unusable", `${origin} does not say where its card is`, [
    "add the card again with: exhibita key add --pkcs11 MODULE --token LABEL",
  ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
