import type { CustodyEntry } from "../../model/custody.ts";
import { textsAt } from "../../model/json.ts";
import { NESTED } from "../../archive/entry-path.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import type { Db } from "../../store/open.ts";
import { attachmentsOf, rowsByPublicId, rowsNaming } from "../../store/rows.ts";
import type { Places } from "./places.ts";

/** Why something is kept out of a production, in the words of who withheld it; undefined for what is not. */
export interface Grounds {
  readonly ofRow: (row: { readonly id: string; readonly fileNumber: number }) => string | undefined;
  /** The artifact itself, or a container it came in. */
  readonly ofArtifact: (number: number) => string | undefined;
  /** Index rows of the messages that are withheld one by one. */
  readonly rows: readonly number[];
  /** True for an artifact whose bytes hold something withheld: they would give it away. */
  readonly isTainted: (number: number) => boolean;
}

/** Where nothing is withheld. */
export const NOTHING_WITHHELD: Grounds = {
  ofRow: () => undefined,
  ofArtifact: () => undefined,
  rows: [],
  isTainted: () => false,
};

/** The grounds of a case. What lies in a withheld archive is withheld with it, rows of a file with the file. */
export function groundsOf(db: Db, places: Places, entries: readonly CustodyEntry[]): Grounds {
  const items = withheldIn(entries);
  if (items.size === 0) return NOTHING_WITHHELD;
  const holders = holdersOf(places);
  const artifacts = new Map<number, string>();
  for (const { number } of places.artifacts.values()) {
    const ground = [number, ...holders(number)]
      .map((one) => items.get(`artifact:${one}`))
      .find((one) => one !== undefined);
    if (ground !== undefined) artifacts.set(number, ground);
  }
  const ofRow: Grounds["ofRow"] = ({ id, fileNumber }) =>
    artifacts.get(fileNumber) ?? items.get(id);
  for (const [number, ground] of sentOnlyBy(db, items, ofRow)) artifacts.set(number, ground);
  const tainted = new Set<number>();
  const taint = (number: number): void => {
    for (const one of [number, ...holders(number)]) tainted.add(one);
  };
  for (const number of artifacts.keys()) taint(number);
  for (const number of filesOfRows(items.keys(), places)) taint(number);
  return {
    ofRow,
    ofArtifact: (number) => artifacts.get(number),
    rows: [...items.keys()].flatMap((item) =>
      item.startsWith("artifact:") ? [] : rowsByPublicId(db, item).map(({ row }) => row),
    ),
    isTainted: (number) => tainted.has(number),
  };
}

/** Grounds by item, as the journal itself has them: what may leave the office is not left to a cache. */
function withheldIn(entries: readonly CustodyEntry[]): Map<string, string> {
  const items = new Map<string, string>();
  for (const entry of entries) {
    if (entry.action !== "withheld" && entry.action !== "released") continue;
    for (const item of textsAt(entry.options, "items")) {
      if (entry.action === "released") items.delete(item);
      else items.set(item, entry.note ?? "");
    }
  }
  return items;
}

/** What withheld messages attach, and no open one: it is part of them. */
function* sentOnlyBy(
  db: Db,
  items: ReadonlyMap<string, string>,
  ofRow: Grounds["ofRow"],
): Generator<[number, string]> {
  for (const [item, ground] of items) {
    const [row] = item.startsWith("artifact:") ? [] : rowsByPublicId(db, item);
    for (const { artifact } of row === undefined ? [] : attachmentsOf(db, row.row)) {
      if (artifact === null) continue;
      const open = rowsNaming(db, artifact).some((one) => ofRow(one) === undefined);
      if (!open) yield [artifact, ground];
    }
  }
}

/** Archives that an artifact lies in, however deep. */
function holdersOf({ artifacts }: Places): (number: number) => readonly number[] {
  const byPlace = new Map<string, number>();
  for (const { number, containers } of artifacts.values()) {
    for (const { container, entry } of containers) byPlace.set(`${container} ${entry}`, number);
  }
  return (number) =>
    (artifacts.get(number)?.containers ?? []).flatMap(({ container, entry }) => [
      container,
      ...archivesAbove(entry).flatMap((path) => byPlace.get(`${container} ${path}`) ?? []),
    ]);
}

function archivesAbove(entry: string): string[] {
  const parts = entry.split(NESTED);
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join(NESTED));
}

/** Files in which withheld messages stand: a row's id begins with its file's digest. */
function filesOfRows(items: Iterable<string>, { artifacts }: Places): number[] {
  const digests = new Set([...items].map((item) => item.slice(0, ROW_DIGEST)));
  const holds = ({ sha256 }: StoredArtifact): boolean => digests.has(sha256.slice(0, ROW_DIGEST));
  return [...artifacts.values()].filter(holds).map(({ number }) => number);
}

const ROW_DIGEST = 32;
