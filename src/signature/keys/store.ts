/** Puts signers into the key folder, and finds the secrets that are there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Sha256 } from "../../model/artifact.ts";
import { Failure } from "../../model/failure.ts";
import type { SignatureAlgorithm } from "../../model/signature.ts";
import {
  type Certificate,
  fingerprintOf,
  holderOf,
  isSelfSigned,
  organizationOf,
  readCertificate,
  validityOf,
} from "../certificate.ts";
import { pemOf } from "../pem.ts";
import { admitKey } from "./admit.ts";
import { CARD_FILE, CERTIFICATE_FILE, KEY_FILE, putFolder, readText } from "./folder.ts";
import { slugOf } from "./names.ts";

/** What opens a key: its own PEM text, or where the card is that has it. */
export interface Secret {
  readonly file: typeof KEY_FILE | typeof CARD_FILE;
  readonly text: string;
}

export interface PutSigner {
  readonly id: string;
  readonly holder: string;
  /** Null where the certificate names no organization. */
  readonly agency: string | null;
  readonly algorithm: SignatureAlgorithm;
  /** The PEM file of the chain. */
  readonly certificate: string;
  /** SHA-256 of the last certificate of the chain, the root's where it is known. */
  readonly fingerprint: Sha256;
  /** SHA-256 of the signer's certificate. */
  readonly certificateFingerprint: Sha256;
}

/** The id of a key: the holder's name and the beginning of the certificate's fingerprint. */
export function keyIdOf(certificate: Certificate): string {
  return `${slugOf(holderOf(certificate))}-${fingerprintOf(certificate.der).slice(0, 8)}`;
}

/** How a signer would be put, before anything is written. */
export function describeSigner(folder: string, chain: readonly Certificate[]): PutSigner {
  const [leaf] = chain;
  const top = chain.at(-1);
  if (leaf === undefined || top === undefined) throw new Failure("bug", "a signer has no chain");
  const id = keyIdOf(leaf);
  return {
    id,
    holder: holderOf(leaf),
    agency: organizationOf(leaf),
    algorithm: admitKey(leaf.x509.publicKey, `key ${id}`),
    certificate: join(folder, "signers", id, CERTIFICATE_FILE),
    fingerprint: fingerprintOf(top.der),
    certificateFingerprint: fingerprintOf(leaf.der),
  };
}

/** Puts a signer on its shelf. Fails with `target-exists` where its certificate is there already. */
export function putSigner(
  folder: string,
  chain: readonly Certificate[],
  secret: Secret,
): PutSigner {
  const signer = describeSigner(folder, chain);
  putFolder(join(folder, "signers", signer.id), [
    { name: CERTIFICATE_FILE, text: pemOf(chain.map(({ der }) => der)) },
    { name: secret.file, text: secret.text },
  ]);
  return signer;
}

/** The secret in a folder of a shelf. Fails with `key-unusable` where there is none. */
export function secretIn(location: string): Secret {
  const card = join(location, CARD_FILE);
  if (existsSync(card)) return { file: CARD_FILE, text: readText(card) };
  return { file: KEY_FILE, text: readText(join(location, KEY_FILE)) };
}

export interface ChainRoot {
  readonly name: string;
  readonly fingerprint: Sha256;
  /** ISO 8601 UTC. */
  readonly validTo: string;
}

/** The root that a chain ends in; null where it ends in another certificate. */
export function rootIn(chain: readonly Uint8Array[]): ChainRoot | null {
  const top = chain.at(-1);
  const certificate = top === undefined ? null : readCertificate(top);
  if (certificate === null || !isSelfSigned(certificate)) return null;
  const { der } = certificate;
  const validTo = validityOf(certificate).to;
  return { name: holderOf(certificate), fingerprint: fingerprintOf(der), validTo };
}
