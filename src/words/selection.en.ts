import type { SelectionWords } from "./selection.ts";

/** English. */
export const selectionEn: SelectionWords = {
  or: " or ",
  all: "every row of the case",
  some: "the rows that match",
  query: "text",
  from: "from",
  to: "before",
  toDay: "up to the end of",
  zone: "bounds without offset read in",
  accounts: "account",
  conversations: "conversation",
  exhibits: "exhibit",
  kinds: "kind",
  tags: "tag",
  exact: "exactly the rows that match",
  whole: "widened to whole conversations, the added rows marked as context",
  context: (rows) => `widened by ${rows} neighbouring rows on each side, marked as context`,
  timeRules: [
    "The time of each row is kept as the source writes it; nothing is guessed.",
    "A wall clock without a zone becomes an instant only where an analyst declared the zone of its source (basis declared).",
    "Where day and month cannot be told apart, both readings are given and none is chosen.",
    "A row whose time may lie outside the period is included and marked edge-of-range.",
  ],
  limits: [
    "An export holds what its application chose to write: what a format cannot contain is listed with each conversation as absent in this format, not as none.",
    "A name or nickname is a sighting of an account in one source; it does not identify a person.",
    "The counts state what the maker of this bundle selected; they do not show that the source itself is whole.",
  ],
};
