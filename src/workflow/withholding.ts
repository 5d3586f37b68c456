import { Failure } from "../model/failure.ts";
import type { StoredArtifact } from "../store/artifacts.ts";
import { artifactByNumber, artifactBySha256 } from "../store/artifacts.ts";
import { EVERYTHING } from "../store/filter.ts";
import type { Db } from "../store/open.ts";
import { rowsByPublicId, rowsOf } from "../store/rows.ts";
import { withheldOf } from "../store/withheld.ts";
import type { CaseReader, CaseWriter } from "./case/open.ts";
import { projectPlain } from "./case/project.ts";

/**
 * Names what is to be withheld or released as the journal names it: a message by its id, or an artifact by
 * its number (`artifact:7` or `7`) or digest. Rows of a withheld file are withheld with it.
 *
 * @throws Failure `not-found` naming the first that is not in the case
 */
export function itemNames({ db }: Pick<CaseReader, "db">, items: readonly string[]): string[] {
  return items.map((item) => {
    const artifact = artifactOf(db, item);
    if (artifact !== null) return `artifact:${artifact.number}`;
    const [row, second] = /^\d{1,9}$/.test(item) ? [] : rowsByPublicId(db, item);
    if (row !== undefined && second === undefined) return row.id;
    throw new Failure("not-found", `nothing in the case is called ${JSON.stringify(item)}`, [
      "name a message by its id, or an artifact by its number: artifact:7",
    ]);
  });
}

/**
 * Keeps items out of every bundle from now on. One journal line for all.
 *
 * @returns the items as the journal names them
 * @throws Failure as itemNames, and `usage` without a ground; nothing is changed then
 */
export function withholdItems(
  writer: CaseWriter,
  items: readonly string[],
  ground: string,
): string[] {
  if (ground.trim() === "") {
    throw new Failure("usage", "a ground is needed to withhold anything", ["give --ground TEXT"]);
  }
  const named = itemNames(writer, items);
  append(writer, "withheld", named, ground.trim());
  return named;
}

/**
 * Lets withheld items into bundles again.
 *
 * @throws Failure `not-found` for an item that is not withheld
 */
export function releaseItems(writer: CaseWriter, items: readonly string[]): string[] {
  const withheld = withheldOf(writer.db);
  const named = itemNames(writer, items);
  for (const item of named) {
    if (!withheld.has(item)) throw new Failure("not-found", `${item} is not withheld`);
  }
  append(writer, "released", named, null);
  return named;
}

function append(
  writer: CaseWriter,
  action: "withheld" | "released",
  items: readonly string[],
  note: string | null,
): void {
  const entry = writer.journal.append({
    action,
    actor: writer.actor,
    artifacts: [],
    options: { items },
    ...(note === null ? {} : { note }),
  });
  projectPlain(writer, entry);
}

function artifactOf(db: Db, item: string): StoredArtifact | null {
  const number = /^(?:artifact:)?(\d{1,9})$/.exec(item)?.[1];
  return number === undefined ? artifactBySha256(db, item) : artifactByNumber(db, Number(number));
}

/**
 * Ids of rows that say the same as a message (words, name and time as written), where one talk was
 * exported twice: withholding one leaves the others.
 */
export function twinsOf({ db }: Pick<CaseReader, "db">, item: string): string[] {
  const [row] = item.startsWith("artifact:") ? [] : rowsByPublicId(db, item);
  if (row === undefined || row.text === "") return [];
  const text = { match: [], scan: [], terms: [], exact: row.text };
  const twins: string[] = [];
  for (const other of rowsOf(db, { ...EVERYTHING, text })) {
    const same = other.text === row.text && other.name === row.name && other.id !== row.id;
    if (same && other.time.raw === row.time.raw) twins.push(other.id);
  }
  return twins;
}
