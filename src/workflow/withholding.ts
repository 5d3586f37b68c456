import { Failure } from "../model/failure.ts";
import { artifactByNumber, artifactBySha256 } from "../store/artifacts.ts";
import { rowsByPublicId } from "../store/rows.ts";
import { withheldOf } from "../store/withheld.ts";
import type { CaseWriter } from "./case/open.ts";
import { projectPlain } from "./case/project.ts";

/**
 * Keeps items out of every bundle from now on: a message by its id, or an artifact by its number
 * (`artifact:7` or `7`) or digest. One journal line for all.
 *
 * @returns the items as the journal names them
 * @throws Failure `not-found` naming the first that is not in the case; nothing is changed then
 */
export function withholdItems(
  writer: CaseWriter,
  items: readonly string[],
  ground: string,
): string[] {
  if (ground.trim() === "") {
    throw new Failure("usage", "a ground is needed to withhold anything", ["give --ground TEXT"]);
  }
  const named = items.map((item) => itemName(writer, item));
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
  const named = items.map((item) => itemName(writer, item));
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

/** The name an item has in the journal, which a later parse run does not change. */
function itemName({ db }: CaseWriter, item: string): string {
  const number = /^(?:artifact:)?(\d{1,9})$/.exec(item)?.[1];
  if (number !== undefined && artifactByNumber(db, Number(number)) !== null)
    return `artifact:${number}`;
  const artifact = artifactBySha256(db, item);
  if (artifact !== null) return `artifact:${artifact.number}`;
  const [row, second] = number === undefined ? rowsByPublicId(db, item) : [];
  if (row !== undefined && second === undefined) return row.id;
  throw new Failure("not-found", `nothing in the case is called ${JSON.stringify(item)}`, [
    "name a message by its id, or an artifact by its number: artifact:7",
  ]);
}
