/** Whether a key of the folder may be signed with, and which one is meant where none is named. */
import type { Sha256 } from "../../model/artifact.ts";
import { Failure } from "../../model/failure.ts";
import { type KeyEntry, keyIds, listKeys } from "./list.ts";
import { noticesOn } from "./notices.ts";

export type Standing = "valid" | "not-yet-valid" | "ended" | "revoked" | "superseded";

/**
 * How each key stands at a moment. `superseded` is one whose key has another certificate that is good
 * for longer, as a renewal makes it.
 *
 * @param at null passes over the dates
 */
export function standingsOf(
  folder: string,
  entries: readonly KeyEntry[],
  at: Date | null,
): ReadonlyMap<KeyEntry, Standing> {
  const revoked = new Set(noticesOn(folder).map(({ certificate }) => certificate));
  return new Map(entries.map((entry) => [entry, standingOf(entry, entries, revoked, at)]));
}

function standingOf(
  entry: KeyEntry,
  entries: readonly KeyEntry[],
  revoked: ReadonlySet<Sha256>,
  at: Date | null,
): Standing {
  if (revoked.has(entry.certificateFingerprint)) return "revoked";
  const moment = at?.toISOString() ?? entry.validFrom;
  if (moment < entry.validFrom) return "not-yet-valid";
  if (moment > entry.validTo) return "ended";
  const isSuperseded = entries.some(
    (other) =>
      other.keyFingerprint === entry.keyFingerprint &&
      other.validTo > entry.validTo &&
      (at === null || moment >= other.validFrom) &&
      !revoked.has(other.certificateFingerprint),
  );
  return isSuperseded ? "superseded" : "valid";
}

/**
 * The id of the key that is named or, with null, of the only one that stands good.
 *
 * @throws Failure `key-unusable` where there is no such key, `usage` where several are good
 */
export function chooseKey(folder: string, id: string | null, at: Date | null): string {
  const ids = keyIds(folder);
  const [first, second] = ids;
  if (first === undefined) {
    throw new Failure("key-unusable", `there is no key in ${folder}`, [
      "make one with: exhibita key init --holder NAME",
    ]);
  }
  if (id !== null) {
    if (ids.includes(id)) return id;
    throw new Failure("key-unusable", `there is no key ${id}`, ids.map(flagOf));
  }
  if (second === undefined) return first;
  const standings = standingsOf(folder, listKeys(folder), at);
  const good = ids.filter((_, index) => [...standings.values()][index] === "valid");
  const [only, another] = good;
  if (only !== undefined && another === undefined) return only;
  const choices = good.length === 0 ? ids : good;
  throw new Failure(
    "usage",
    `${choices.length} keys are in ${folder}: name one`,
    choices.map(flagOf),
  );
}

function flagOf(id: string): string {
  return `--key ${id}`;
}
