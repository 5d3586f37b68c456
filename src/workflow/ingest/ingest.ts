import { isInside } from "../../acquire/source.ts";
import { detectFormat } from "../../formats/detect.ts";
import { FORMATS } from "../../formats/index.ts";
import { sha256 } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import type { Probe } from "../../model/format.ts";
import { checkZone } from "../../time/zone.ts";
import type { CaseWriter } from "../case/open.ts";
import { projectPlain } from "../case/project.ts";
import type { TakenIn } from "./intake.ts";
import { takeIn, takeInStream } from "./intake.ts";
import { listOffers } from "./offer.ts";
import { noteFailed, noteOutcome } from "./outcome.ts";
import type { ParsedFile } from "./parse.ts";
import { parseFile } from "./parse.ts";
import { recognise } from "./recognise.ts";
import { reportOf } from "./report.ts";
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
  await checkRequest(writer, request);
  const started = writer.environment.monotonic();
  const { offers, passedOver } = await listOffers(request.paths, FORMATS);
  const passed: PassedOver[] = [];
  const reports: SourceReport[] = [];
  const again: SourceReport[] = [];
  const pass = (item: PassedOver): void => {
    passed.push(item);
    observer.passedOver(item);
  };
  passedOver.forEach(pass);
  const finish = async (taken: TakenIn, path: string): Promise<void> => {
    taken.passedOver.forEach(pass);
    const report = await parseSource(writer, taken, path, request, observer);
    reports.push(report);
    if (taken.known && report.status === "duplicate") again.push(report);
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
  noteAgain(writer, again);
  return summaryOf(reports, passed, Number(writer.environment.monotonic() - started) / 1e9);
}

/** Refuses what would mislead every row of a source, before anything is stored. */
async function checkRequest(writer: CaseWriter, request: IngestRequest): Promise<void> {
  const { zone, mapping } = request.options;
  if (zone !== null) checkZone(zone);
  await detectFormat(NO_FILE, FORMATS, request.format, mapping);
  for (const path of request.paths) {
    if (isInside(path, writer.paths.folder) || isInside(writer.paths.folder, path)) {
      throw new Failure("usage", `the case folder cannot be evidence of itself: ${path}`, [
        "copy the evidence out of the case folder first",
      ]);
    }
  }
}

/** What detection is asked of where only the format and the mapping are to be judged. */
const NO_FILE: Probe = { name: "", head: new Uint8Array(), size: 0, siblings: [] };

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

/**
 * Recognises and parses the files of a source that is in the case. Where a parser breaks, the journal
 * and the report say so, and the other files are parsed all the same.
 */
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
    try {
      parsed.push(await parseFile(writer, file, request.options, force, onProgress));
    } catch (error) {
      noteFailed(writer, file, error);
    }
  }
  const outcome = noteOutcome(writer, taken, found, parsed);
  return reportOf(writer, source, path, found, parsed, outcome);
}

/** One journal line a run for everything the case had already: how many, and the digest of their list. */
function noteAgain(writer: CaseWriter, again: readonly SourceReport[]): void {
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
