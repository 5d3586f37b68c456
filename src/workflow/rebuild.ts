import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import type { Environment } from "../model/environment.ts";
import { EVERYTHING } from "../store/filter.ts";
import { openStore, removeStore } from "../store/open.ts";
import { countRows } from "../store/rows.ts";
import type { CasePaths } from "./case/locate.ts";
import { openCase } from "./case/open.ts";
import { projectPlain } from "./case/project.ts";
import { replay } from "./case/replay.ts";

export interface Rebuilt {
  readonly lines: number;
  readonly messages: number;
  /** Files that today's parser reads otherwise than the one that wrote the journal line. */
  readonly differences: readonly string[];
}

/**
 * Makes the index anew from the originals and the journal, whatever became of the old one, which is
 * replaced only when the new one is whole.
 */
export async function rebuildIndex(
  paths: CasePaths,
  environment: Environment,
  waitSeconds: number,
  onLine: (line: number, of: number) => void,
): Promise<Rebuilt> {
  const fresh = `${paths.index}.new`;
  const scratch = { ...paths, index: `${paths.index}.scratch` };
  const writer = await openCase(scratch, environment, waitSeconds, "leave-index");
  try {
    const { entries } = writer.journal;
    const lines = entries.length;
    const made = await replay(paths, entries, fresh, (line) => onLine(line, lines));
    const messages = countRows(made.db, EVERYTHING);
    settle(made.db);
    made.close();
    flush(fresh);
    const entry = writer.journal.append({
      action: "rebuilt",
      actor: writer.actor,
      artifacts: [],
      options: { lines, messages, differences: made.differences },
    });
    removeStore(paths.index);
    renameSync(fresh, paths.index);
    const db = openStore(paths.index);
    projectPlain({ db }, entry);
    db.close();
    return { lines, messages, differences: made.differences };
  } finally {
    await writer.close();
    removeStore(scratch.index);
    removeStore(fresh);
  }
}

/** Brings everything into the one file, so that it can be given its name. */
function settle(db: Parameters<typeof countRows>[0]): void {
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.pragma("journal_mode = DELETE");
}

function flush(path: string): void {
  const fd = openSync(path, "r+");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
