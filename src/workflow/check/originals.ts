import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { digestFile } from "../../acquire/bytes.ts";
import { INCOMING_PREFIX } from "../../acquire/incoming.ts";
import { blobPath } from "../../acquire/originals.ts";
import type { JournalReading } from "../../custody/read.ts";
import { isSha256 } from "../../model/artifact.ts";
import type { Check } from "../../model/validation.ts";
import type { CasePaths } from "../case/locate.ts";

/**
 * Every original against the journal and its own name, one check for each fault. A whole file that no
 * line names was stored when the process was ended before it could write the line: `unfinished`.
 */
export function checkOriginals(
  paths: CasePaths,
  reading: JournalReading,
  unfinished: string[],
): Check[] {
  const wanted = wantedBy(reading);
  const faults = [...wanted].flatMap((sha256) => faultOf(paths, sha256) ?? []);
  for (const { name, path } of strangers(paths, wanted)) {
    if (isWhole(path, name))
      unfinished.push(`original ${name} was stored and not journalled; offer its source again`);
    else faults.push(`ALTERED: originals holds a file that no journal line names: ${path}`);
  }
  if (faults.length > 0) return faults.map((detail) => ({ ...SUBJECT, outcome: "fail", detail }));
  const detail = `${wanted.size} files hash to their names`;
  return [{ ...SUBJECT, outcome: "pass", detail }];
}

const SUBJECT = { id: "originals", subject: "originals" } as const;

function wantedBy({ entries }: JournalReading): Set<string> {
  const wanted = new Set<string>();
  for (const { artifacts, private: shown } of entries) {
    for (const { sha256 } of artifacts) wanted.add(sha256);
    for (const { sha256 } of shown?.members ?? []) wanted.add(sha256);
  }
  return wanted;
}

function faultOf(paths: CasePaths, sha256: string): string | null {
  const path = blobPath(paths.folder, sha256);
  if (!existsSync(path)) return `INCOMPLETE: original ${sha256} is missing`;
  return digestFile(path) === sha256 ? null : `ALTERED: original ${sha256} was changed`;
}

/** Entries of the originals that no line accounts for; what is still arriving has a name of its own. */
function* strangers(
  paths: CasePaths,
  wanted: ReadonlySet<string>,
): Generator<{ name: string; path: string }> {
  const root = join(paths.folder, "originals");
  if (!existsSync(root)) return;
  for (const folder of readdirSync(root, { withFileTypes: true })) {
    const inside = join(root, folder.name);
    if (!folder.isDirectory()) {
      if (!folder.name.startsWith(INCOMING_PREFIX)) yield { name: "", path: inside };
      continue;
    }
    for (const name of readdirSync(inside)) {
      const path = join(inside, name);
      if (!wanted.has(name) || path !== blobPath(paths.folder, name)) yield { name, path };
    }
  }
}

function isWhole(path: string, name: string): boolean {
  return isSha256(name) && lstatSync(path).isFile() && digestFile(path) === name;
}
