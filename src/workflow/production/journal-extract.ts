import { extract, headOf, publicEntry } from "../../custody/chain.ts";
import type { Journal } from "../../custody/journal.ts";
import type { CustodyAction, CustodyEntry, CustodyHead } from "../../model/custody.ts";
import type { CustodyLine } from "../../model/production.ts";

/** Acts on the evidence itself. Productions and checks come and go without changing what a bundle rests on. */
const ON_EVIDENCE: ReadonlySet<CustodyAction> = new Set<CustodyAction>([
  "created",
  "acquired",
  "offered-again",
  "parsed",
  "reparsed",
  "declared",
  "linked",
  "unlinked",
  "tagged",
  "untagged",
  "withheld",
  "released",
  "transferred",
  "received",
  "returned",
  "copied",
  "destroyed",
  "stamped",
  "interrupted",
  "rebuilt",
]);

/** The journal as a bundle carries it. */
export interface JournalExtract {
  readonly lines: readonly CustodyLine[];
  /** Head up to the last act on evidence: the same for every production of one state of the case. */
  readonly head: CustodyHead;
  /** Head over every line, by which a later journal can be held to this one. */
  readonly anchor: CustodyHead;
}

/**
 * Draws the journal lines a production rests on: the case's own, those of its artifacts, and those of no
 * artifact in particular (a hand-over, an interruption), each with its proof. Lines that name a withheld
 * artifact are left out, since they hold its digest.
 */
export function journalExtract(
  journal: Pick<Journal, "entries" | "digests">,
  artifacts: ReadonlySet<number>,
  withheld: ReadonlySet<number>,
  withPrivate: boolean,
): JournalExtract {
  const { entries, digests } = journal;
  const size = 1 + entries.findLastIndex((entry) => ON_EVIDENCE.has(entry.action));
  const positions = entries.flatMap((entry, at) =>
    at < size && isWanted(entry, artifacts, withheld) ? [at] : [],
  );
  const hides = withheld.size > 0 || !withPrivate;
  const lines = extract(entries, digests, positions, size).map(({ entry, proof }): CustodyLine => ({
    type: "custody",
    entry: hides ? publicEntry(entry) : entry,
    proof,
  }));
  return { lines, head: headOf(digests.slice(0, size)), anchor: headOf(digests) };
}

function isWanted(
  entry: CustodyEntry,
  artifacts: ReadonlySet<number>,
  withheld: ReadonlySet<number>,
): boolean {
  if (!ON_EVIDENCE.has(entry.action)) return false;
  if (entry.artifacts.some(({ number }) => withheld.has(number))) return false;
  if (entry.artifacts.length === 0) return entry.action !== "offered-again";
  return entry.artifacts.some(({ number }) => artifacts.has(number));
}
