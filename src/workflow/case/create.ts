import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { lineDigest } from "../../custody/chain.ts";
import { openJournal } from "../../custody/journal.ts";
import { canonical } from "../../hash/canonical.ts";
import { sha256 } from "../../hash/digest.ts";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import type { Language } from "../../model/production.ts";
import { setApplied } from "../../store/meta.ts";
import { openStore, sqliteVersion } from "../../store/open.ts";
import { checkZone } from "../../time/zone.ts";
import type { CasePaths } from "./locate.ts";
import { casePaths } from "./locate.ts";
import { actorOf } from "./open.ts";
import type { CaseSettings } from "./settings.ts";
import { toolVersions, VERSION } from "./tool.ts";

export interface NewCase {
  readonly folder: string;
  readonly number: string;
  readonly title: string | null;
  readonly agency: string | null;
  readonly officer: string | null;
  readonly zone: string | null;
  readonly language: Language;
}

/**
 * Makes a case: its folder (0700), case.json, secret, journal with the first entry, and an empty index.
 *
 * @throws Failure `target-exists` where the folder holds anything, `usage` for a bad zone or number.
 */
export function createCase(wanted: NewCase, environment: Environment): CasePaths {
  const settings = settingsOf(wanted, environment);
  refuseNested(resolve(wanted.folder));
  const paths = casePaths(resolve(wanted.folder));
  makeFolder(paths.folder);
  writeDurably(paths.secret, `${Buffer.from(environment.random(32)).toString("hex")}\n`);
  writeDurably(paths.settings, `${JSON.stringify(settings, null, 2)}\n`);
  const actor = actorOf(settings, environment);
  const tool = toolVersions(sqliteVersion());
  const journal = openJournal(paths.journal, environment, tool, actor);
  const { number, title, agency, officer, zone, language } = settings;
  const entry = journal.append({
    action: "created",
    actor,
    artifacts: [],
    options: {
      number,
      title,
      agency,
      officer,
      zone,
      language,
      settingsSha256: sha256(canonical(settings)),
    },
    paths: [paths.folder],
  });
  journal.close();
  const db = openStore(paths.index);
  setApplied(db, entry.seq, lineDigest(entry));
  db.close();
  return paths;
}

/** Checks what the analyst gave, before anything is written. */
export function settingsOf(wanted: NewCase, environment: Environment): CaseSettings {
  const { number, title, agency, officer, zone, language } = wanted;
  if (number.trim() === "" || number.length > 200) {
    throw new Failure("usage", `not a case number: ${JSON.stringify(number)}`, [
      "give --number, for example --number 2024-00311",
    ]);
  }
  return {
    schema: 1,
    type: "exhibita-case",
    number: number.trim(),
    title,
    agency,
    officer,
    zone: zone === null ? null : checkZone(zone),
    language,
    created: new Date(environment.now()).toISOString(),
    exhibita: VERSION,
  };
}

/** A case inside another would be evidence of neither. */
function refuseNested(folder: string): void {
  for (let above = dirname(folder); ; above = dirname(above)) {
    if (existsSync(join(above, "case.json"))) {
      throw new Failure("usage", `${folder} lies inside the case at ${above}`, [
        "name a folder outside of it",
      ]);
    }
    if (dirname(above) === above) return;
  }
}

function makeFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Failure("target-exists", `the folder is not empty: ${folder}`, [
      "name a new folder; a case is never made over other files",
    ]);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  mkdirSync(`${folder}/originals`, { mode: 0o700 });
  syncFolder(dirname(folder));
}

function writeDurably(path: string, text: string): void {
  const fd = openSync(path, "wx", 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  syncFolder(dirname(path));
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
