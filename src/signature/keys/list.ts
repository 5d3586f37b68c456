/** The signers in a key folder, without opening any key. */
import { join } from "node:path";
import type { Sha256 } from "../../model/artifact.ts";
import { Failure } from "../../model/failure.ts";
import type { SignatureAlgorithm } from "../../model/signature.ts";
import { judgeKey } from "../algorithms.ts";
import {
  type Certificate,
  fingerprintOf,
  holderOf,
  organizationOf,
  readCertificate,
  validityOf,
} from "../certificate.ts";
import { readPem } from "../pem.ts";
import { CARD_FILE, CERTIFICATE_FILE, namesOn, readText } from "./folder.ts";
import { readCard } from "./pkcs11/card.ts";
import { isEncryptedKey } from "./private-key.ts";
import { keyFingerprint } from "./request.ts";
import { type Secret, secretIn } from "./store.ts";

export interface KeyEntry {
  readonly id: string;
  readonly holder: string;
  /** Null where the certificate names no organization. */
  readonly agency: string | null;
  readonly algorithm: SignatureAlgorithm;
  /** ISO 8601 UTC. */
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256 of the root certificate, or of the signer's own where it came without one. */
  readonly fingerprint: Sha256;
  /** SHA-256 of the signer's certificate. */
  readonly certificateFingerprint: Sha256;
  /** SHA-256 of the public key, which certificates of one key share. */
  readonly keyFingerprint: Sha256;
  /** Whether a passphrase or PIN stands before the key. */
  readonly encrypted: boolean;
  /** The label of the card or HSM token that holds the key; null for a key in a file. */
  readonly token: string | null;
  /** The folder that holds certificate.pem, and key.pem or card.json. */
  readonly location: string;
}

/** One key with what signing needs, still closed. */
export interface StoredKey {
  readonly entry: KeyEntry;
  readonly certificate: Certificate;
  /** DER certificates, the signer's first. */
  readonly chain: readonly Uint8Array[];
  readonly secret: Secret;
}

/** The keys in the order of their ids; none where the folder does not exist. */
export function listKeys(folder: string): readonly KeyEntry[] {
  return keyIds(folder).map((id) => readKey(folder, id).entry);
}

/** The ids of all keys in order. */
export function keyIds(folder: string): readonly string[] {
  return namesOn(folder, "signers");
}

/** Reads one key by an id of `keyIds`. Fails with `key-unusable`, naming the file that is at fault. */
export function readKey(folder: string, id: string): StoredKey {
  const location = join(folder, "signers", id);
  const certificateFile = join(location, CERTIFICATE_FILE);
  const chain = readPem(readText(certificateFile))
    .filter(({ label }) => label === "CERTIFICATE")
    .map(({ der }) => der);
  const certificate = chain[0] === undefined ? null : readCertificate(chain[0]);
  if (certificate === null) {
    throw new Failure("key-unusable", `${certificateFile} holds no readable certificate`);
  }
  const secret = secretIn(location);
  return { entry: entryOf(id, location, certificate, chain, secret), certificate, chain, secret };
}

function entryOf(
  id: string,
  location: string,
  certificate: Certificate,
  chain: readonly Uint8Array[],
  secret: Secret,
): KeyEntry {
  const verdict = judgeKey(certificate.x509.publicKey);
  if (verdict.algorithm === null) {
    throw new Failure("key-unusable", `key ${id} cannot sign bundles: ${verdict.reason}`);
  }
  const { from, to } = validityOf(certificate);
  const isOnCard = secret.file === CARD_FILE;
  return {
    id,
    holder: holderOf(certificate),
    agency: organizationOf(certificate),
    algorithm: verdict.algorithm,
    validFrom: from,
    validTo: to,
    fingerprint: fingerprintOf(chain.at(-1) ?? certificate.der),
    certificateFingerprint: fingerprintOf(certificate.der),
    keyFingerprint: keyFingerprint(certificate.x509.publicKey),
    encrypted: isOnCard || isEncryptedKey(secret.text),
    token: isOnCard ? readCard(secret.text, join(location, CARD_FILE)).token : null,
    location,
  };
}
