import { MAX_ASSERTIONS } from "../../bundle/names.ts";
import type { BundleFile } from "../../bundle/file.ts";
import { type StampDigest, withTimeAssertions } from "../../bundle/time-assertion.ts";
import { sha256 } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import { signatureValueOf, withToken } from "../../signature/timestamp/attach.ts";
import type { CheckedAuthority, Stamp } from "../../signature/timestamp/authority.ts";

/** A signature with its time-stamp, and what that says. */
export interface StampedSignature {
  readonly cms: Uint8Array;
  readonly stamp: Stamp;
}

/**
 * Stamps a signature: the authority sees the digest of its value and nothing else.
 *
 * @throws Failure `timestamp-authority`
 */
export async function stampSignature(
  cms: Uint8Array,
  authority: CheckedAuthority,
): Promise<StampedSignature> {
  const stamp = await authority.request(Buffer.from(sha256(signatureValueOf(cms)), "hex"));
  return { cms: withToken(cms, stamp.token), stamp };
}

/**
 * Adds the time assertions: one of each authority, the first authority's last, since it has stamped the
 * signature too and its last token, which nothing covers, is held against that one.
 *
 * @param files of the bundle, its stamped signature among them
 * @param signed the stamp in that signature, of the first authority
 * @returns the files, and the stamps of the assertions in their order
 * @throws Failure `timestamp-authority`
 */
export async function assertTime(
  files: readonly BundleFile[],
  signed: Stamp,
  authorities: readonly CheckedAuthority[],
): Promise<{ readonly files: readonly BundleFile[]; readonly stamps: readonly Stamp[] }> {
  const [first, ...others] = authorities.slice(0, MAX_ASSERTIONS);
  if (first === undefined) return { files, stamps: [] };
  const stamps: Stamp[] = [];
  const noted =
    (request: CheckedAuthority["request"]): StampDigest =>
    async (digest) => {
      const stamp = await request(digest);
      stamps.push(stamp);
      return tokenOf(stamp);
    };
  const last = noted(async (digest) => stampLast(digest, first, signed));
  const requests = [...others.map(({ request }) => noted(request)), last];
  const stamped = await withTimeAssertions(files, tokenOf(signed), requests);
  return { files: stamped, stamps };
}

function tokenOf({ token, stated }: Stamp): Awaited<ReturnType<StampDigest>> {
  return { token, certificates: stated.certificates };
}

/** An authority may be several machines with certificates of their own. */
const TRIES = 8;

async function stampLast(
  digest: Uint8Array,
  authority: CheckedAuthority,
  signed: Stamp,
): Promise<Stamp> {
  for (let round = 0; round < TRIES; round += 1) {
    const stamp = await authority.request(digest);
    if (stamp.stated.envelope === signed.stated.envelope) return stamp;
  }
  throw new Failure(
    "timestamp-authority",
    `no second time-stamp from ${authority.url} with the certificate of the first, in ${TRIES} tries`,
    ["try again, or name another authority with --timestamp-url"],
  );
}
