import type { JournalReading } from "../custody/read.ts";
import { readJournal } from "../custody/read.ts";
import type { CustodyHead } from "../model/custody.ts";
import { Failure } from "../model/failure.ts";
import type { Check, ValidationReport } from "../model/validation.ts";
import { verdictOf } from "../model/validation.ts";
import type { CasePaths } from "./case/locate.ts";
import { readSecret, readSettings } from "./case/locate.ts";
import { isAsCreated } from "./case/settings.ts";
import { checkIndex } from "./check/index-rows.ts";
import { checkAnchored, checkJournal } from "./check/journal.ts";
import { checkOriginals } from "./check/originals.ts";
import { unfinishedOf } from "./check/unfinished.ts";
import { inspectFile } from "./inspect.ts";

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
  const unfinished = unfinishedOf(reading);
  checks.push(...checkOriginals(paths, reading, unfinished));
  checks.push(...checkSecret(paths), ...checkSettings(paths, reading));
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

/** Without its secret a case can make no bundle that agrees with the ones it made. */
function checkSecret(paths: CasePaths): Check[] {
  try {
    readSecret(paths);
    return [];
  } catch {
    const detail = "INCOMPLETE: the secret of the case is missing or cut: put it back from a copy";
    return [{ id: "originals", subject: "case.secret", outcome: "fail", detail }];
  }
}

function checkSettings(paths: CasePaths, reading: JournalReading): Check[] {
  if (isAsCreated(readSettings(paths), reading.entries[0])) return [];
  const detail = "ALTERED: not the description that the case was made with";
  return [{ id: "journal", subject: "case.json", outcome: "fail", detail }];
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
