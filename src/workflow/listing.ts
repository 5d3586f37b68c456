import { allArtifacts, allRuns, findingsOf } from "../store/artifacts.ts";
import { exceptionsOf } from "../store/exceptions.ts";
import { accountsOf, conversationsOf } from "../store/people.ts";
import { productionsOf } from "../store/productions.ts";
import type { CaseReader } from "./case/open.ts";
import { placesOf } from "./production/places.ts";

/** Tables that `list` shows. */
export const LISTINGS = [
  "artifacts",
  "conversations",
  "accounts",
  "exceptions",
  "exhibits",
  "bundles",
  "runs",
] as const;

export type Listing = (typeof LISTINGS)[number];

/** A row of a table: members in the order in which they are shown. */
export type ListedRow = Readonly<Record<string, string | number | boolean | null>>;

/** Rows of a table of the case, each with its `type` and `id`. */
export function listing({ db }: Pick<CaseReader, "db">, what: Listing): ListedRow[] {
  return TABLES[what](db);
}

type Db = CaseReader["db"];

const TABLES: Readonly<Record<Listing, (db: Db) => ListedRow[]>> = {
  artifacts,
  conversations,
  accounts,
  exceptions,
  exhibits,
  bundles,
  runs,
};

function conversations(db: Db): ListedRow[] {
  return conversationsOf(db).map(({ id, artifact, title, kind, nativeId, messages, events }) => ({
    type: "conversation",
    id,
    artifact,
    title,
    kind,
    nativeId,
    messages,
    events,
  }));
}

function accounts(db: Db): ListedRow[] {
  return accountsOf(db).map(({ id, artifact, service, name, nativeId, messages, events }) => ({
    type: "account",
    id,
    artifact,
    service,
    name,
    nativeId,
    messages,
    events,
  }));
}

function bundles(db: Db): ListedRow[] {
  return productionsOf(db, null).map(({ bundle, procedure, number, zipSha256, seq }) => ({
    type: "bundle",
    id: bundle,
    procedure,
    production: number,
    made: zipSha256 !== null,
    sha256: zipSha256,
    journal: seq,
  }));
}

function runs(db: Db): ListedRow[] {
  return allRuns(db).map((run) => ({
    type: "run",
    id: run.id,
    artifact: run.artifact,
    format: run.format,
    version: run.formatVersion,
    current: run.current,
    units: run.units,
    messages: run.messages,
    events: run.events,
    exceptions: run.exceptions,
    options: run.options,
    journal: run.seq,
  }));
}

function artifacts(db: Db): ListedRow[] {
  return allArtifacts(db).map((artifact) => ({
    type: "artifact",
    id: artifact.number,
    status: artifact.status,
    format: artifact.format,
    exhibit: artifact.exhibit,
    name: artifact.name.text,
    size: artifact.size,
    sha256: artifact.sha256,
    container: artifact.containers[0]?.container ?? null,
    messages: artifact.run?.messages ?? 0,
    events: artifact.run?.events ?? 0,
    exceptions: artifact.run?.exceptions ?? 0,
  }));
}

/** What was not read: regions of files, and what was found wrong with files and archives as a whole. */
function exceptions(db: Db): ListedRow[] {
  const places = placesOf(db);
  const regions = exceptionsOf(db).map(({ id, code, detail, fileNumber, offset, length }) => ({
    type: "exception",
    id,
    code,
    artifact: fileNumber,
    entry: places.of(fileNumber).entry,
    offset,
    length,
    detail,
  }));
  const findings = allArtifacts(db).flatMap(({ number }) =>
    findingsOf(db, number)
      .filter(({ stage, code }) => stage === "acquisition" && !code.startsWith("note:"))
      .map(({ code, detail }, at) => ({
        type: "finding",
        id: `f${number}.${at + 1}`,
        code,
        artifact: number,
        entry: null,
        offset: null,
        length: null,
        detail,
      })),
  );
  return [...regions, ...findings];
}

function exhibits(db: Db): ListedRow[] {
  const byNumber = Map.groupBy(
    allArtifacts(db).filter((artifact) => artifact.exhibit !== null),
    (artifact) => artifact.exhibit ?? "",
  );
  return [...byNumber].map(([id, members]) => ({
    type: "exhibit",
    id,
    artifacts: members.length,
    messages: members.reduce((sum, artifact) => sum + (artifact.run?.messages ?? 0), 0),
  }));
}
