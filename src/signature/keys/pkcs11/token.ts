/** One card or HSM partition: found by its label, opened, unlocked by its PIN. */
import { Failure } from "../../../model/failure.ts";
import type { PassphraseSource } from "../material.ts";
import { cardFailure, type Cryptoki, errorName, loadModule } from "./module.ts";

/** Flags of CK_TOKEN_INFO, PKCS#11, section 9.2. */
const FLAG = {
  loginRequired: 0x4,
  protectedPath: 0x100,
  finalTry: 0x20000,
  locked: 0x40000,
} as const;

const SERIAL_SESSION = 4;
const USER = 1;

export interface Token {
  readonly cryptoki: Cryptoki;
  readonly session: Buffer;
  readonly mechanisms: ReadonlySet<number>;
  readonly label: string;
  readonly serial: string;
  /** Of CK_TOKEN_INFO when it was opened. */
  readonly flags: number;
}

/** Which card is meant. */
export interface TokenAddress {
  /** Absolute path of the PKCS#11 module. */
  readonly module: string;
  readonly token: string;
  /** Null takes the only card of that label. */
  readonly serial: string | null;
}

/**
 * Opens a session with a card, not yet unlocked. It lasts as long as the process.
 *
 * @throws Failure `key-unusable` where the module or the card is not there, `usage` where two cards
 *   bear the label
 */
export async function openToken(address: TokenAddress): Promise<Token> {
  const cryptoki = await loadModule(address.module);
  try {
    return openAmong(cryptoki, address);
  } catch (error) {
    throw cardFailure(`the card ${address.token}`, error);
  }
}

function openAmong(cryptoki: Cryptoki, { module, token: label, serial }: TokenAddress): Token {
  const tokens = cryptoki.C_GetSlotList(true).map((slot) => {
    const { label: padded, serialNumber, flags } = cryptoki.C_GetTokenInfo(slot);
    return { slot, label: unpadded(padded), serial: unpadded(serialNumber), flags };
  });
  const named = tokens.filter((each) => each.label === label);
  const [found, another] = named.filter((each) => serial === null || each.serial === serial);
  if (another !== undefined) {
    throw new Failure("usage", `${named.length} cards are called ${label}`, [
      "leave only the one that is meant in its reader",
    ]);
  }
  if (found === undefined) {
    const others = tokens
      .filter((each) => each.label !== "")
      .map((each) => `--token "${each.label}" is there`);
    throw new Failure("key-unusable", `${module} shows no card ${label}`, [
      ...(named.length > 0 ? [`the card in the reader is another one of that label`] : others),
    ]);
  }
  const mechanisms = new Set(cryptoki.C_GetMechanismList(found.slot));
  const session = cryptoki.C_OpenSession(found.slot, SERIAL_SESSION);
  return { ...found, cryptoki, session, mechanisms };
}

/**
 * Unlocks a card: by its PIN, or on the reader's own pad where it has one. A card that would lock with
 * one more wrong PIN is not tried: a file with an old PIN would lock it.
 *
 * @returns the PIN that was given; null where none was needed
 * @throws Failure `key-unusable`
 */
export async function unlock(token: Token, pin: PassphraseSource): Promise<string | null> {
  const name = `the card ${token.label}`;
  if ((token.flags & FLAG.loginRequired) === 0) return null;
  refuseLastTry(token);
  const hasPad = (token.flags & FLAG.protectedPath) !== 0;
  const given = hasPad ? null : await pin("PIN");
  if (!hasPad && given === null) {
    throw new Failure("key-unusable", `${name} needs its PIN`, [
      "name a file that holds it with --passphrase-file, or run in a terminal to be asked",
    ]);
  }
  try {
    if (given === null) token.cryptoki.C_Login(token.session, USER);
    else token.cryptoki.C_Login(token.session, USER, given);
  } catch (error) {
    if (errorName(error) !== "CKR_USER_ALREADY_LOGGED_IN") throw cardFailure(name, error);
  }
  return given;
}

/**
 * Refuses a card whose PIN is locked, or would be by one more that is wrong.
 *
 * @throws Failure `key-unusable`
 */
export function refuseLastTry({ label, flags }: Pick<Token, "label" | "flags">): void {
  if ((flags & FLAG.locked) !== 0) {
    throw new Failure("key-unusable", `the card ${label}: the PIN is locked`, [
      "unlock it with the software of the card and its PUK",
    ]);
  }
  const hasPad = (flags & FLAG.protectedPath) !== 0;
  if (hasPad || (flags & FLAG.finalTry) === 0) return;
  throw new Failure("key-unusable", `the card ${label} would lock with one more wrong PIN`, [
    "enter the right PIN once in the software of the card",
  ]);
}

/** Texts of Cryptoki are filled up with blanks. */
function unpadded(text: string): string {
  return text.replaceAll("\0", " ").trim();
}
