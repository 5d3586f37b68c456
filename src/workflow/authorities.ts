import { MAX_ASSERTIONS } from "../bundle/names.ts";
import type { Environment } from "../model/environment.ts";
import { Failure } from "../model/failure.ts";
import type { TrustedRoot } from "../model/signature.ts";
import { type CheckedAuthority, timestampAuthority } from "../signature/timestamp/authority.ts";

/**
 * The time-stamp authorities that a person named, in that order. Nothing is asked of them yet.
 *
 * @param roots those that may vouch for an authority; one that none vouches for is accepted and said to be unknown
 * @throws Failure `usage` for what is no address, one named twice, or too many
 */
export function authoritiesOf(
  urls: readonly string[],
  roots: readonly TrustedRoot[],
  environment: Environment,
  signal: AbortSignal,
): readonly CheckedAuthority[] {
  const twice = urls.find((url, index) => urls.indexOf(url) !== index);
  if (twice !== undefined) throw new Failure("usage", `--timestamp-url ${twice} is given twice`);
  if (urls.length > MAX_ASSERTIONS) {
    throw new Failure("usage", `a bundle takes at most ${MAX_ASSERTIONS} time-stamp authorities`);
  }
  const { random, now } = environment;
  return urls.map((url) => timestampAuthority(url, { roots, random, now, signal }));
}
