/** `key request`: asks for a certificate, for a new key, one on a card, or one that is to be renewed. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { join } from "node:path";
import type { Sha256 } from "../../model/artifact.ts";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import type { SignatureAlgorithm, Signer } from "../../model/signature.ts";
import { profileOf } from "../algorithms.ts";
import { canonicalEcdsa } from "../ecdsa.ts";
import { admitKey } from "./admit.ts";
import { certificateValue, type Subject } from "./certificate.ts";
import { CARD_FILE, KEY_FILE, putFile, putFolder, REQUEST_FILE } from "./folder.ts";
import { readKey } from "./list.ts";
import type { PassphraseSource } from "./material.ts";
import { certificateName, slugOf } from "./names.ts";
import { openSigner } from "./open.ts";
import { cardText } from "./pkcs11/card.ts";
import { writePrivateKey } from "./private-key.ts";
import { keyFingerprint, writeRequest } from "./request.ts";
import { chooseKey } from "./standing.ts";
import type { Secret } from "./store.ts";

/** Whom the certificate shall name. */
export interface Applicant {
  readonly holder: string;
  /** Null leaves it to the root. */
  readonly agency: string | null;
}

export interface PutRequest {
  /** Null where the key is one of the folder's already. */
  readonly id: string | null;
  readonly holder: string;
  readonly agency: string | null;
  /** The PEM file of the request, for whoever holds the agency's root. */
  readonly request: string;
  /** SHA-256 of the public key, to be compared by voice. */
  readonly fingerprint: Sha256;
}

/**
 * Makes a P-256 key that waits for its certificate, and the request for it.
 *
 * @param passphrase null writes the key in plain
 * @throws Failure `usage` over names or an empty passphrase
 */
export async function applyWithNewKey(
  folder: string,
  applicant: Applicant,
  passphrase: string | null,
  environment: Environment,
): Promise<PutRequest> {
  if (passphrase === "") throw new Failure("usage", "the passphrase is empty");
  const subject = subjectOf(applicant);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const request = await writeRequest(subject, publicKey, async (data) =>
    certificateValue(privateKey, data),
  );
  const text = await writePrivateKey(privateKey, passphrase, environment.random);
  return putRequest(folder, subject, publicKey, request, { file: KEY_FILE, text });
}

/** Which key on which card. */
export interface CardAddress {
  /** Absolute path of the PKCS#11 module. */
  readonly module: string;
  readonly token: string;
  /** Label or CKA_ID of the key; null: the only one. */
  readonly name: string | null;
  readonly pin: PassphraseSource;
}

/** As `applyWithNewKey`, for a key that was made on a card and stays there. */
export async function applyWithCard(
  folder: string,
  applicant: Applicant,
  address: CardAddress,
): Promise<PutRequest> {
  const subject = subjectOf(applicant);
  const { freshCardKey } = await import("./pkcs11/add.ts");
  const { publicKey, sign, card } = await freshCardKey(address);
  const algorithm = admitKey(publicKey, `the card ${address.token}`);
  const request = await writeRequest(subject, publicKey, canonicalSign(sign, algorithm));
  const secret = { file: CARD_FILE, text: cardText(card) } as const;
  return putRequest(folder, subject, publicKey, request, secret);
}

/** A request for another certificate of a key that has one, for a root that is elsewhere. */
export async function applyAgain(
  folder: string,
  id: string,
  out: string,
  passphrase: PassphraseSource,
): Promise<PutRequest> {
  const { entry, certificate } = readKey(folder, chooseKey(folder, id, null));
  const { publicKey } = certificate.x509;
  const signer = await openSigner(folder, entry.id, passphrase);
  const subject = { organization: entry.agency, commonName: entry.holder };
  const sign = canonicalSign(signer.sign, signer.algorithm);
  putFile(out, await writeRequest(subject, publicKey, sign));
  const { holder, agency, keyFingerprint: fingerprint } = entry;
  return { id: null, holder, agency, request: out, fingerprint };
}

function subjectOf({ holder, agency }: Applicant): Subject {
  return {
    organization: agency === null ? null : certificateName(agency, "agency"),
    commonName: certificateName(holder, "holder"),
  };
}

function canonicalSign(sign: Signer["sign"], algorithm: SignatureAlgorithm): Signer["sign"] {
  const { order } = profileOf(algorithm);
  return async (data) => {
    const value = await sign(data);
    const canonical = order === null ? value : canonicalEcdsa(value, order);
    if (canonical === null) throw new Failure("key-unusable", "the key gave no signature");
    return canonical;
  };
}

function putRequest(
  folder: string,
  { commonName: holder, organization: agency }: Subject,
  publicKey: KeyObject,
  request: string,
  secret: Secret,
): PutRequest {
  const fingerprint = keyFingerprint(publicKey);
  const id = `${slugOf(holder)}-${fingerprint.slice(0, 8)}`;
  const path = join(folder, "requests", id);
  putFolder(path, [
    { name: REQUEST_FILE, text: request },
    { name: secret.file, text: secret.text },
  ]);
  return { id, holder, agency, request: join(path, REQUEST_FILE), fingerprint };
}
