import { extract, headOf, publicEntry } from "../../custody/chain.ts";
import type { Journal } from "../../custody/journal.ts";
import type { Sha256 } from "../../model/artifact.ts";
import type { CustodyAction, CustodyEntry, CustodyHead } from "../../model/custody.ts";
import { textsAt } from "../../model/json.ts";
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
 * artifact in particular (a hand-over, an interruption), each with its proof. A line that names the digest
 * of something withheld is left out, and a private part that does is kept back.
 *
 * @param hidden digests of what is withheld anywhere in the case
 * @param isTaken whether an item that was withheld or released is one of this production: what was kept out
 *   of another is none of its reader's business
 */
export function journalExtract(
  journal: Pick<Journal, "entries" | "digests">,
  artifacts: ReadonlySet<number>,
  hidden: readonly Sha256[],
  isTaken: (item: string) => boolean,
  withPrivate: boolean,
): JournalExtract {
  const { entries, digests } = journal;
  const size = 1 + entries.findLastIndex((entry) => ON_EVIDENCE.has(entry.action));
  const positions = entries.flatMap((entry, at) =>
    at < size && isWanted(entry, artifacts, isTaken) && !names(publicEntry(entry), hidden)
      ? [at]
      : [],
  );
  const lines = extract(entries, digests, positions, size).map(({ entry, proof }): CustodyLine => ({
    type: "custody",
    entry: withPrivate && !names(entry, hidden) ? entry : publicEntry(entry),
    proof,
  }));
  return { lines, head: headOf(digests.slice(0, size)), anchor: headOf(digests) };
}

function isWanted(
  entry: CustodyEntry,
  artifacts: ReadonlySet<number>,
  isTaken: (item: string) => boolean,
): boolean {
  if (!ON_EVIDENCE.has(entry.action)) return false;
  if (entry.action === "withheld" || entry.action === "released") {
    return textsAt(entry.options, "items").every(isTaken);
  }
  if (entry.artifacts.length === 0) return entry.action !== "offered-again";
  return entry.artifacts.some(({ number }) => artifacts.has(number));
}

/** True where an entry holds one of the digests, or the half of it that ids of messages begin with. */
function names(entry: CustodyEntry, hidden: readonly Sha256[]): boolean {
  if (hidden.length === 0) return false;
  const text = JSON.stringify(entry);
  return hidden.some((digest) => text.includes(digest.slice(0, 32)));
}
