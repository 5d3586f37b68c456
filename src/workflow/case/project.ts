import { lineDigest } from "../../custody/chain.ts";
import { canonical } from "../../hash/canonical.ts";
import type { CustodyAction, CustodyEntry } from "../../model/custody.ts";
import { numberAt, objectAt, stringAt, textsAt } from "../../model/json.ts";
import { addFinding, artifactByNumber, PARSER_FAILED, setStatus } from "../../store/artifacts.ts";
import { setApplied } from "../../store/meta.ts";
import type { Db } from "../../store/open.ts";
import { addProduction } from "../../store/productions.ts";
import { release, withhold } from "../../store/withheld.ts";
import { projectAcquisition } from "./acquisition.ts";
import type { CaseWriter } from "./case.ts";
import { soundOriginal } from "../../acquire/originals.ts";
import { toParseOptions } from "./parse-options.ts";
import { parseInto } from "./parsing.ts";

/** What a projection works on: an index, the originals, and the parsing thread. */
export type Projected = Pick<CaseWriter, "db" | "paths" | "parser">;

/**
 * Brings one journal line into the index. The index is what these projections make of the journal and the
 * originals, and nothing else: `rebuild` runs them all, an interrupted act is finished by its own.
 *
 * @returns how the rows differ from what the line recorded, where a newer parser reads a file otherwise.
 */
export async function project(writer: Projected, entry: CustodyEntry): Promise<readonly string[]> {
  if (isParse(entry)) return projectParse(writer, entry);
  projectPlain(writer, entry);
  return [];
}

/** The same for a line that parses nothing. */
export function projectPlain({ db }: Pick<Projected, "db">, entry: CustodyEntry): void {
  db.transaction(() => {
    PROJECTIONS.get(entry.action)?.(db, entry);
    setApplied(db, entry.seq, lineDigest(entry));
  })();
}

/** Acts that change the index without parsing; every other line is history alone. */
const PROJECTIONS: ReadonlyMap<CustodyAction, (db: Db, entry: CustodyEntry) => void> = new Map<
  CustodyAction,
  (db: Db, entry: CustodyEntry) => void
>([
  ["acquired", projectAcquisition],
  ["parsed", projectUnread],
  ["reparsed", projectUnread],
  ["failed", projectFailed],
  ["withheld", projectWithheld],
  ["released", projectReleased],
  ["selected", projectProduction],
  ["bundled", projectProduction],
]);

/** A source that was looked at and gave no rows of its own. */
function projectUnread(db: Db, { artifacts: [source], options }: CustodyEntry): void {
  const known = source === undefined ? null : artifactByNumber(db, source.number);
  if (known === null) return;
  const outcome = stringAt(options, "outcome");
  if (outcome === "attachment") setStatus(db, known.number, "attachment");
  else if (outcome !== "known") setStatus(db, known.number, "unrecognised");
  else if (known.status === "unrecognised") setStatus(db, known.number, "duplicate");
}

/** A parser that broke is a finding of the file, until the file is parsed. */
function projectFailed(db: Db, { artifacts: [file], options }: CustodyEntry): void {
  const code = stringAt(options, "outcome");
  if (file === undefined || code !== PARSER_FAILED) return;
  addFinding(db, file.number, null, { code, detail: stringAt(options, "reason") ?? "", count: 1 });
}

function projectWithheld(db: Db, entry: CustodyEntry): void {
  for (const item of textsAt(entry.options, "items")) {
    withhold(db, item, entry.note ?? "", entry.seq);
  }
}

function projectReleased(db: Db, entry: CustodyEntry): void {
  for (const item of textsAt(entry.options, "items")) release(db, item);
}

/** A selection takes the number; the bundle made of it brings its digests. */
function projectProduction(db: Db, entry: CustodyEntry): void {
  addProduction(db, {
    procedure: stringAt(entry.options, "procedure") ?? "",
    number: numberAt(entry.options, "production") ?? 0,
    bundle: stringAt(entry.options, "bundle") ?? "",
    seq: entry.seq,
    zipSha256: stringAt(entry.options, "zipSha256") ?? null,
    contentDigest: stringAt(entry.options, "contentDigest") ?? null,
    detail: canonical(entry.options),
  });
}

/** True for the line of a parse run that was carried out; one that found no format parses nothing. */
function isParse(entry: CustodyEntry): boolean {
  const parse = entry.action === "parsed" || entry.action === "reparsed";
  return parse && stringAt(entry.options, "outcome") === "parsed";
}

async function projectParse(writer: Projected, entry: CustodyEntry): Promise<readonly string[]> {
  const { options } = entry;
  const artifact = entry.artifacts[0]?.number ?? 0;
  const parsing = {
    artifact,
    source: numberAt(options, "source") ?? artifact,
    format: stringAt(options, "format") ?? "",
    options: toParseOptions(objectAt(options, "options")),
  };
  for (const { sha256 } of entry.artifacts) soundOriginal(writer.paths.folder, sha256);
  const parsed = await parseInto(writer, parsing, entry.action === "reparsed", () => entry);
  if (parsed.digest === stringAt(options, "records")) return [];
  const version = numberAt(options, "formatVersion") ?? 0;
  return [
    `artifact ${artifact}: ${parsing.format} ${parsed.formatVersion} reads it otherwise than ${parsing.format} ${version} did`,
  ];
}
