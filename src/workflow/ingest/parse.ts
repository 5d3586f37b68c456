import { soundOriginal } from "../../acquire/originals.ts";
import { canonical } from "../../hash/canonical.ts";
import type { CustodyEntry } from "../../model/custody.ts";
import type { ParseOptions } from "../../model/format.ts";
import type { JsonObject } from "../../model/json.ts";
import { isJson } from "../../model/json.ts";
import type { StoredArtifact, StoredRun } from "../../store/artifacts.ts";
import { membersOf, optionsOf, runsOf } from "../../store/artifacts.ts";
import { referencedBy } from "../../store/rows.ts";
import type { RunCounts } from "../../store/runs.ts";
import type { CaseWriter } from "../case/open.ts";
import { toParseOptions } from "../case/parse-options.ts";
import { parseInto } from "../case/parsing.ts";
import { siblingsOf } from "../case/siblings.ts";

/** Counts of a file's current run, and whether this call made it. */
export interface ParsedFile extends RunCounts {
  readonly format: string;
  readonly outcome: "parsed" | "reparsed" | "duplicate";
}

/**
 * Parses a stored file, unless its current run was made with the same format and effective options: what
 * is not declared anew stays as it was declared before. A source that brings files which the messages
 * name, and which were not at hand, is a reason to parse again.
 */
export async function parseFile(
  writer: CaseWriter,
  file: { artifact: StoredArtifact; source: number; format: string; known: boolean },
  given: ParseOptions,
  force: boolean,
  onProgress: (rows: number) => void,
): Promise<ParsedFile> {
  const { artifact, source, format } = file;
  const current = runsOf(writer.db, artifact.number).findLast((run) => run.current);
  const options = effective(given, current);
  if (!force && current !== undefined && current.format === format) {
    const same = canonical(options) === current.options;
    if (same && !bringsMissing(writer.db, current, source)) {
      return { ...current, outcome: "duplicate" };
    }
  }
  const again = current !== undefined || file.known;
  if (again) soundOriginal(writer.paths.folder, artifact.sha256);
  const parsed = await parseInto(
    writer,
    { artifact: artifact.number, source, format, options },
    again,
    (counts) => acknowledge(writer, file, options, counts, again),
    onProgress,
  );
  return { ...parsed, format, outcome: again ? "reparsed" : "parsed" };
}

/** True where `source` holds files that the run's messages name and lacked, and all that they had. */
function bringsMissing(db: CaseWriter["db"], run: StoredRun, source: number): boolean {
  const members = membersOf(db, source);
  if (members.length === 0) return false;
  const siblings = siblingsOf({ artifact: run.artifact, source }, members);
  let brought = false;
  for (const { name, artifact } of referencedBy(db, run.id)) {
    const found = siblings.find(name);
    if (found === null && artifact !== null) return false;
    brought ||= found !== null && artifact === null;
  }
  return brought;
}

function effective(given: ParseOptions, current: StoredRun | undefined): ParseOptions {
  const before = toParseOptions(current === undefined ? {} : optionsOf(current));
  return {
    zone: given.zone ?? before.zone,
    dateOrder: given.dateOrder ?? before.dateOrder,
    owner: given.owner ?? before.owner,
    mapping: given.mapping ?? before.mapping,
  };
}

function acknowledge(
  writer: CaseWriter,
  file: { artifact: StoredArtifact; source: number; format: string },
  options: ParseOptions,
  counts: RunCounts,
  again: boolean,
): CustodyEntry {
  const { artifact, source, format } = file;
  const { units, messages, events, exceptions, digest, formatVersion } = counts;
  return writer.journal.append({
    action: again ? "reparsed" : "parsed",
    actor: writer.actor,
    artifacts: [{ number: artifact.number, sha256: artifact.sha256 }],
    options: {
      outcome: "parsed",
      source,
      format,
      formatVersion,
      options: optionsJson(options),
      counts: { units, messages, events, exceptions },
      records: digest,
    },
  });
}

/** Effective options as the journal keeps them. */
export function optionsJson(options: ParseOptions): JsonObject {
  const { zone, dateOrder, owner, mapping } = options;
  return { zone, dateOrder, owner, mapping: isJson(mapping) ? mapping : null };
}
