import { ARTIFACTS } from "../../bundle/names.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { isSha256, type Sha256 } from "../../model/artifact.ts";
import { numberAt, objectAt, stringAt } from "../../model/json.ts";
import { jsonLines } from "./lines.ts";

/** What the verifier looks at in a line of artifacts.jsonl. */
export interface ListedArtifact {
  readonly number: number;
  readonly sha256: Sha256 | null;
  readonly size: number;
  /** The container's number and the path in it, for a member. */
  readonly container: number | null;
  readonly entry: string | null;
  /** Path inside the bundle where the bytes are given, and the entry where that is an archive. */
  readonly file: string | null;
  readonly fileEntry: string | null;
  /** Units, messages, events and exceptions its parse run read. */
  readonly counts: readonly number[] | null;
}

/** The artifacts of a bundle by number. */
export function listedArtifacts(
  bundle: StrictBundle,
  onProblem: (problem: Problem) => void,
): ReadonlyMap<number, ListedArtifact> {
  const artifacts = new Map<number, ListedArtifact>();
  for (const { number: line, value } of jsonLines(bundle, ARTIFACTS, onProblem)) {
    const artifact = toArtifact(value);
    if (artifact === null || artifacts.has(artifact.number)) {
      const detail = `line ${line} of ${ARTIFACTS} is no artifact, or one listed before`;
      onProblem({ word: "BAD FORMAT", detail });
    } else {
      artifacts.set(artifact.number, artifact);
    }
  }
  return artifacts;
}

function toArtifact(value: unknown): ListedArtifact | null {
  const number = numberAt(value, "number");
  const size = numberAt(value, "size");
  const digest = stringAt(value, "sha256") ?? null;
  if (stringAt(value, "type") !== "artifact" || number === undefined || size === undefined) {
    return null;
  }
  if (digest !== null && !isSha256(digest)) return null;
  const counts = objectAt(value, "counts");
  return {
    number,
    size,
    sha256: digest,
    container: numberAt(value, "container") ?? null,
    entry: stringAt(value, "entry") ?? null,
    file: stringAt(value, "file") ?? null,
    fileEntry: stringAt(value, "fileEntry") ?? null,
    counts: counts === undefined ? null : COUNTED.map((name) => numberAt(counts, name) ?? 0),
  };
}

/** The members of `SourceCounts`, in the order of `ListedArtifact.counts`. */
export const COUNTED = ["units", "messages", "events", "exceptions"] as const;
