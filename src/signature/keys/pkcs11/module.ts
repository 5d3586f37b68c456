/** Loads PKCS#11 modules: the libraries by which makers of cards and HSMs open them to programs. */
import { existsSync } from "node:fs";
import type pkcs11js from "pkcs11js";
import { Failure } from "../../../model/failure.ts";

/** A loaded module: one method for each of its functions. */
export type Cryptoki = InstanceType<typeof pkcs11js.PKCS11>;

/** CKF_OS_LOCKING_OK of PKCS#11, section 11.4: several threads may use the module. */
const OS_LOCKING_OK = 2;

/** A module is initialised once in a process, and stays loaded until its end. */
const LOADED = new Map<string, Cryptoki>();

/**
 * A module, ready for use.
 *
 * @param path absolute
 * @throws Failure `key-unusable` where pkcs11js is not installed, or the file is no such module
 */
export async function loadModule(path: string): Promise<Cryptoki> {
  const known = LOADED.get(path);
  if (known !== undefined) return known;
  const { PKCS11 } = await loadAddon();
  if (!existsSync(path)) throw new Failure("key-unusable", `there is no PKCS#11 module ${path}`);
  const cryptoki = new PKCS11();
  try {
    cryptoki.load(path);
  } catch (error) {
    throw new Failure("key-unusable", `${path} is no PKCS#11 module for this machine`, [], error);
  }
  try {
    cryptoki.C_Initialize({ flags: OS_LOCKING_OK });
  } catch (error) {
    if (errorName(error) !== "CKR_CRYPTOKI_ALREADY_INITIALIZED") throw cardFailure(path, error);
  }
  LOADED.set(path, cryptoki);
  return cryptoki;
}

async function loadAddon(): Promise<typeof pkcs11js> {
  try {
    return (await import("pkcs11js")).default;
  } catch (error) {
    throw new Failure(
      "key-unusable",
      "smart cards and HSMs need the package pkcs11js, which is not installed",
      [
        "install it beside exhibita: npm install pkcs11js@2.1.7",
        "it is compiled then, which takes a C++ compiler and Python",
      ],
      error,
    );
  }
}

/** The name of a Cryptoki error, `CKR_PIN_INCORRECT`; null for any other. */
export function errorName(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return /\bCKR_[A-Z0-9_]{1,60}/.exec(error.message)?.[0] ?? null;
}

/** What a card's refusal means to a person; `thing` is the module, the card or the key. */
export function cardFailure(thing: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = errorName(error) ?? "an unknown error";
  const { reason, hint } = REASONS[name] ?? { reason: `it answers ${name}`, hint: null };
  return new Failure("key-unusable", `${thing}: ${reason}`, hint === null ? [] : [hint], error);
}

interface Reason {
  readonly reason: string;
  readonly hint: string | null;
}

const NEXT_LOCKS = "further wrong PINs will lock the card";

const REASONS: { readonly [name: string]: Reason } = {
  CKR_PIN_INCORRECT: { reason: "wrong PIN", hint: NEXT_LOCKS },
  CKR_PIN_LEN_RANGE: { reason: "the PIN is too short or too long", hint: NEXT_LOCKS },
  CKR_PIN_INVALID: { reason: "the PIN holds characters that the card does not take", hint: null },
  CKR_PIN_LOCKED: {
    reason: "the PIN is locked",
    hint: "unlock it with the software of the card and its PUK",
  },
  CKR_PIN_EXPIRED: { reason: "the PIN has to be changed first", hint: null },
  CKR_USER_PIN_NOT_INITIALIZED: { reason: "no PIN has been set", hint: null },
  CKR_TOKEN_NOT_PRESENT: { reason: "the card is not in the reader", hint: null },
  CKR_DEVICE_REMOVED: { reason: "the card was taken out", hint: null },
  CKR_DEVICE_ERROR: { reason: "the reader or the card does not answer", hint: null },
};
