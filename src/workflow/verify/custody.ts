import { ARTIFACTS, CUSTODY } from "../../bundle/names.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { checkPrivate, FIRST_PREV, lineDigest } from "../../custody/chain.ts";
import { toEntry } from "../../custody/entry.ts";
import { canonical } from "../../hash/canonical.ts";
import { provesInclusion } from "../../hash/merkle.ts";
import { isSha256, type Sha256 } from "../../model/artifact.ts";
import type { CustodyEntry, CustodyHead, InclusionProof } from "../../model/custody.ts";
import { arrayAt, isObject, numberAt, objectAt } from "../../model/json.ts";
import type { Check } from "../../model/validation.ts";
import type { Contents } from "./contents.ts";
import { jsonLines } from "./lines.ts";
import { count, judged, notChecked, note } from "./outcome.ts";

/** A journal line of the bundle, and the digest it has in the journal's tree. */
export interface ProvenLine {
  readonly entry: CustodyEntry;
  readonly proof: InclusionProof;
  readonly digest: Sha256;
}

/**
 * Every journal line proves itself against the head in bundle.json, neighbours follow one another, and
 * every source whose digest is given was acquired by one of these lines.
 */
export function checkCustody(bundle: StrictBundle, contents: Contents): Check {
  const head = contents.record?.custody;
  if (head === undefined) return notChecked("custody", CUSTODY, "bundle.json cannot be read");
  const problems: Problem[] = [];
  const lines = custodyLines(bundle, (problem) => note(problems, problem));
  for (const [at, line] of lines.entries()) {
    const fault = lineFault(line, lines[at - 1], head);
    if (fault !== null) {
      note(problems, { word: "ALTERED", detail: `line ${at + 1} of ${CUSTODY} ${fault}` });
    }
  }
  problems.push(...notAcquired(bundle, lines));
  const passed = `${count(lines.length)} lines, each proven against the journal's head of ${count(head.size)} lines`;
  return judged("custody", CUSTODY, problems, passed);
}

/** The journal lines a bundle carries, in their order. */
export function custodyLines(
  bundle: StrictBundle,
  onProblem: (problem: Problem) => void,
): readonly ProvenLine[] {
  const lines: ProvenLine[] = [];
  for (const { number, value } of jsonLines(bundle, CUSTODY, onProblem)) {
    const line = toLine(value);
    if (line === null) {
      onProblem({ word: "BAD FORMAT", detail: `line ${number} of ${CUSTODY} is no journal line` });
    } else {
      lines.push(line);
    }
  }
  return lines;
}

function toLine(value: unknown): ProvenLine | null {
  if (!isObject(value) || value["type"] !== "custody") return null;
  const entry = toEntry(value["entry"]);
  const given = objectAt(value, "proof");
  const index = numberAt(given, "index");
  const path = arrayAt(given, "path");
  if (entry === null || index === undefined || !path.every(isSha256)) return null;
  const proof = { index, path };
  try {
    // A member of another type, or one nobody knows, would be outside the digest.
    const isWhole = canonical({ type: "custody", entry, proof }) === canonical(value);
    return isWhole ? { entry, proof, digest: lineDigest(entry) } : null;
  } catch {
    return null;
  }
}

/** What is wrong with a line; null where nothing is. */
function lineFault(
  { entry, proof, digest }: ProvenLine,
  before: ProvenLine | undefined,
  head: CustodyHead,
): string | null {
  if (!provesInclusion(digest, proof, head.size, head.root)) return "is not in the journal";
  if (entry.seq !== proof.index + 1) return "carries another number than its place";
  if (before !== undefined && before.proof.index >= proof.index) return "is out of order";
  const isNeighbour = before !== undefined && before.proof.index === proof.index - 1;
  const link = proof.index === 0 ? FIRST_PREV : isNeighbour ? before.digest : entry.prev;
  if (entry.prev !== link) return "does not follow from the line before";
  if (proof.index === head.size - 1 && digest !== head.last) return "is not the head's last line";
  return checkPrivate(entry) ? null : "has a private part that was changed";
}

/** Sources of artifacts.jsonl that no line of the bundle says were acquired. */
function notAcquired(bundle: StrictBundle, lines: readonly ProvenLine[]): readonly Problem[] {
  const acquired = new Set(
    lines
      .filter(({ entry }) => entry.action === "acquired")
      .flatMap(({ entry }) => entry.artifacts.map((artifact) => artifact.sha256)),
  );
  const problems: Problem[] = [];
  // What is wrong with these lines themselves is for `counts` to say.
  for (const { value } of jsonLines(bundle, ARTIFACTS, () => undefined)) {
    if (!isObject(value) || value["role"] !== "source") continue;
    const digest = value["sha256"];
    if (isSha256(digest) && !acquired.has(digest)) {
      const detail = `no journal line tells of the acquisition of artifact ${String(value["number"])}`;
      note(problems, { word: "INCOMPLETE", detail });
    }
  }
  return problems;
}
