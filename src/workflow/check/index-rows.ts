import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type JournalReading, readJournal } from "../../custody/read.ts";
import type { CustodyEntry } from "../../model/custody.ts";
import type { Check } from "../../model/validation.ts";
import { allArtifacts } from "../../store/artifacts.ts";
import { differingTables } from "../../store/dump.ts";
import { appliedLine, appliedSeq } from "../../store/meta.ts";
import type { Db } from "../../store/open.ts";
import { openStoreReadOnly } from "../../store/open.ts";
import type { CasePaths } from "../case/locate.ts";
import { replay } from "../case/replay.ts";

/** The index against originals and journal, row by row. */
export async function checkIndex(
  paths: CasePaths,
  reading: JournalReading,
  unfinished: string[],
): Promise<Check> {
  let db: Db;
  try {
    db = openStoreReadOnly(paths.index);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed(`${detail}; \`exhibita rebuild\` makes it anew`);
  }
  try {
    return await compareIndex(paths, db, reading, unfinished);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const word = error.name === "SqliteError" ? "ALTERED" : "INCOMPLETE";
    return failed(`${word}: ${error.message}`);
  } finally {
    db.close();
  }
}

/** Makes a second index from originals and journal, and holds the case's own to it, row by row. */
async function compareIndex(
  paths: CasePaths,
  db: Db,
  reading: JournalReading,
  unfinished: string[],
): Promise<Check> {
  const quick = String(db.pragma("integrity_check(1)", { simple: true }));
  if (quick !== "ok") return failed(`ALTERED: ${quick}`);
  // One state of the index, whatever another process writes meanwhile.
  db.exec("BEGIN");
  const applied = appliedSeq(db);
  const grown = applied > reading.entries.length;
  const { entries, digests } = grown ? readJournal(paths.journal) : reading;
  if (applied > entries.length) {
    return failed(
      `TRUNCATED: the index holds ${applied} journal lines, the journal ${entries.length}`,
    );
  }
  const line = appliedLine(db);
  if (line !== null && line !== digests[applied - 1]) {
    return failed(`ALTERED: journal line ${applied} is not the one that the index holds`);
  }
  if (applied < entries.length) {
    unfinished.push(
      `the index holds ${applied} of ${entries.length} journal lines; the next command brings it up`,
    );
  }
  const { tables, differences } = await differing(paths, db, entries.slice(0, applied));
  unfinished.push(...differences);
  const wrong = differences.length === 0 ? tables : tables.filter((name) => !PARSED.has(name));
  if (wrong.length > 0) {
    return failed(`ALTERED: rows differ from originals and journal in: ${wrong.join(", ")}`);
  }
  return differences.length > 0
    ? passed("its rows are those of an earlier parser version")
    : passed(`${allArtifacts(db).length} artifacts, every row as originals and journal give it`);
}

/** Tables that another version of a parser fills otherwise. */
const PARSED: ReadonlySet<string> = new Set([
  "run",
  "finding",
  "conversation",
  "account",
  "message",
  "attachment",
  "message_source",
  "exception",
  "words",
]);

async function differing(
  paths: CasePaths,
  db: Db,
  entries: readonly CustodyEntry[],
): Promise<{ readonly tables: readonly string[]; readonly differences: readonly string[] }> {
  const scratch = mkdtempSync(join(paths.folder, ".check-"));
  try {
    const anew = await replay(paths, entries, join(scratch, "index.db"));
    try {
      return { tables: differingTables(db, anew.db), differences: anew.differences };
    } finally {
      anew.close();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function failed(detail: string): Check {
  return { id: "index", subject: "index.db", outcome: "fail", detail };
}

function passed(detail: string): Check {
  return { id: "index", subject: "index.db", outcome: "pass", detail };
}
