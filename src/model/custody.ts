import type { Sha256 } from "./artifact.ts";
import type { JsonObject } from "./json.ts";

/** What a journal entry records; CASE InvestigativeAction. The list only grows. */
export const CUSTODY_ACTIONS = [
  "created",
  "acquired",
  "offered-again",
  "parsed",
  "reparsed",
  "declared",
  "linked",
  "unlinked",
  "tagged",
  "untagged",
  "withheld",
  "released",
  "selected",
  "planned",
  "bundled",
  "sealed",
  "transferred",
  "received",
  "returned",
  "copied",
  "destroyed",
  "exported",
  "stamped",
  "countersigned",
  "refused",
  "interrupted",
  "rebuilt",
  "checked",
  "failed",
] as const;

export type CustodyAction = (typeof CUSTODY_ACTIONS)[number];

/** The versions behind an act, so that another expert can repeat it. */
export interface ToolVersions {
  readonly exhibita: string;
  readonly node: string;
  readonly sqlite: string | null;
  readonly tz: string;
  readonly unicode: string;
}

export interface CustodyArtifact {
  readonly number: number;
  readonly sha256: Sha256;
}

/** What only this office may read; a bundle carries its digest unless asked for more. */
export interface CustodyPrivate {
  /** 32 hex digits, so that the digest of a short host name tells nothing. */
  readonly salt: string;
  readonly host: string;
  readonly paths: readonly string[];
  readonly names: readonly string[];
  /** Files that came inside the source, which the public part only counts: one of them may be withheld. */
  readonly members?: readonly CustodyMember[];
}

/** A file inside an archive or export folder, as an acquisition recorded it. */
export interface CustodyMember extends CustodyArtifact {
  readonly size: number;
}

/** What a caller says of an act; the journal adds the rest. */
export interface CustodyAct {
  readonly action: CustodyAction;
  readonly actor: string;
  readonly artifacts: readonly CustodyArtifact[];
  /** Effective options, counts and digests of this act. */
  readonly options: JsonObject;
  readonly exhibit?: string;
  readonly authority?: string;
  readonly note?: string;
  readonly paths?: readonly string[];
  readonly names?: readonly string[];
  readonly members?: readonly CustodyMember[];
}

/**
 * One line of the chain of custody. `at` is the machine's clock in UTC, `monotonic` nanoseconds of a
 * clock that cannot be set, `prev` the digest of the line before (64 zeros for the first).
 */
export interface CustodyEntry {
  readonly seq: number;
  readonly at: string;
  readonly monotonic: string;
  readonly action: CustodyAction;
  readonly actor: string;
  readonly tool: ToolVersions;
  readonly artifacts: readonly CustodyArtifact[];
  readonly options: JsonObject;
  readonly exhibit?: string;
  readonly authority?: string;
  readonly note?: string;
  /** Set where the machine's clock stood before that of the line before. */
  readonly clockBackwards?: true;
  readonly salt: string;
  readonly prev: Sha256;
  /** SHA-256 of the canonical `private` member, which is not part of the line's own digest. */
  readonly privateDigest: Sha256;
  readonly private?: CustodyPrivate;
}

/** RFC 9162 tree head over the lines 0 to size-1: `root` their Merkle root, `last` the last line's digest. */
export interface CustodyHead {
  readonly size: number;
  readonly root: Sha256;
  readonly last: Sha256;
}

/** RFC 9162 inclusion proof: the line's index and the sibling hashes, leaf to root. */
export interface InclusionProof {
  readonly index: number;
  readonly path: readonly Sha256[];
}
