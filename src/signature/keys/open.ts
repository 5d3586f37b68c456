/** Opens a signer of the key folder. */
import { type KeyObject, sign } from "node:crypto";
import { join } from "node:path";
import { Failure } from "../../model/failure.ts";
import type { Signer } from "../../model/signature.ts";
import { profileOf } from "../algorithms.ts";
import { isValidAt } from "../certificate.ts";
import { CARD_FILE } from "./folder.ts";
import { readKey, type StoredKey } from "./list.ts";
import type { PassphraseSource } from "./material.ts";
import { noticeOn } from "./notices.ts";
import { readCard } from "./pkcs11/card.ts";
import { openPrivateKey } from "./private-key.ts";
import { chooseKey } from "./standing.ts";

/**
 * The signer with this id or, with null, the only one that stands good. The passphrase, or the PIN of a
 * card, is asked for only where there is one. With `at` a certificate that is not valid then is refused
 * before any work is done.
 *
 * Fails with `key-unusable` where there is no such key, it cannot be opened, it was revoked, or its
 * certificate is not its own; with `usage` where several keys are there and none is named.
 */
export async function openSigner(
  folder: string,
  id: string | null,
  passphrase: PassphraseSource,
  at: Date | null = null,
): Promise<Signer> {
  const stored = readKey(folder, chooseKey(folder, id, at));
  if (at !== null) refuseOutsideValidity(stored, at);
  refuseRevoked(folder, stored);
  const { entry, chain, secret } = stored;
  const { id: name, holder, algorithm } = entry;
  if (secret.file === CARD_FILE) {
    // Loaded for cards alone: most offices have none.
    const { openCardKey } = await import("./pkcs11/open.ts");
    const card = readCard(secret.text, join(entry.location, CARD_FILE));
    const signing = await openCardKey(card, algorithm, passphrase);
    return { id: name, holder, algorithm, chain, sign: signing };
  }
  const key = await openPrivateKey(secret.text, `key ${entry.id}`, passphrase);
  if (!stored.certificate.x509.checkPrivateKey(key)) {
    throw new Failure("key-unusable", `the certificate of key ${entry.id} is not for its key`);
  }
  return { id: name, holder, algorithm, chain, sign: signing(key, profileOf(algorithm).digest) };
}

function signing(key: KeyObject, digest: string): Signer["sign"] {
  return async (toBeSigned) => sign(digest, toBeSigned, key);
}

function refuseRevoked(folder: string, { entry }: StoredKey): void {
  const notice = noticeOn(folder, entry.certificateFingerprint);
  if (notice === null) return;
  throw new Failure(
    "key-unusable",
    `key ${entry.id} was revoked as of ${notice.revoked} (${notice.reason})`,
    ["make another signer with: exhibita key init --holder NAME"],
  );
}

function refuseOutsideValidity({ entry, certificate }: StoredKey, at: Date): void {
  if (isValidAt(certificate, at)) return;
  throw new Failure(
    "key-unusable",
    `the certificate of key ${entry.id} is valid from ${entry.validFrom} to ${entry.validTo}`,
    ["renew it with exhibita key renew, or make another signer with: exhibita key init"],
  );
}
