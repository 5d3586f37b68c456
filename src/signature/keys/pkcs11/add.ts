/** `key add`: a key that stays on its card or in its HSM; the folder learns where it is. */
import type { KeyObject } from "node:crypto";
import type { Environment } from "../../../model/environment.ts";
import { Failure } from "../../../model/failure.ts";
import type { Signer } from "../../../model/signature.ts";
import { type Admitted, admitKey, admitSigner } from "../admit.ts";
import { CARD_FILE } from "../folder.ts";
import type { Importable } from "../import.ts";
import type { PassphraseSource } from "../material.ts";
import { readKeyFiles } from "../read-files.ts";
import { describeSigner, putSigner } from "../store.ts";
import { readCertificate } from "../../certificate.ts";
import { type Card, cardText } from "./card.ts";
import { proveKey } from "./open.ts";
import {
  type CardCertificate,
  cardCertificates,
  type CardKey,
  publicKeyOnCard,
  signingKeys,
} from "./objects.ts";
import { signingOn } from "./sign.ts";
import { openToken, type Token, unlock } from "./token.ts";

export interface CardRequest {
  /** Absolute path of the PKCS#11 module. */
  readonly module: string;
  /** Label of the token. */
  readonly token: string;
  /** Label or CKA_ID of the key; null: there is one that may sign. */
  readonly name: string | null;
  /** Files with certificates that the card does not hold. */
  readonly certificates: readonly string[];
  readonly pin: PassphraseSource;
}

/**
 * Looks for a key on a card and its certificate, there or in files, and lets the card make one
 * signature to prove that they belong together.
 *
 * @throws Failure `key-unusable` with the reason why the card cannot be opened or its key may not sign;
 *   `usage` where it holds several such keys and none is named
 */
export async function readCardKey(
  folder: string,
  request: CardRequest,
  environment: Environment,
): Promise<Importable> {
  const { module, token: label } = request;
  const token = await openToken({ module, token: label, serial: null });
  const pin = await unlock(token, request.pin);
  const { key, admitted } = await chooseCardKey(token, request, new Date(environment.now()));
  const sign = signingOn(token, key, admitted.algorithm, pin);
  const name = `the card ${label}`;
  await proveKey(sign, admitted.certificate.x509.publicKey, admitted.algorithm, name);
  const card = { module, token: label, serial: token.serial, key: key.id };
  return {
    signer: describeSigner(folder, admitted.chain),
    warnings: [],
    store: async () => putSigner(folder, admitted.chain, { file: CARD_FILE, text: cardText(card) }),
  };
}

/** A key of a card that has no certificate yet. */
export interface FreshCardKey {
  readonly publicKey: KeyObject;
  readonly card: Card;
  readonly sign: Signer["sign"];
}

/**
 * The key of a card that is named or the only one, by what the card shows of it.
 *
 * @throws Failure `key-unusable`, `usage`
 */
export async function freshCardKey(
  address: Omit<CardRequest, "certificates">,
): Promise<FreshCardKey> {
  const { module, token: label } = address;
  const token = await openToken({ module, token: label, serial: null });
  const pin = await unlock(token, address.pin);
  const keys = namedKeys(token, address.name);
  const [key, another] = keys;
  if (key === undefined || another !== undefined) throw several(token, keys);
  const publicKey = publicKeyOf(token, key, cardCertificates(token));
  const sign = signingOn(token, key, admitKey(publicKey, `the card ${label}`), pin);
  return { publicKey, card: { module, token: label, serial: token.serial, key: key.id }, sign };
}

interface Candidate {
  readonly key: CardKey;
  readonly admitted: Admitted;
}

async function chooseCardKey(token: Token, request: CardRequest, at: Date): Promise<Candidate> {
  const files = await readKeyFiles(request.certificates, async () => null);
  const onCard = cardCertificates(token);
  const certificates = [...onCard.map(({ der }) => der), ...files.certificates];
  const origin = `the card ${token.label}`;
  const keys = namedKeys(token, request.name);
  const [only, another] = keys;
  if (only !== undefined && another === undefined) {
    const publicKey = publicKeyOf(token, only, onCard);
    return { key: only, admitted: admitSigner(publicKey, certificates, at, origin) };
  }
  const candidates: Candidate[] = [];
  for (const key of keys) {
    try {
      const publicKey = publicKeyOf(token, key, onCard);
      candidates.push({ key, admitted: admitSigner(publicKey, certificates, at, origin) });
    } catch (error) {
      if (!(error instanceof Failure && error.code === "key-unusable")) throw error;
    }
  }
  const [first, second] = candidates;
  if (first !== undefined && second === undefined) return first;
  throw several(token, candidates.length === 0 ? keys : candidates.map(({ key }) => key));
}

function namedKeys(token: Token, name: string | null): readonly CardKey[] {
  const keys = signingKeys(token);
  const named = keys.filter(({ id, label }) => name === null || label === name || id === name);
  if (named.length > 0) return named;
  const what = name === null ? "no key that signs" : `no signing key ${name}`;
  throw new Failure("key-unusable", `the card ${token.label} holds ${what}`, keys.map(hintOf));
}

/** By the certificate of the same id, which every card shows; else by the public key beside it. */
function publicKeyOf(token: Token, key: CardKey, onCard: readonly CardCertificate[]): KeyObject {
  const own = onCard.find(({ id }) => id === key.id && id !== "");
  const certificate = own === undefined ? null : readCertificate(own.der);
  const publicKey = certificate?.x509.publicKey ?? publicKeyOnCard(token, key.id);
  if (publicKey !== null) return publicKey;
  throw new Failure(
    "key-unusable",
    `the card ${token.label} shows neither certificate nor public key of its key ${key.label}`,
  );
}

function several(token: Token, keys: readonly CardKey[]): Failure {
  return new Failure(
    "usage",
    `the card ${token.label} holds ${keys.length} keys: name one`,
    keys.map(hintOf),
  );
}

function hintOf({ id, label }: CardKey): string {
  return label === "" ? `--name ${id}` : `--name "${label}" or --name ${id}`;
}
