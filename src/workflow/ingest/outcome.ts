import type { ArtifactStatus } from "../../model/artifact.ts";
import type { JsonObject } from "../../model/json.ts";
import { Failure } from "../../model/failure.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import { PARSER_FAILED } from "../../store/artifacts.ts";
import type { CaseWriter } from "../case/open.ts";
import { projectPlain } from "../case/project.ts";
import type { TakenIn } from "./intake.ts";
import type { ParsedFile } from "./parse.ts";
import type { Recognition } from "./recognise.ts";

/**
 * Journals what became of a source where no parse line of its own says so: media, a file that no format
 * claims, a tie, or an export all of whose chats the case has already.
 *
 * @returns the status of the source, as its report gives it
 */
export function noteOutcome(
  writer: CaseWriter,
  taken: TakenIn,
  found: Recognition,
  parsed: readonly ParsedFile[],
): ArtifactStatus {
  if (parsed.some((file) => file.outcome === "parsed")) return "ingested";
  if (parsed.some((file) => file.outcome === "reparsed")) return "reparsed";
  const open = isOpen(writer, taken.source);
  if (parsed.length > 0) {
    if (open) note(writer, taken, { outcome: "known" });
    return "duplicate";
  }
  if (found.media) {
    if (!open) return "duplicate";
    note(writer, taken, { outcome: "attachment" });
    return "attachment";
  }
  // A parser that broke has its own line, and the source stays to be parsed.
  if (found.files.length > 0) return "unrecognised";
  const candidates = found.candidates.map(({ id, score, reason }) => ({ id, score, reason }));
  note(writer, taken, { outcome: candidates.length > 0 ? "tie" : "unrecognised", candidates });
  return "unrecognised";
}

/**
 * Journals that a parser broke, for a source that is then passed over.
 *
 * @throws any other error: a full disk ends the run
 */
export function noteFailed(
  writer: CaseWriter,
  file: { readonly artifact: StoredArtifact; readonly source: number; readonly format: string },
  error: unknown,
): void {
  if (!(error instanceof Failure) || error.code !== "bug") throw error;
  const { artifact, source, format } = file;
  const entry = writer.journal.append({
    action: "failed",
    actor: writer.actor,
    artifacts: [{ number: artifact.number, sha256: artifact.sha256 }],
    options: { outcome: PARSER_FAILED, source, format, reason: error.message },
  });
  projectPlain(writer, entry);
}

/** True where the journal's last word on a source is that it was acquired. */
function isOpen({ journal }: CaseWriter, source: StoredArtifact): boolean {
  const last = journal.entries.findLast(
    ({ action, artifacts }) => ABOUT.has(action) && artifacts[0]?.number === source.number,
  );
  return last?.action === "acquired";
}

const ABOUT: ReadonlySet<string> = new Set(["acquired", "parsed", "reparsed"]);

function note(writer: CaseWriter, { source, known }: TakenIn, options: JsonObject): void {
  const entry = writer.journal.append({
    action: known ? "reparsed" : "parsed",
    actor: writer.actor,
    artifacts: [{ number: source.number, sha256: source.sha256 }],
    options,
  });
  projectPlain(writer, entry);
}
