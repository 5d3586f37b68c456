import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Environment } from "../model/environment.ts";
import { Failure } from "../model/failure.ts";
import type { Signer, TrustedRoot } from "../model/signature.ts";
import { type CreatedKey, initKeys, type KeyRequest } from "../signature/keys/init.ts";
import { type KeyEntry, listKeys } from "../signature/keys/list.ts";
import type { PassphraseSource } from "../signature/keys/material.ts";
import { noticesOn } from "../signature/keys/notices.ts";
import { openSigner } from "../signature/keys/open.ts";
import { readNotice, type RevocationNotice } from "../signature/revocation.ts";
import {
  type AddedRoot,
  readRoot,
  readRoots,
  trustedRoots,
  trustRoot,
} from "../signature/trust.ts";

/** Where keys may lie, as the variables of the process say it. */
export interface KeyPlaces {
  /** Folder that EXHIBITA_KEYS names; null where unset. */
  readonly EXHIBITA_KEYS: string | null;
  /** The user's configuration folder for exhibita; null where the system names none. */
  readonly configFolder: string | null;
}

/**
 * The key folder: EXHIBITA_KEYS, else `keys` in the user's configuration folder. It need not exist.
 *
 * @throws Failure `key-unusable` where neither is known
 */
export function keyFolder(places: KeyPlaces, cwd: string): string {
  if (places.EXHIBITA_KEYS !== null) return resolve(cwd, places.EXHIBITA_KEYS);
  if (places.configFolder !== null) return join(places.configFolder, "keys");
  throw new Failure("key-unusable", "there is no key folder on this machine", [
    "set EXHIBITA_KEYS to a folder that only you can read",
  ]);
}

/**
 * The roots somebody trusts: those of the named PEM files and those kept in the key folder.
 *
 * @throws Failure `not-found` for a file that is not there, `key-unusable` for one without a certificate
 */
export function rootsOf(files: readonly string[], folder: string): readonly TrustedRoot[] {
  const named = files.flatMap((file) => readRoots(readSmallFile(file), file));
  return [...named, ...trustedRoots(folder)];
}

/**
 * Revocation notices: those of the named files, and those kept in the key folder.
 *
 * @throws Failure `not-found` for a file that is not there, `key-unusable` for a notice that is altered
 *   or that its signer had no right to
 */
export function noticesOf(files: readonly string[], folder: string): readonly RevocationNotice[] {
  return [...files.map((file) => readNotice(readSmallFile(file), file)), ...noticesOn(folder)];
}

const LARGEST = 1 << 20;

/** @throws Failure `not-found`, `not-readable` */
function readSmallFile(path: string): string {
  if (!existsSync(path)) throw new Failure("not-found", `no such file: ${path}`);
  const found = statSync(path);
  if (!found.isFile()) throw new Failure("not-readable", `not a file: ${path}`);
  if (found.size > LARGEST) throw new Failure("not-readable", `larger than 1 MiB: ${path}`);
  return readFileSync(path, "utf8");
}

/**
 * The first line of a passphrase file, without its end.
 *
 * @throws Failure `key-unusable` where that line is empty; `not-found`, `not-readable`
 */
export function readPassphraseFile(path: string): string {
  const [first = ""] = readSmallFile(path).split("\n", 1);
  const passphrase = first.endsWith("\r") ? first.slice(0, -1) : first;
  if (passphrase !== "") return passphrase;
  throw new Failure("key-unusable", `the first line of ${path} is empty`);
}

export type { CreatedKey, KeyRequest } from "../signature/keys/init.ts";

/** Makes a signer, and the agency's root where the folder has none. See `initKeys`. */
export async function createKey(
  folder: string,
  request: KeyRequest,
  environment: Environment,
): Promise<CreatedKey> {
  return initKeys(folder, request, environment);
}

/** The signers of a key folder, none opened. See `listKeys`. */
export function keysIn(folder: string): readonly KeyEntry[] {
  return listKeys(folder);
}

/** A root as it would be trusted: whose, and its fingerprint. See `readRoot`. */
export function rootIn(file: string): Omit<AddedRoot, "location"> {
  if (!existsSync(file)) throw new Failure("not-found", `no such file: ${file}`);
  const { holder, fingerprint } = readRoot(file);
  return { holder, fingerprint };
}

/** Puts a root among those the key folder trusts. See `trustRoot`. */
export function addTrusted(folder: string, file: string): AddedRoot {
  if (!existsSync(file)) throw new Failure("not-found", `no such file: ${file}`);
  return trustRoot(folder, file);
}

/**
 * The signer with this id, or the only one; its passphrase is asked for only where the key has one.
 * See `openSigner`.
 */
export async function signerOf(
  folder: string,
  id: string | null,
  passphrase: PassphraseSource,
  at: Date,
): Promise<Signer> {
  return openSigner(folder, id, passphrase, at);
}
