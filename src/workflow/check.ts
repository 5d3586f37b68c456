import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { blobPath } from "../acquire/originals.ts";
import { readJournal, type JournalReading } from "../custody/read.ts";
import { digestFile } from "../acquire/bytes.ts";
import { differingTables } from "../store/dump.ts";
import type { CustodyHead } from "../model/custody.ts";
import { Failure } from "../model/failure.ts";
import { numberAt } from "../model/json.ts";
import type { Check, ValidationReport } from "../model/validation.ts";
import { verdictOf } from "../model/validation.ts";
import { allArtifacts } from "../store/artifacts.ts";
import { appliedSeq } from "../store/meta.ts";
import type { Db } from "../store/open.ts";
import { openStoreReadOnly } from "../store/open.ts";
import { inspectFile } from "./inspect.ts";
import type { CasePaths } from "./case/locate.ts";
import { replay } from "./case/replay.ts";

/** What is unfinished in a case: no fault, but something to be taken up again. */
export interface CaseCheck extends ValidationReport {
  readonly unfinished: readonly string[];
}

/**
 * Checks a case: every original against its name, the journal's chain, the index against both, and the
 * journal against the head that an earlier bundle carries. All checks are made.
 *
 * @param anchor head of an earlier bundle of this case; null where none was named
 */
export async function checkCase(paths: CasePaths, anchor: CustodyHead | null): Promise<CaseCheck> {
  const reading = readJournal(paths.journal);
  const checks: Check[] = [checkJournal(reading)];
  if (anchor !== null) checks.push(checkAnchored(reading, anchor));
  checks.push(...checkOriginals(paths, reading));
  const unfinished = unfinishedOf(reading);
  checks.push(await checkIndex(paths, reading, unfinished));
  return {
    verdict: verdictOf(checks),
    file: paths.folder,
    checks,
    signers: [],
    timestamps: [],
    bundle: null,
    unfinished,
  };
}

/**
 * The journal head that a bundle carries.
 *
 * @throws Failure `usage` where the file is no bundle that can be read
 */
export function anchorOf(path: string): CustodyHead {
  const { bundle } = inspectFile(path);
  if (bundle === null) throw new Failure("usage", `not a bundle: ${path}`);
  return bundle.anchor;
}

function checkJournal(reading: JournalReading): Check {
  const subject = "custody.jsonl";
  const faults = reading.faults.map(({ line, detail }) => `line ${line} ${detail}`);
  if (faults.length > 0) {
    return {
      id: "journal",
      subject,
      outcome: "fail",
      detail: `ALTERED: ${faults.slice(0, 5).join("; ")}`,
    };
  }
  const lines = `${reading.entries.length} lines, each following from the one before`;
  return {
    id: "journal",
    subject,
    outcome: "pass",
    detail: `${lines}; lines cut from the end show only against an anchor`,
  };
}

function checkAnchored(reading: JournalReading, anchor: CustodyHead): Check {
  const subject = `head of ${anchor.size} lines`;
  const last = reading.digests[anchor.size - 1];
  if (last === anchor.last) {
    return {
      id: "anchor",
      subject,
      outcome: "pass",
      detail: "the journal goes on from the head that was given out",
    };
  }
  const word = reading.entries.length < anchor.size ? "TRUNCATED" : "ALTERED";
  return {
    id: "anchor",
    subject,
    outcome: "fail",
    detail: `${word}: the journal does not hold the head that was given out`,
  };
}

function checkOriginals(paths: CasePaths, reading: JournalReading): Check[] {
  const wanted = new Set<string>();
  for (const entry of reading.entries) {
    for (const { sha256 } of entry.artifacts) wanted.add(sha256);
    for (const { sha256 } of entry.private?.members ?? []) wanted.add(sha256);
  }
  const faults: string[] = [];
  for (const sha256 of wanted) {
    const path = blobPath(paths.folder, sha256);
    if (!existsSync(path)) faults.push(`INCOMPLETE: original ${sha256} is missing`);
    else if (digestFile(path) !== sha256) faults.push(`ALTERED: original ${sha256} was changed`);
  }
  const extra = [...strangers(paths, wanted)];
  faults.push(
    ...extra.map((name) => `ALTERED: originals holds a file that no journal line names: ${name}`),
  );
  const subject = "originals";
  if (faults.length === 0) {
    return [
      {
        id: "originals",
        subject,
        outcome: "pass",
        detail: `${wanted.size} files hash to their names`,
      },
    ];
  }
  return faults.map((detail) => ({ id: "originals", subject, outcome: "fail", detail }));
}

/** Files among the originals that nothing accounts for; what a kill left half copied is not evidence. */
function* strangers(paths: CasePaths, wanted: ReadonlySet<string>): Generator<string> {
  const root = join(paths.folder, "originals");
  for (const folder of existsSync(root) ? readdirSync(root) : []) {
    if (folder.startsWith(".incoming-")) continue;
    for (const name of readdirSync(join(root, folder))) {
      if (!wanted.has(name)) yield `${folder}/${name}`;
    }
  }
}

async function checkIndex(
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
    return failed(`ALTERED: ${error instanceof Error ? error.message : String(error)}`);
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
  const applied = appliedSeq(db);
  const { entries } = reading;
  if (applied < entries.length) {
    unfinished.push(
      `the index holds ${applied} of ${entries.length} journal lines; the next command brings it up`,
    );
  }
  const scratch = mkdtempSync(join(paths.folder, ".check-"));
  try {
    const anew = await replay(paths, entries.slice(0, applied), join(scratch, "index.db"));
    try {
      unfinished.push(...anew.differences);
      if (anew.differences.length > 0)
        return passed("its rows are those of an earlier parser version");
      const tables = differingTables(db, anew.db);
      if (tables.length > 0)
        return failed(`ALTERED: rows differ from originals and journal in: ${tables.join(", ")}`);
    } finally {
      anew.close();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return passed(`${allArtifacts(db).length} artifacts, every row as originals and journal give it`);
}

function failed(detail: string): Check {
  return { id: "index", subject: "index.db", outcome: "fail", detail };
}

function passed(detail: string): Check {
  return { id: "index", subject: "index.db", outcome: "pass", detail };
}

/** Sources that were acquired and never came to a parse line, and a line cut off by a kill. */
function unfinishedOf(reading: JournalReading): string[] {
  const open = new Map<string, number>();
  for (const entry of reading.entries) {
    const [first] = entry.artifacts;
    if (first === undefined) continue;
    if (entry.action === "acquired") open.set(String(first.number), entry.seq);
    if (entry.action === "parsed" || entry.action === "reparsed") {
      open.delete(String(first.number));
      open.delete(String(numberAt(entry.options, "source")));
    }
  }
  const unparsed = [...open].map(
    ([number, seq]) =>
      `artifact ${number} (journal line ${seq}) was acquired and not parsed; offer it again`,
  );
  return reading.torn > 0
    ? [...unparsed, `${reading.torn} bytes of a cut-off line at the journal's end`]
    : unparsed;
}
