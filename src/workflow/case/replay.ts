import type { CustodyEntry } from "../../model/custody.ts";
import type { Db } from "../../store/open.ts";
import { openStore, removeStore } from "../../store/open.ts";
import { parseThread } from "../parse/thread.ts";
import type { CasePaths } from "./locate.ts";
import type { Projected } from "./project.ts";
import { project } from "./project.ts";

/** An index made anew from journal lines and originals, at a place of its own. */
export interface Replayed {
  readonly db: Db;
  /** Files that today's parser reads otherwise than the one that wrote the journal line. */
  readonly differences: readonly string[];
  readonly close: () => void;
}

/** Replays journal lines into a new index at `path`; one that lies there is removed. */
export async function replay(
  paths: CasePaths,
  entries: readonly CustodyEntry[],
  path: string,
  onLine: (line: number) => void = () => {},
): Promise<Replayed> {
  removeStore(path);
  const db = openStore(path);
  // The file is of no worth until it is whole, so it is not flushed act by act.
  db.pragma("synchronous = OFF");
  const parser = parseThread();
  const into: Projected = { db, paths, parser };
  const differences: string[] = [];
  try {
    for (const entry of entries) {
      differences.push(...(await project(into, entry)));
      onLine(entry.seq);
    }
  } catch (error) {
    db.close();
    removeStore(path);
    throw error;
  } finally {
    await parser.close();
  }
  return { db, differences, close: () => void db.close() };
}
