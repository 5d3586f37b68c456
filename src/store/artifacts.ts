import type {
  Artifact,
  ArtifactStatus,
  Containment,
  Sha256,
  SourceName,
} from "../model/artifact.ts";
import { isObject } from "../model/json.ts";
import type { Db } from "./open.ts";

/** What the index needs to know of a newly acquired file. */
export interface NewArtifact {
  readonly number: number;
  readonly sha256: Sha256;
  readonly size: number;
  readonly role: "source" | "member";
  readonly status: ArtifactStatus;
  readonly name: SourceName;
  readonly exhibit: string | null;
  /** ISO 8601 UTC and number of the journal line that acquired it. */
  readonly acquired: string;
  readonly seq: number;
}

/** An artifact with what its journal line and its current parse run say of it. */
export interface StoredArtifact extends Artifact {
  readonly acquired: string;
  readonly seq: number;
  readonly run: StoredRun | null;
}

/** One reading of one file by one parser under one set of options. */
export interface StoredRun {
  readonly id: number;
  readonly artifact: number;
  /** The archive or main file that gave the siblings; the artifact itself where it stands alone. */
  readonly source: number;
  readonly seq: number;
  readonly format: string;
  readonly formatVersion: number;
  /** RFC 8785 text of the effective options. */
  readonly options: string;
  readonly current: boolean;
  readonly units: number;
  readonly messages: number;
  readonly events: number;
  readonly exceptions: number;
  readonly digest: Sha256;
}

export interface StoredFinding {
  readonly code: string;
  readonly detail: string;
  readonly count: number;
}

export function addArtifact(db: Db, artifact: NewArtifact): void {
  const { number, sha256, size, role, status, name, exhibit, acquired, seq } = artifact;
  db.prepare(
    `INSERT INTO artifact (number, sha256, size, role, status, name, name_bytes, exhibit, acquired, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(number, sha256, size, role, status, name.text, name.bytes ?? null, exhibit, acquired, seq);
}

export function setStatus(db: Db, number: number, status: ArtifactStatus): void {
  db.prepare("UPDATE artifact SET status = ? WHERE number = ?").run(status, number);
}

/** A file that was first found inside another and is now offered by itself. */
export function promote(db: Db, number: number): void {
  db.prepare("UPDATE artifact SET role = 'source' WHERE number = ?").run(number);
}

/** Says that a file stands in an export at this path. */
export function addMember(
  db: Db,
  member: { source: number; ordinal: number; path: string; artifact: number; archived: boolean },
): void {
  db.prepare(
    "INSERT INTO member (source, ordinal, path, artifact, archived) VALUES (?, ?, ?, ?, ?)",
  ).run(member.source, member.ordinal, member.path, member.artifact, member.archived ? 1 : 0);
}

/** Files of one export in the order they were found. */
export function membersOf(db: Db, source: number): { path: string; artifact: number }[] {
  return db
    .prepare<[number], { path: string; artifact: number }>(
      "SELECT path, artifact FROM member WHERE source = ? ORDER BY ordinal",
    )
    .all(source);
}

export function addFinding(
  db: Db,
  artifact: number,
  run: number | null,
  finding: StoredFinding,
): void {
  db.prepare("INSERT INTO finding (artifact, run, code, detail, count) VALUES (?, ?, ?, ?, ?)").run(
    artifact,
    run,
    finding.code,
    finding.detail,
    finding.count,
  );
}

/** Code of the finding that stands for a file whose parser broke. */
export const PARSER_FAILED = "parser-failed";

/** Takes back that the parser broke: the file has been parsed since. */
export function removeParserFailure(db: Db, artifact: number): void {
  db.prepare("DELETE FROM finding WHERE artifact = ? AND code = ? AND run IS NULL").run(
    artifact,
    PARSER_FAILED,
  );
}

/** A finding with the act that made it. */
export interface StagedFinding extends StoredFinding {
  readonly stage: "acquisition" | "parse";
}

/** What was found of a file while it was taken in and by its current parse run. */
export function findingsOf(db: Db, artifact: number): StagedFinding[] {
  return db
    .prepare<[number], StagedFinding>(
      `SELECT f.code, f.detail, f.count, iif(f.run IS NULL, 'acquisition', 'parse') AS stage FROM finding f LEFT JOIN run r ON r.id = f.run
       WHERE f.artifact = ? AND (f.run IS NULL OR r.current = 1) ORDER BY f.rowid`,
    )
    .all(artifact);
}

export function artifactBySha256(db: Db, sha256: Sha256): StoredArtifact | null {
  const row = db.prepare<[string], ArtifactRow>(`${SELECT} WHERE a.sha256 = ?`).get(sha256);
  return row === undefined ? null : toArtifact(db, row);
}

export function artifactByNumber(db: Db, number: number): StoredArtifact | null {
  const row = db.prepare<[number], ArtifactRow>(`${SELECT} WHERE a.number = ?`).get(number);
  return row === undefined ? null : toArtifact(db, row);
}

export function allArtifacts(db: Db): StoredArtifact[] {
  const rows = db.prepare<[], ArtifactRow>(`${SELECT} ORDER BY a.number`).all();
  return rows.map((row) => toArtifact(db, row));
}

/** Number of the artifact with these bytes; null where the case has none. */
export function artifactNumber(db: Db, sha256: Sha256): number | null {
  const number = db
    .prepare<[string], number>("SELECT number FROM artifact WHERE sha256 = ?")
    .pluck()
    .get(sha256);
  return number ?? null;
}

/** Whether an artifact was offered by itself or found in another; null where there is none. */
export function roleOf(db: Db, number: number): "source" | "member" | null {
  const role = db
    .prepare<[number], "source" | "member">("SELECT role FROM artifact WHERE number = ?")
    .pluck()
    .get(number);
  return role ?? null;
}

/** The number the next artifact of this case gets. */
export function nextArtifactNumber(db: Db): number {
  return 1 + Number(db.prepare("SELECT coalesce(max(number), 0) FROM artifact").pluck().get());
}

/** Every parse run of a file, oldest first. */
export function runsOf(db: Db, artifact: number): StoredRun[] {
  return db
    .prepare<[number], RunRow>("SELECT * FROM run WHERE artifact = ? ORDER BY id")
    .all(artifact)
    .map(toRun);
}

export function allRuns(db: Db): StoredRun[] {
  return db.prepare<[], RunRow>("SELECT * FROM run ORDER BY id").all().map(toRun);
}

interface RunRow {
  id: number;
  artifact: number;
  source: number;
  seq: number;
  format: string;
  format_version: number;
  options: string;
  current: number;
  units: number;
  messages: number;
  events: number;
  exceptions: number;
  digest: string;
}

function toRun(row: RunRow): StoredRun {
  const { format_version, current, ...rest } = row;
  return { ...rest, formatVersion: format_version, current: current === 1 };
}

interface ArtifactRow {
  number: number;
  sha256: string;
  size: number;
  role: "source" | "member";
  status: ArtifactStatus;
  name: string;
  name_bytes: string | null;
  exhibit: string | null;
  acquired: string;
  seq: number;
}

const SELECT =
  "SELECT a.number, a.sha256, a.size, a.role, a.status, a.name, a.name_bytes, a.exhibit, a.acquired, a.seq FROM artifact a";

function toArtifact(db: Db, row: ArtifactRow): StoredArtifact {
  const { name, name_bytes, ...rest } = row;
  const run = runsOf(db, row.number).findLast((one) => one.current) ?? null;
  return {
    ...rest,
    name: { text: name, ...(name_bytes === null ? {} : { bytes: name_bytes }) },
    format: run?.format ?? null,
    run,
    containers: containersOf(db, row.number),
  };
}

function containersOf(db: Db, artifact: number): Containment[] {
  return db
    .prepare<[number], { container: number; entry: string }>(
      "SELECT source AS container, path AS entry FROM member WHERE artifact = ? AND archived = 1 ORDER BY source, ordinal",
    )
    .all(artifact);
}

/** Reads the options text of a run back. */
export function optionsOf(run: StoredRun): Record<string, unknown> {
  const value: unknown = JSON.parse(run.options);
  return isObject(value) ? value : {};
}
