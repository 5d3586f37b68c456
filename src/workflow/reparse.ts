import { Failure } from "../model/failure.ts";
import type { ParseOptions } from "../model/format.ts";
import type { StoredArtifact } from "../store/artifacts.ts";
import { artifactByNumber, artifactBySha256 } from "../store/artifacts.ts";
import { checkZone } from "../time/zone.ts";
import type { CaseWriter } from "./case/open.ts";
import { parseSource } from "./ingest/ingest.ts";
import type { IngestObserver, IngestSummary, SourceReport } from "./ingest/request.ts";
import { summaryOf } from "./ingest/summary.ts";

/**
 * Parses stored sources again: with newly declared options, by a better parser, or as a format that
 * detection could not decide. The earlier run stays, superseded.
 *
 * @param names numbers or digests of artifacts
 * @throws Failure `not-found` for a name that is none, before anything is parsed
 */
export async function reparse(
  writer: CaseWriter,
  names: readonly string[],
  format: string | null,
  options: ParseOptions,
  observer: IngestObserver,
): Promise<IngestSummary> {
  if (options.zone !== null) checkZone(options.zone);
  const started = writer.environment.monotonic();
  const sources = names.map((name) => sourceOf(writer, name));
  const request = { paths: [], stream: null, exhibit: null, note: null, format, options };
  const reports: SourceReport[] = [];
  for (const source of sources) {
    const taken = { source, known: true, passedOver: [] };
    const report = await parseSource(writer, taken, source.name.text, request, observer, true);
    reports.push(report);
    observer.source(report);
  }
  return summaryOf(reports, [], Number(writer.environment.monotonic() - started) / 1e9);
}

/** An artifact by number or digest; a member of an archive is parsed among its siblings, so its source is taken. */
function sourceOf({ db }: CaseWriter, name: string): StoredArtifact {
  const artifact = /^\d{1,9}$/.test(name)
    ? artifactByNumber(db, Number(name))
    : artifactBySha256(db, name);
  if (artifact === null) {
    throw new Failure("not-found", `no artifact is called ${JSON.stringify(name)}`, [
      "exhibita list artifacts shows the numbers",
    ]);
  }
  const container = artifact.run?.source ?? artifact.containers[0]?.container;
  return (container === undefined ? null : artifactByNumber(db, container)) ?? artifact;
}
