import { existsSync } from "node:fs";
import { blobPath } from "../../acquire/originals.ts";
import { lineDigest } from "../../custody/chain.ts";
import { canonical } from "../../hash/canonical.ts";
import type { CustodyEntry } from "../../model/custody.ts";
import type { ParseOptions } from "../../model/format.ts";
import { Failure } from "../../model/failure.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import {
  artifactByNumber,
  membersOf,
  removeParserFailure,
  setStatus,
} from "../../store/artifacts.ts";
import { setApplied } from "../../store/meta.ts";
import type { Db } from "../../store/open.ts";
import type { RunCounts } from "../../store/runs.ts";
import { beginRun, endRun } from "../../store/runs.ts";
import { intakeOf } from "./intake.ts";
import type { CaseWriter } from "./case.ts";
import { siblingsOf } from "./siblings.ts";

/** A file to be parsed: the bytes of `artifact`, among the files of `source`. */
export interface Parsing {
  readonly artifact: number;
  readonly source: number;
  readonly format: string;
  readonly options: ParseOptions;
}

/**
 * Parses a file into the index in one transaction. `acknowledge` is called when every row is in, to write
 * or to name the journal line; the transaction is committed after it, so that the index never holds what
 * the journal does not.
 *
 * @throws Failure `bug` where the parser itself broke, `integrity` where the original is missing; nothing
 *   of the run is kept then
 */
export async function parseInto(
  writer: Pick<CaseWriter, "db" | "paths" | "parser">,
  parsing: Parsing,
  again: boolean,
  acknowledge: (parsed: RunCounts) => CustodyEntry,
  onProgress: (rows: number) => void = () => {},
): Promise<RunCounts> {
  const { db } = writer;
  const file = required(db, parsing.artifact);
  const siblings = siblingsOf(parsing, membersOf(db, parsing.source));
  const blob = originalOf(writer, file);
  db.exec("BEGIN IMMEDIATE");
  try {
    const { artifact, source, format, options } = parsing;
    const run = beginRun(db, {
      artifact,
      source,
      format,
      options: canonical(options),
    });
    const intake = intakeOf(db, run, artifact, siblings, onProgress);
    const job = {
      blob,
      name: siblings.name ?? file.name.text,
      size: file.size,
      siblings: siblings.paths,
      format,
      options,
    };
    const end = await writer.parser.parse(job, intake.take);
    const counts = { ...intake.finish(), units: end.units, digest: end.digest };
    const parsed = { ...counts, formatVersion: end.version };
    const entry = acknowledge(parsed);
    endRun(db, run, entry.seq, parsed);
    removeParserFailure(db, artifact);
    for (const number of new Set([artifact, source])) {
      setStatus(db, number, again ? "reparsed" : "ingested");
    }
    setApplied(db, entry.seq, lineDigest(entry));
    db.exec("COMMIT");
    return parsed;
  } catch (error) {
    // A full disk ends the transaction by itself, and its own error is the one to tell.
    if (db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function required(db: Db, number: number): StoredArtifact {
  const artifact = artifactByNumber(db, number);
  if (artifact === null) throw new Failure("not-found", `no artifact ${number} in this case`);
  return artifact;
}

function originalOf({ paths }: Pick<CaseWriter, "paths">, { sha256 }: StoredArtifact): string {
  const path = blobPath(paths.folder, sha256);
  if (existsSync(path)) return path;
  throw new Failure("integrity", `original ${sha256} is missing`, ["run `exhibita check`"]);
}
