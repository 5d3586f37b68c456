import type { BundleFile } from "../../bundle/file.ts";
import { tsaChain, withTimeAssertions } from "../../bundle/time-assertion.ts";
import { sha256 } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import { signatureValueOf, withToken } from "../../signature/timestamp/attach.ts";
import type { CheckedAuthority, Stamp } from "../../signature/timestamp/authority.ts";

/** A signature with its time-stamp, and what that says. */
export interface StampedSignature {
  readonly cms: Uint8Array;
  readonly stamp: Stamp;
}

/** An authority that has stamped something already: its next stamps come with the same certificates. */
export interface KnownAuthority {
  readonly authority: CheckedAuthority;
  readonly first: Stamp;
}

/** SHA-256 of a signature's value: all that an authority gets to see of it. */
function imprintOf(cms: Uint8Array): Buffer {
  return Buffer.from(sha256(signatureValueOf(cms)), "hex");
}

/**
 * Stamps the first signature of a bundle, and asks every further authority once, so that the certificates
 * of all are known before anything lists them. What the others answer is not kept.
 *
 * @param authorities at least one; the first stamps
 * @throws Failure `timestamp-authority`
 */
export async function stampFirst(
  cms: Uint8Array,
  authorities: readonly CheckedAuthority[],
): Promise<StampedSignature & { readonly known: readonly KnownAuthority[] }> {
  const known: KnownAuthority[] = [];
  for (const authority of authorities) {
    known.push({ authority, first: await authority.request(imprintOf(cms)) });
  }
  const stamp = known[0]?.first;
  if (stamp === undefined) throw new Failure("bug", "no authority to stamp a signature");
  return { cms: withToken(cms, stamp.token), stamp, known };
}

/**
 * Stamps a further signature.
 *
 * @throws Failure `timestamp-authority`
 */
export async function stampAgain(
  cms: Uint8Array,
  known: KnownAuthority,
): Promise<StampedSignature> {
  const stamp = await requestAlike(imprintOf(cms), known);
  return { cms: withToken(cms, stamp.token), stamp };
}

/** certs/tsa-chain.pem for these authorities. */
export function chainOf(known: readonly KnownAuthority[]): string {
  return tsaChain(known.map(({ first }) => first.stated.certificates));
}

/**
 * Adds the time assertions: one of each authority, the first authority's last, since it has stamped the
 * signature too and its last token, which nothing covers, is held against that one.
 *
 * @param files of the bundle, its stamped signature and certs/tsa-chain.pem among them
 * @returns the files, and the stamps of the assertions in their order
 * @throws Failure `timestamp-authority`
 */
export async function assertTime(
  files: readonly BundleFile[],
  known: readonly KnownAuthority[],
): Promise<{ readonly files: readonly BundleFile[]; readonly stamps: readonly Stamp[] }> {
  const inOrder = [...known.slice(1), ...known.slice(0, 1)];
  const stamps: Stamp[] = [];
  const requests = inOrder.map((one) => async (digest: Uint8Array): Promise<Uint8Array> => {
    const stamp = await requestAlike(digest, one);
    stamps.push(stamp);
    return stamp.token;
  });
  return { files: await withTimeAssertions(files, requests), stamps };
}

/** An authority may be several machines with certificates of their own. */
const TRIES = 8;

async function requestAlike(digest: Uint8Array, known: KnownAuthority): Promise<Stamp> {
  const { authority, first } = known;
  for (let round = 0; round < TRIES; round += 1) {
    const stamp = await authority.request(digest);
    if (stamp.stated.envelope === first.stated.envelope) return stamp;
  }
  throw new Failure(
    "timestamp-authority",
    `no second time-stamp from ${authority.url} with the certificates of the first, in ${TRIES} tries`,
    ["try again, or name another authority with --timestamp-url"],
  );
}
