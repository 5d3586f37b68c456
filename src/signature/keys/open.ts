/** Opens a signer of the key folder. */
import { type KeyObject, sign } from "node:crypto";
import { Failure } from "../../model/failure.ts";
import type { Signer } from "../../model/signature.ts";
import { profileOf } from "../algorithms.ts";
import { isValidAt } from "../certificate.ts";
import { keyIds, readKey, type StoredKey } from "./list.ts";
import { openPrivateKey } from "./private-key.ts";

/**
 * The signer with this id or, with null, the only one there is. The passphrase is asked for only
 * where the key is encrypted. With `at` a certificate that is not valid then is refused before any
 * work is done.
 *
 * Fails with `key-unusable` where there is no such key, it cannot be opened, or its certificate is
 * not its own; with `usage` where several keys are there and none is named.
 */
export async function openSigner(
  folder: string,
  id: string | null,
  passphrase: () => Promise<string | null>,
  at: Date | null = null,
): Promise<Signer> {
  const stored = readKey(folder, chooseKey(keyIds(folder), id, folder));
  if (at !== null) refuseOutsideValidity(stored, at);
  const { entry, certificate, chain, text } = stored;
  const key = await openPrivateKey(text, `key ${entry.id}`, passphrase);
  if (!certificate.x509.checkPrivateKey(key)) {
    throw new Failure("key-unusable", `the certificate of key ${entry.id} is not for its key`);
  }
  const { id: name, holder, algorithm } = entry;
  return { id: name, holder, algorithm, chain, sign: signing(key, profileOf(algorithm).digest) };
}

function signing(key: KeyObject, digest: string): Signer["sign"] {
  return async (toBeSigned) => sign(digest, toBeSigned, key);
}

function chooseKey(ids: readonly string[], id: string | null, folder: string): string {
  const [first, second] = ids;
  if (first === undefined) {
    throw new Failure("key-unusable", `there is no key in ${folder}`, [
      "make one with: exhibita key init --holder NAME",
    ]);
  }
  const known = ids.map((each) => `--key ${each}`);
  if (id === null) {
    if (second === undefined) return first;
    throw new Failure("usage", `${ids.length} keys are in ${folder}: name one`, known);
  }
  if (!ids.includes(id)) throw new Failure("key-unusable", `there is no key ${id}`, known);
  return id;
}

function refuseOutsideValidity({ entry, certificate }: StoredKey, at: Date): void {
  if (isValidAt(certificate, at)) return;
  throw new Failure(
    "key-unusable",
    `the certificate of key ${entry.id} is valid from ${entry.validFrom} to ${entry.validTo}`,
    ["make another signer with: exhibita key init --holder NAME"],
  );
}
