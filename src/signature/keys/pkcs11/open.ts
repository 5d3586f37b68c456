/** Opens a signer whose key is on a card, as card.json says. */
import { randomBytes, type KeyObject, verify } from "node:crypto";
import { Failure } from "../../../model/failure.ts";
import type { SignatureAlgorithm, Signer } from "../../../model/signature.ts";
import { profileOf } from "../../algorithms.ts";
import type { PassphraseSource } from "../material.ts";
import type { Card } from "./card.ts";
import { signingKeys } from "./objects.ts";
import { signingOn } from "./sign.ts";
import { openToken, unlock } from "./token.ts";

/**
 * The `sign` of the key on a card, which is unlocked for it.
 *
 * @throws Failure `key-unusable`: no such card in the reader, a wrong PIN, no such key on it
 */
export async function openCardKey(
  card: Card,
  algorithm: SignatureAlgorithm,
  pin: PassphraseSource,
): Promise<Signer["sign"]> {
  const token = await openToken(card);
  const given = await unlock(token, pin);
  const key = signingKeys(token).find(({ id }) => id === card.key);
  if (key === undefined) {
    throw new Failure("key-unusable", `the card ${card.token} holds no signing key ${card.key}`);
  }
  return signingOn(token, key, algorithm, given);
}

/** Makes one signature to prove that a key is that of a certificate. Fails with `key-unusable`. */
export async function proveKey(
  sign: Signer["sign"],
  publicKey: KeyObject,
  algorithm: SignatureAlgorithm,
  name: string,
): Promise<void> {
  const challenge = randomBytes(32);
  const value = await sign(challenge);
  if (verify(profileOf(algorithm).digest, challenge, publicKey, value)) return;
  throw new Failure("key-unusable", `the certificate is not for the key of ${name}`);
}
