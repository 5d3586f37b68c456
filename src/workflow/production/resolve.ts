import { Failure } from "../../model/failure.ts";
import type { Selection } from "../../model/selection.ts";
import type { RowFilter } from "../../store/filter.ts";
import type { Db } from "../../store/open.ts";
import { accountsOf, conversationsOf } from "../../store/people.ts";
import { readQuery } from "../../store/query.ts";
import { countRows } from "../../store/rows.ts";
import { allArtifacts } from "../../store/artifacts.ts";
import { checkZone } from "../../time/zone.ts";
import { readBound } from "./bounds.ts";

/** Kinds of rows a selection may name. */
export const ROW_KINDS: readonly string[] = [
  "text",
  "media",
  "call",
  "poll",
  "location",
  "contact",
  "deletion",
  "unknown",
  "system",
  "reaction",
  "edit",
];

/** A selection that takes everything, to be narrowed. */
export const WHOLE: Selection = {
  query: null,
  from: null,
  to: null,
  rangeZone: null,
  accounts: [],
  conversations: [],
  exhibits: [],
  kinds: [],
  tags: [],
  wholeCase: false,
  wholeConversations: false,
  context: 0,
};

/**
 * Resolves a selection against the case: names become keys, bounds become instants. A query that the
 * full-text index answers with nothing is asked again by scanning.
 *
 * @throws Failure `usage` for a bound, zone or kind that is none, `not-found` for a name nobody has
 */
export function filterOf(
  db: Db,
  selection: Selection,
  caseZone: string | null,
  events: RowFilter["events"],
): RowFilter {
  const zone = selection.rangeZone === null ? caseZone : checkZone(selection.rangeZone);
  const text =
    selection.query === null || selection.query.trim() === "" ? null : readQuery(selection.query);
  const filter: RowFilter = {
    text,
    scanAll: false,
    from: selection.from === null ? null : readBound(selection.from, "from", zone),
    to: selection.to === null ? null : readBound(selection.to, "to", zone),
    accounts: selection.accounts.flatMap((name) => accountKeys(db, name)),
    conversations: selection.conversations.flatMap((name) => conversationKeys(db, name)),
    exhibits: selection.exhibits.map((name) => exhibit(db, name)),
    kinds: selection.kinds.map(kind),
    events,
  };
  if (filter.from !== null && filter.to !== null && filter.from >= filter.to) {
    throw new Failure("usage", `the period is empty: ${selection.from} to ${selection.to}`);
  }
  const scan = text !== null && text.match.length > 0 && countRows(db, filter) === 0;
  return scan ? { ...filter, scanAll: true } : filter;
}

function accountKeys(db: Db, name: string): number[] {
  const accounts = accountsOf(db);
  const wanted = name.toLowerCase();
  const found = accounts.filter(
    (account) =>
      account.id === wanted || account.nativeId === name || account.name?.toLowerCase() === wanted,
  );
  if (found.length === 0) {
    throw new Failure("not-found", `no account is called ${JSON.stringify(name)}`, [
      "exhibita list accounts shows the ids and names of this case",
    ]);
  }
  return found.map((account) => account.key);
}

function conversationKeys(db: Db, name: string): number[] {
  const wanted = name.toLowerCase();
  const found = conversationsOf(db).filter(
    (one) => one.id === wanted || one.nativeId === name || one.title?.toLowerCase() === wanted,
  );
  if (found.length === 0) {
    throw new Failure("not-found", `no conversation is called ${JSON.stringify(name)}`, [
      "exhibita list conversations shows the ids and titles of this case",
    ]);
  }
  return found.map((one) => one.key);
}

function exhibit(db: Db, name: string): string {
  if (allArtifacts(db).some((artifact) => artifact.exhibit === name)) return name;
  throw new Failure("not-found", `no artifact carries the exhibit number ${JSON.stringify(name)}`, [
    "exhibita list artifacts shows the exhibit numbers of this case",
  ]);
}

function kind(name: string): string {
  if (ROW_KINDS.includes(name)) return name;
  throw new Failure("usage", `no such kind: ${name}`, [`kinds: ${ROW_KINDS.join(", ")}`]);
}
