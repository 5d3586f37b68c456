/**
 * The class of what is wrong with a bundle; the first word of a failed check's detail.
 *
 * - `ALTERED`: bytes are not what was signed or written
 * - `INCOMPLETE`: something that belongs there is missing
 * - `REPACKED`: another program has written the container again
 * - `LIMIT`: larger than any bundle is, and not read further
 * - `BAD FORMAT`: not in the form docs/bundle-spec.md gives
 * - `UNSUPPORTED`: a later schema than this program knows
 * - `UNSIGNED`: there is no signature
 * - `BAD SIGNATURE`: there is one, and it is not over these bytes
 * - `BAD KEY`: its key is one that proves nothing
 * - `NOT CHECKED`: what this check needs cannot be read, for a reason another check gives
 */
export type ProblemWord =
  | "ALTERED"
  | "INCOMPLETE"
  | "REPACKED"
  | "LIMIT"
  | "BAD FORMAT"
  | "UNSUPPORTED"
  | "UNSIGNED"
  | "BAD SIGNATURE"
  | "BAD KEY"
  | "NOT CHECKED";

/** One thing that is wrong; `detail` is lower case and names the thing. */
export interface Problem {
  readonly word: ProblemWord;
  readonly detail: string;
}
