import { sha256 } from "../hash/digest.ts";
import { asicManifest } from "./asic.ts";
import type { Digested } from "./bagit.ts";
import { type BundleFile, fileOf } from "./file.ts";
import { assertionPlaces, MAX_ASSERTIONS, MIMETYPE, TSA_CHAIN } from "./names.ts";
import { pemChain } from "./pem.ts";

/**
 * A time assertion (ETSI EN 319 162-1) is a list of files and a time-stamp token over that list: one
 * command of openssl checks it, where the token inside the signature would have to be cut out first.
 * Each lists all that was there before it, so that the last covers everything but itself.
 */
export interface Token {
  /** DER. */
  readonly token: Uint8Array;
  /** The certificates it holds, in DER, in their order. */
  readonly certificates: readonly Uint8Array[];
}

/** Gives a token over a SHA-256 digest. */
export type StampDigest = (digest: Uint8Array) => Promise<Token>;

/**
 * The list that the time assertion `number` of `total` stamps: of the files given, all but the type and
 * what comes after it. The certificates of the authorities are known at last, and only the last lists them.
 */
export function assertionManifest(
  number: number,
  total: number,
  files: readonly Digested[],
): string {
  const { token } = assertionPlaces(number);
  const later = new Set([MIMETYPE]);
  if (number < total) later.add(TSA_CHAIN);
  for (let at = number; at <= total; at += 1) {
    const places = assertionPlaces(at);
    later.add(places.manifest).add(places.token);
  }
  return asicManifest({ signature: token, files: files.filter(({ name }) => !later.has(name)) });
}

/** certs/tsa-chain.pem: the certificates of the tokens, in the order of the tokens, each once. */
export function tsaChain(tokens: readonly Pick<Token, "certificates">[]): string {
  const found = new Map<string, Uint8Array>();
  for (const der of tokens.flatMap(({ certificates }) => certificates)) {
    if (!found.has(sha256(der))) found.set(sha256(der), der);
  }
  return pemChain([...found.values()]);
}

/**
 * Adds time assertions to a signed bundle.
 *
 * @param files every file of the bundle, signature and type included
 * @param signatureToken the token in the signature; the last of `stamps` gives one with the same certificates
 * @param stamps one for each assertion, in their order
 */
export async function withTimeAssertions(
  files: readonly BundleFile[],
  signatureToken: Token,
  stamps: readonly StampDigest[],
): Promise<readonly BundleFile[]> {
  const tokens = [signatureToken];
  let all = files;
  for (const [index, stamp] of stamps.slice(0, MAX_ASSERTIONS).entries()) {
    const number = index + 1;
    const places = assertionPlaces(number);
    if (number === stamps.length) all = [...all, fileOf(TSA_CHAIN, tsaChain(tokens))];
    const list = fileOf(places.manifest, assertionManifest(number, stamps.length, all));
    const token = await stamp(Buffer.from(list.sha256, "hex"));
    tokens.push(token);
    all = [...all, list, fileOf(places.token, token.token)];
  }
  return all;
}
