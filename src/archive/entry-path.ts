import type { ArchiveEntry } from "./entry.ts";

/** Stands between an archive's own path and the path inside it, as in `outer.zip!/inner.txt`. */
export const NESTED = "!/";

/** Begins the number that tells entries of one name apart, as in `a.txt!#2`. */
const NUMBERED = "!#";

/**
 * One path per entry, in order, no two alike: the name as decoded; the second entry of that name
 * `name!#2`, the third `name!#3`. A name that holds `!/` itself is numbered from 1, so that it can
 * never be taken for a nested one.
 */
export function entryPaths(entries: readonly ArchiveEntry[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return entries.map(({ path }) => {
    let number = (counts.get(path) ?? 0) + 1;
    let unique = number === 1 && !path.includes(NESTED) ? path : path + NUMBERED + number;
    for (; taken.has(unique); number++) unique = path + NUMBERED + (number + 1);
    counts.set(path, number);
    taken.add(unique);
    return unique;
  });
}
