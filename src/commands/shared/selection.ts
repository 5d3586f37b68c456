import type { Selection } from "../../model/selection.ts";
import type { Parameter } from "../frame/parameter.ts";
import { text, texts } from "../frame/flags.ts";

/** The selection flags, the same on every command that has them. */
export const SELECTION: {
  readonly from: Parameter<string | null>;
  readonly to: Parameter<string | null>;
  readonly rangeZone: Parameter<string | null>;
  readonly account: Parameter<readonly string[]>;
  readonly conversation: Parameter<readonly string[]>;
  readonly exhibit: Parameter<readonly string[]>;
  readonly kind: Parameter<readonly string[]>;
} = {
  from: text("T", "from this time on: 2024-06-25, 2024-06-25T21:04, or with an offset"),
  to: text("T", "before this time; a date alone includes its whole day"),
  rangeZone: text("ZONE", "zone in which --from and --to are read (else the case's)"),
  account: texts("A", "of this account: its id (a3.1), native id or exact name"),
  conversation: texts("C", "of this conversation: its id (c3.1), native id or exact title"),
  exhibit: texts("NO", "from sources of this exhibit"),
  kind: texts("K", "of this kind: text, media, call, poll, location, contact, deletion, system"),
};

/** Values of the selection flags. */
export interface SelectionValues {
  readonly from: string | null;
  readonly to: string | null;
  readonly rangeZone: string | null;
  readonly account: readonly string[];
  readonly conversation: readonly string[];
  readonly exhibit: readonly string[];
  readonly kind: readonly string[];
}

/** The selection that flags and query say, not widened. */
export function selectionOf(values: SelectionValues, query: string | null): Selection {
  const { from, to, rangeZone, account, conversation, exhibit, kind } = values;
  return {
    query,
    from,
    to,
    rangeZone,
    accounts: account,
    conversations: conversation,
    exhibits: exhibit,
    kinds: kind,
    tags: [],
    wholeCase: false,
    wholeConversations: false,
    context: 0,
  };
}

/** True where any flag or query narrows the selection. */
export function isNarrowed(selection: Selection): boolean {
  const { query, from, to, accounts, conversations, exhibits, kinds } = selection;
  const lists = [accounts, conversations, exhibits, kinds];
  return query !== null || from !== null || to !== null || lists.some((list) => list.length > 0);
}
