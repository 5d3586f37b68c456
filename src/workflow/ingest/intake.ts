import { acquireFile } from "../../acquire/file.ts";
import type { MemberFinding } from "../../acquire/members.ts";
import { acquireMembers } from "../../acquire/members.ts";
import type { Stored } from "../../acquire/originals.ts";
import { storeStream, syncFolders } from "../../acquire/originals.ts";
import { isArchive } from "../../archive/archive.ts";
import { Failure } from "../../model/failure.ts";
import type { SourceName } from "../../model/artifact.ts";
import type { StoredArtifact, StoredFinding } from "../../store/artifacts.ts";
import { artifactBySha256, artifactNumber, nextArtifactNumber } from "../../store/artifacts.ts";
import type { AcquiredFile, Acquisition } from "../case/acquisition.ts";
import { acquisitionAct } from "../case/acquisition.ts";
import type { CaseWriter } from "../case/open.ts";
import { project } from "../case/project.ts";
import { headOf } from "./offer.ts";
import type { Offer } from "./offer.ts";
import type { IngestRequest, PassedOver } from "./request.ts";

/** A source in the case: its artifact, whether it was there before, and what was not taken of it. */
export interface TakenIn {
  readonly source: StoredArtifact;
  readonly known: boolean;
  readonly passedOver: readonly PassedOver[];
}

interface Piece {
  readonly name: SourceName;
  readonly stored: Stored;
}

/**
 * Stores the bytes of one source and writes its journal line, before anything of it is parsed. A source
 * whose bytes the case has is not journalled again here: the run's `offered-again` line counts it.
 *
 * @returns null where the source was refused (its reason is in `passedOver` of the caller's list)
 */
export async function takeIn(
  writer: CaseWriter,
  offer: Offer,
  request: IngestRequest,
): Promise<TakenIn | PassedOver> {
  const caseDir = writer.paths.folder;
  const pieces: Piece[] = [];
  const findings: StoredFinding[] = [];
  const passedOver: PassedOver[] = [];
  const pending = new Set<string>();
  for (const [at, file] of offer.files.entries()) {
    const taken = acquireFile(caseDir, file.path, pending);
    if (taken.kind === "refused") {
      const refused: PassedOver = {
        type: "refused",
        path: String(file.path),
        reason: taken.reason,
      };
      if (at === 0) return refused;
      passedOver.push(refused);
      continue;
    }
    if (taken.changed.length > 0) findings.push(changed(file.relative, taken.changed));
    const name = offer.kind === "folder" ? relativeName(file.relative, file.name) : file.name;
    pieces.push({ name, stored: taken.stored });
  }
  syncFolders(pending);
  return enter(writer, offer, request, pieces, findings, passedOver);
}

/** The same for bytes that come from standard input. */
export async function takeInStream(
  writer: CaseWriter,
  stream: NonNullable<IngestRequest["stream"]>,
  request: IngestRequest,
): Promise<TakenIn> {
  const stored = await storeStream(writer.paths.folder, stream.bytes);
  const offer: Offer = { kind: "file", path: stream.name, files: [] };
  return enter(writer, offer, request, [{ name: { text: stream.name }, stored }], [], []);
}

async function enter(
  writer: CaseWriter,
  offer: Offer,
  request: IngestRequest,
  pieces: Piece[],
  findings: StoredFinding[],
  passedOver: PassedOver[],
): Promise<TakenIn> {
  const first = pieces[0];
  const known = first === undefined ? null : artifactBySha256(writer.db, first.stored.sha256);
  if (known !== null && known.role === "source" && sameFiles(writer, known, pieces)) {
    return { source: known, known: true, passedOver };
  }
  const archive =
    offer.kind === "file" && first !== undefined && isArchive(headOf(first.stored.path));
  if (archive) await unpack(writer, first.stored, pieces, findings, passedOver);
  const acquisition: Acquisition = {
    kind: archive ? "archive" : offer.files.length === 0 ? "stream" : offer.kind,
    files: numbered(writer, pieces),
    exhibit: request.exhibit,
    note: request.note,
    path: offer.path,
    findings,
  };
  const entry = writer.journal.append(acquisitionAct(acquisition, writer.actor));
  await project(writer, entry);
  const source = artifactBySha256(writer.db, first?.stored.sha256 ?? "");
  if (source === null)
    throw new Failure("bug", `an acquired file is not in the index: ${offer.path}`);
  return { source, known: known !== null, passedOver };
}

/** True where a known source brings no file that the case does not already have with it. */
function sameFiles(writer: CaseWriter, known: StoredArtifact, pieces: readonly Piece[]): boolean {
  return pieces.slice(1).every((piece) => {
    const file = artifactBySha256(writer.db, piece.stored.sha256);
    return file !== null && (file.number === known.number || file.seq <= known.seq);
  });
}

/** Adds the members of an archive; one that cannot be opened is a finding, and is kept whole all the same. */
async function unpack(
  writer: CaseWriter,
  archive: Stored,
  pieces: Piece[],
  findings: StoredFinding[],
  passedOver: PassedOver[],
): Promise<void> {
  try {
    for await (const member of acquireMembers(writer.paths.folder, archive.path)) {
      if (member.type === "litter") passedOver.push(litter(member.entryPath));
      else if (member.type === "finding") findings.push(archiveFinding(member));
      else if (member.kind !== "directory") {
        const bytes = member.nameBytes === undefined ? {} : { bytes: member.nameBytes };
        pieces.push({ name: { text: member.entryPath, ...bytes }, stored: member.stored });
      }
    }
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "not-readable") throw error;
    const detail = error.message.replace(archive.path, "the archive");
    findings.push({ code: "unreadable-archive", detail, count: 1 });
  }
}

function litter(path: string): PassedOver {
  return { type: "litter", path, reason: "left behind by an operating system" };
}

function archiveFinding({ entryPath, finding }: MemberFinding): StoredFinding {
  const { code, level, detail } = finding;
  const where = entryPath === null ? "" : `${JSON.stringify(entryPath)}: `;
  return { code: level === "note" ? `note:${code}` : code, detail: where + detail, count: 1 };
}

/** Gives each file the number it has in the case, or the next. */
function numbered(writer: CaseWriter, pieces: readonly Piece[]): AcquiredFile[] {
  let next = nextArtifactNumber(writer.db);
  const given = new Map<string, number>();
  return pieces.map(({ name, stored }) => {
    const { sha256, size } = stored;
    const number = given.get(sha256) ?? artifactNumber(writer.db, sha256) ?? next;
    if (number === next) next += 1;
    given.set(sha256, number);
    return { number, sha256, size, name };
  });
}

function changed(path: string, what: readonly string[]): StoredFinding {
  return {
    code: "changed-while-read",
    detail: `${path}: ${what.join(", ")} changed while it was read`,
    count: 1,
  };
}

function relativeName(relative: string, name: SourceName): SourceName {
  return name.bytes === undefined ? { text: relative } : { text: relative, bytes: name.bytes };
}
