import { contentDigest } from "../../bundle/bagit.ts";
import type { BundleFile } from "../../bundle/file.ts";
import { MESSAGES } from "../../bundle/names.ts";
import { Failure } from "../../model/failure.ts";
import type { BundleDescription } from "../../model/production.ts";
import { sqliteVersion } from "../../store/open.ts";
import { selectionWords } from "../../words/selection.ts";
import type { CaseWriter } from "../case/open.ts";
import { DEPENDENCIES, toolVersions } from "../case/tool.ts";
import { selectionText } from "../production/describe.ts";
import type { Produced } from "../production/produce.ts";
import type { ProductionNumber } from "./number.ts";
import type { BundleRequest } from "./request.ts";

/** Everything bundle.json says before the report is drawn. */
export function describe(
  writer: CaseWriter,
  request: BundleRequest,
  production: ProductionNumber,
  produced: Produced,
  data: readonly BundleFile[],
  timestamp: BundleDescription["timestamp"],
): BundleDescription {
  const { settings, environment, actor } = writer;
  const language = request.language ?? settings.language;
  const { sourceDateEpoch } = environment;
  const created = sourceDateEpoch === null ? environment.now() : sourceDateEpoch * 1000;
  return {
    schema: 1,
    type: "exhibita-bundle",
    id: production.id,
    case: { number: settings.number, title: settings.title, agency: settings.agency },
    procedure: request.procedure,
    production: production.number,
    officer: settings.officer,
    preparedBy: actor,
    recipient: request.recipient,
    language,
    created: new Date(created).toISOString().replace(/\.\d{3}Z$/, "Z"),
    createdFrom: sourceDateEpoch === null ? "clock" : "source-date-epoch",
    selection: request.selection,
    selectionText: selectionText(request.selection, settings.zone, language),
    options: request.options,
    authority: null,
    counts: produced.counts,
    tool: toolVersions(sqliteVersion()),
    dependencies: DEPENDENCIES,
    displayZone: settings.zone,
    timeRules: selectionWords(language).timeRules,
    limits: selectionWords(language).limits,
    timestamp,
    custody: produced.journal.head,
    anchor: produced.journal.anchor,
    extractSha256: digestOf(data, MESSAGES),
    contentDigest: contentDigest(data),
    previous: production.previous,
  };
}

function digestOf(files: readonly BundleFile[], name: string): string {
  const file = files.find((one) => one.name === name);
  if (file === undefined) throw new Failure("bug", `no exporter wrote ${name}`);
  return file.sha256;
}
