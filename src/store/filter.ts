import type { TextQuery } from "./query.ts";
import type { Bound } from "./load.ts";

/**
 * Which rows are wanted. Lists are alternatives (empty: any), members are joined by "and". Times are
 * milliseconds since the epoch: `from` inclusive, `to` exclusive; a row that may lie on either side of a
 * bound is wanted, and `edge` of the row says so.
 */
export interface RowFilter {
  readonly text: TextQuery | null;
  /** Answer the whole text query by scanning, where the index found nothing. */
  readonly scanAll: boolean;
  readonly from: number | null;
  readonly to: number | null;
  readonly accounts: readonly number[];
  readonly conversations: readonly number[];
  readonly exhibits: readonly string[];
  readonly kinds: readonly string[];
  readonly events: "with" | "without" | "only";
}

export const EVERYTHING: RowFilter = {
  text: null,
  scanAll: false,
  from: null,
  to: null,
  accounts: [],
  conversations: [],
  exhibits: [],
  kinds: [],
  events: "without",
};

/** SQL behind WHERE over `message m`, `run r` and `artifact a`, with what it binds. */
export interface Where {
  readonly sql: string;
  readonly values: readonly Bound[];
}

/** Translates a filter; every value is bound, none becomes SQL text. */
export function whereOf(filter: RowFilter): Where {
  const parts: string[] = ["r.current = 1"];
  const values: Bound[] = [];
  const need = (sql: string, ...bound: readonly Bound[]): void => {
    parts.push(sql);
    values.push(...bound);
  };
  if (filter.events !== "with") need(`m.event = ${filter.events === "only" ? 1 : 0}`);
  needText(filter, need);
  if (filter.from !== null) need("(m.latest IS NULL OR m.latest > ?)", filter.from);
  if (filter.to !== null) need("(m.earliest IS NULL OR m.earliest < ?)", filter.to);
  needOneOf("m.account", filter.accounts, need);
  needOneOf("m.conversation", filter.conversations, need);
  needOneOf("m.kind", filter.kinds, need);
  needOneOf("coalesce(a.exhibit, s.exhibit)", filter.exhibits, need);
  return { sql: parts.join(" AND "), values };
}

type Need = (sql: string, ...bound: readonly Bound[]) => void;

function needText(filter: RowFilter, need: Need): void {
  const query = filter.text;
  if (query === null) return;
  if (query.exact !== null) need("instr(m.text, ?) > 0", query.exact);
  const scans = filter.scanAll ? query.terms : query.scan;
  if (!filter.scanAll && query.match.length > 0) {
    need(
      "m.id IN (SELECT rowid FROM message_text WHERE message_text MATCH ?)",
      query.match.join(" "),
    );
  }
  for (const term of scans) need("instr(folded(m.text), ?) > 0", term);
}

function needOneOf(column: string, values: readonly Bound[], need: Need): void {
  if (values.length > 0) need(`${column} IN (${values.map(() => "?").join(",")})`, ...values);
}
