import { isInside } from "../../acquire/source.ts";
import { FORMATS } from "../../formats/index.ts";
import { sha256 } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import { findingsOf, membersOf, setStatus } from "../../store/artifacts.ts";
import { checkZone } from "../../time/zone.ts";
import type { CaseWriter } from "../case/open.ts";
import { projectPlain } from "../case/project.ts";
import type { TakenIn } from "./intake.ts";
import { takeIn, takeInStream } from "./intake.ts";
import { listOffers } from "./offer.ts";
import type { ParsedFile } from "./parse.ts";
import { parseFile } from "./parse.ts";
import type { Recognition } from "./recognise.ts";
import { recognise } from "./recognise.ts";
import type {
  IngestObserver,
  IngestRequest,
  IngestSummary,
  PassedOver,
  SourceReport,
} from "./request.ts";
import { summaryOf } from "./summary.ts";

/**
 * Takes files, folders and archives as evidence: hash, store, journal, parse, index, each source by
 * itself. What cannot be read is counted and told; it stops nothing.
 *
 * @throws Failure `interrupted` between two sources, when the signal asks for it; what was acknowledged
 *   stays, and the journal says so
 */
export async function ingest(
  writer: CaseWriter,
  request: IngestRequest,
  observer: IngestObserver,
  signal: AbortSignal,
): Promise<IngestSummary> {
  checkRequest(writer, request);
  const started = writer.environment.monotonic();
  const { offers, passedOver } = await listOffers(request.paths, FORMATS);
  const passed: PassedOver[] = [];
  const reports: SourceReport[] = [];
  const pass = (item: PassedOver): void => {
    passed.push(item);
    observer.passedOver(item);
  };
  passedOver.forEach(pass);
  const finish = async (taken: TakenIn, path: string): Promise<void> => {
    taken.passedOver.forEach(pass);
    const report = await parseSource(writer, taken, path, request, observer);
    reports.push(report);
    observer.source(report);
  };
  for (const offer of offers) {
    stopIfAsked(writer, signal);
    const taken = await takeIn(writer, offer, request);
    if ("source" in taken) await finish(taken, offer.path);
    else pass(taken);
  }
  if (request.stream !== null) {
    await finish(await takeInStream(writer, request.stream, request), request.stream.name);
  }
  noteDuplicates(writer, reports);
  return summaryOf(reports, passed, Number(writer.environment.monotonic() - started) / 1e9);
}

/** Refuses what would mislead every row of a source, before anything is stored. */
function checkRequest(writer: CaseWriter, request: IngestRequest): void {
  if (request.options.zone !== null) checkZone(request.options.zone);
  if (request.format !== null && !FORMATS.some((format) => format.id === request.format)) {
    throw new Failure("usage", `no such format: ${request.format}`, [
      `known formats: ${FORMATS.map((format) => format.id).join(", ")}`,
    ]);
  }
  for (const path of request.paths) {
    if (isInside(path, writer.paths.folder) || isInside(writer.paths.folder, path)) {
      throw new Failure("usage", `the case folder cannot be evidence of itself: ${path}`, [
        "copy the evidence out of the case folder first",
      ]);
    }
  }
}

function stopIfAsked(writer: CaseWriter, signal: AbortSignal): void {
  if (!signal.aborted) return;
  const entry = writer.journal.append({
    action: "interrupted",
    actor: writer.actor,
    artifacts: [],
    options: { command: "ingest" },
  });
  projectPlain(writer, entry);
  throw new Failure("interrupted", `stopped after journal line ${entry.seq}, as asked`, [
    "give the same command again: what is stored and parsed is passed over",
  ]);
}

/** Recognises and parses the files of a source that is in the case. */
export async function parseSource(
  writer: CaseWriter,
  taken: TakenIn,
  path: string,
  request: IngestRequest,
  observer: IngestObserver,
  force = false,
): Promise<SourceReport> {
  const { source, known } = taken;
  const found = await recognise(writer, source, request);
  const parsed: ParsedFile[] = [];
  for (const { artifact, format } of found.files) {
    const onProgress = (rows: number): void =>
      observer.progress({ path, rows, bytes: artifact.size });
    const file = { artifact, source: source.number, format, known };
    parsed.push(await parseFile(writer, file, request.options, force, onProgress));
  }
  if (parsed.length === 0) noteUnread(writer, taken, found);
  return reportOf(writer, taken, path, found, parsed);
}

function noteUnread(writer: CaseWriter, { source, known }: TakenIn, found: Recognition): void {
  if (found.media) setStatus(writer.db, source.number, "attachment");
  if (found.media && known) return;
  const entry = writer.journal.append({
    action: known ? "reparsed" : "parsed",
    actor: writer.actor,
    artifacts: [{ number: source.number, sha256: source.sha256 }],
    options: {
      outcome: found.media ? "attachment" : found.candidates.length > 0 ? "tie" : "unrecognised",
      candidates: found.candidates.map(({ id, score, reason }) => ({ id, score, reason })),
    },
  });
  projectPlain(writer, entry);
}

function reportOf(
  writer: CaseWriter,
  { source }: TakenIn,
  path: string,
  found: Recognition,
  parsed: readonly ParsedFile[],
): SourceReport {
  const sum = (of: (file: ParsedFile) => number): number =>
    parsed.reduce((total, file) => total + of(file), 0);
  const formats = [...new Set(parsed.map((file) => file.format))];
  const members = membersOf(writer.db, source.number);
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
    members: members.length,
    status: statusOf(found, parsed),
    findings: [
      source.number,
      ...parsed.flatMap(() => found.files.map((file) => file.artifact.number)),
    ]
      .filter((number, at, all) => all.indexOf(number) === at)
      .flatMap((number) => findingsOf(writer.db, number)),
    candidates: found.candidates,
  };
}

function statusOf(found: Recognition, parsed: readonly ParsedFile[]): SourceReport["status"] {
  if (parsed.length === 0) return found.media ? "attachment" : "unrecognised";
  if (parsed.every((file) => file.outcome === "duplicate")) return "duplicate";
  return parsed.some((file) => file.outcome === "parsed") ? "ingested" : "reparsed";
}

/** One journal line a run for everything the case had already: how many, and the digest of their list. */
function noteDuplicates(writer: CaseWriter, reports: readonly SourceReport[]): void {
  const again = reports.filter((report) => report.status === "duplicate");
  if (again.length === 0) return;
  const list = again.map((report) => `${report.sha256 ?? ""}\n`).toSorted();
  const entry = writer.journal.append({
    action: "offered-again",
    actor: writer.actor,
    artifacts: [],
    options: { count: again.length, listSha256: sha256(list.join("")) },
    paths: again.map((report) => report.path),
  });
  projectPlain(writer, entry);
}
