import type { ArtifactStatus } from "../../model/artifact.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import { findingsOf, membersOf } from "../../store/artifacts.ts";
import type { CaseWriter } from "../case/open.ts";
import type { ParsedFile } from "./parse.ts";
import type { Recognition } from "./recognise.ts";
import type { SourceReport } from "./request.ts";

/** What is said of one source: its counts are those of all files that were parsed in it. */
export function reportOf(
  { db }: Pick<CaseWriter, "db">,
  source: StoredArtifact,
  path: string,
  found: Recognition,
  parsed: readonly ParsedFile[],
  status: ArtifactStatus,
): SourceReport {
  const sum = (of: (file: ParsedFile) => number): number =>
    parsed.reduce((total, file) => total + of(file), 0);
  const formats = [...new Set(parsed.map((file) => file.format))];
  const named = new Set([source.number, ...found.files.map((file) => file.artifact.number)]);
  return {
    type: "artifact",
    number: source.number,
    path,
    sha256: source.sha256,
    size: source.size,
    format: formats.length === 0 ? null : formats.join("+"),
    exhibit: source.exhibit,
    messages: sum((file) => file.messages),
    events: sum((file) => file.events),
    exceptions: sum((file) => file.exceptions),
    units: sum((file) => file.units),
    members: membersOf(db, source.number).length,
    status,
    findings: [...named].flatMap((number) => findingsOf(db, number)),
    candidates: found.candidates,
  };
}
