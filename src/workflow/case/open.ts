import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parseEntry } from "../../custody/entry.ts";
import type { Journal } from "../../custody/journal.ts";
import { openJournal } from "../../custody/journal.ts";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import { sweepIncoming } from "../../acquire/originals.ts";
import { lockCase } from "../../store/lock.ts";
import { appliedLine, appliedSeq } from "../../store/meta.ts";
import { openStore, openStoreReadOnly, sqliteVersion } from "../../store/open.ts";
import { parseThread } from "../parse/thread.ts";
import type { CaseReader, CaseWriter } from "./case.ts";
import type { CasePaths } from "./locate.ts";
import { readSecret, readSettings } from "./locate.ts";
import { project } from "./project.ts";
import type { CaseSettings } from "./settings.ts";
import { isAsCreated } from "./settings.ts";
import { toolVersions } from "./tool.ts";

export type { CaseReader, CaseWriter } from "./case.ts";

/** Who acts in a case. */
export function actorOf(settings: CaseSettings, environment: Environment): string {
  return settings.officer ?? environment.user;
}

/**
 * Opens a case for writing: takes its lock, sets a cut-off journal line aside, removes what a kill left
 * of a file being copied, and brings the index up to the journal (unless the caller is to make it anew).
 *
 * @throws Failure `locked`, `integrity`, `failed`.
 */
export async function openCase(
  paths: CasePaths,
  environment: Environment,
  waitSeconds = 0,
  index: "bring-up" | "leave-index" = "bring-up",
): Promise<CaseWriter> {
  const settings = readSettings(paths);
  const secret = readSecret(paths);
  const owner = `process ${process.pid} of ${environment.user}@${environment.host}, since ${new Date(environment.now()).toISOString()}`;
  const lock = await lockCase(paths.lock, owner, waitSeconds);
  const opened: (() => void)[] = [() => lock.release()];
  const parser = parseThread();
  const close = async (): Promise<void> => {
    await parser.close();
    for (const closeOne of opened.toReversed()) closeOne();
  };
  try {
    const actor = actorOf(settings, environment);
    const journal = openJournal(paths.journal, environment, toolVersions(sqliteVersion()), actor);
    opened.push(() => journal.close());
    refuseOtherSettings(settings, journal, paths);
    sweepIncoming(paths.folder);
    const db = openStore(paths.index);
    opened.push(() => void db.close());
    const writer = { paths, settings, secret, db, journal, parser, environment, actor, close };
    if (index === "bring-up") await catchUp(writer);
    return writer;
  } catch (error) {
    await close();
    throw error;
  }
}

/** case.json is written once, and the journal's first line holds its digest. */
function refuseOtherSettings(settings: CaseSettings, { entries }: Journal, paths: CasePaths): void {
  if (isAsCreated(settings, entries[0])) return;
  throw new Failure("integrity", `${paths.settings} is not the one that the case was made with`, [
    "put it back from a copy of the case, or undo the edit",
  ]);
}

/** Brings the index up to the journal: what a kill cut off between the two is done again. */
async function catchUp(writer: CaseWriter): Promise<void> {
  const { entries } = writer.journal;
  const from = appliedSeq(writer.db);
  refuseOther(writer, from);
  for (const entry of entries.slice(from)) await project(writer, entry);
}

/** An index that holds lines which the journal does not is a sign that the journal was cut or edited. */
function refuseOther({ db, journal, paths }: CaseWriter, from: number): void {
  const lines = journal.entries.length;
  const line = appliedLine(db);
  if (from <= lines && (line === null || line === journal.digests[from - 1])) return;
  const fault =
    from > lines
      ? `${paths.journal} has ${lines} lines, and the index holds ${from}`
      : `line ${from} of ${paths.journal} is not the one that the index holds`;
  throw new Failure("integrity", fault, [
    "run `exhibita check`; nothing is written to a journal that was changed",
  ]);
}

/**
 * Opens a case for reading; another process may be writing. Where a killed process left the index behind
 * the journal, it is brought up first, if no other process holds the case.
 */
export async function readCase(paths: CasePaths, environment: Environment): Promise<CaseReader> {
  const settings = readSettings(paths);
  const secret = readSecret(paths);
  let db = openStoreReadOnly(paths.index);
  if (appliedSeq(db) < lastSeq(paths.journal)) {
    db.close();
    await bringUp(paths, environment);
    db = openStoreReadOnly(paths.index);
  }
  return { paths, settings, secret, db, close: () => void db.close() };
}

/** A process that holds the case is writing at this moment: what it has acknowledged is in the index. */
async function bringUp(paths: CasePaths, environment: Environment): Promise<void> {
  try {
    const writer = await openCase(paths, environment);
    await writer.close();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "locked") throw error;
  }
}

const TAIL = 1 << 20;

/** Number of the journal's last whole line, from its end alone; 0 where that cannot be told. */
function lastSeq(path: string): number {
  const fd = openSync(path, "r");
  try {
    const size = fstatSync(fd).size;
    const tail = Buffer.alloc(Math.min(size, TAIL));
    readSync(fd, tail, 0, tail.length, size - tail.length);
    const lines = tail.subarray(0, tail.lastIndexOf(0x0a)).toString("utf8").split("\n");
    return parseEntry(lines.at(-1) ?? "")?.seq ?? 0;
  } finally {
    closeSync(fd);
  }
}
