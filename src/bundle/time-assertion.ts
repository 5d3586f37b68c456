import { sha256 } from "../hash/digest.ts";
import { asicManifest } from "./asic.ts";
import type { Digested } from "./bagit.ts";
import { type BundleFile, fileOf } from "./file.ts";
import { assertionPlaces, MAX_ASSERTIONS, MIMETYPE } from "./names.ts";
import { pemChain } from "./pem.ts";

/**
 * A time assertion (ETSI EN 319 162-1) is a list of files and a time-stamp token over that list: one
 * command of openssl checks it, where the token inside the signature would have to be cut out first.
 * Each lists all that was there before it, so that the last covers everything but itself.
 *
 * Gives a token, in DER, over a SHA-256 digest.
 */
export type StampDigest = (digest: Uint8Array) => Promise<Uint8Array>;

/**
 * The list that the time assertion `number` of `total` stamps: of the files given, all but the type and
 * what comes after it.
 */
export function assertionManifest(
  number: number,
  total: number,
  files: readonly Digested[],
): string {
  const { token } = assertionPlaces(number);
  const later = new Set([MIMETYPE]);
  for (let at = number; at <= total; at += 1) {
    const places = assertionPlaces(at);
    later.add(places.manifest).add(places.token);
  }
  return asicManifest({ signature: token, files: files.filter(({ name }) => !later.has(name)) });
}

/**
 * certs/tsa-chain.pem: the certificates of tokens, each once.
 *
 * @param tokens the DER certificates of each, in their order
 */
export function tsaChain(tokens: readonly (readonly Uint8Array[])[]): string {
  const found = new Map<string, Uint8Array>();
  for (const der of tokens.flat()) {
    if (!found.has(sha256(der))) found.set(sha256(der), der);
  }
  return pemChain([...found.values()]);
}

/**
 * Adds time assertions to a signed bundle.
 *
 * @param files every file of the bundle, signature and type included
 * @param stamps one for each assertion, in their order
 */
export async function withTimeAssertions(
  files: readonly BundleFile[],
  stamps: readonly StampDigest[],
): Promise<readonly BundleFile[]> {
  const total = Math.min(stamps.length, MAX_ASSERTIONS);
  let all = files;
  for (const [index, stamp] of stamps.slice(0, total).entries()) {
    const places = assertionPlaces(index + 1);
    const list = fileOf(places.manifest, assertionManifest(index + 1, total, all));
    const token = await stamp(Buffer.from(list.sha256, "hex"));
    all = [...all, list, fileOf(places.token, token)];
  }
  return all;
}
