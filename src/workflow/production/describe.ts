import type { Selection } from "../../model/selection.ts";
import type { Language } from "../../model/production.ts";

/** The selection as one sentence, in the recipient's language, naming every condition word for word. */
export function selectionText(
  selection: Selection,
  zone: string | null,
  language: Language,
): string {
  const words = WORDS[language];
  const parts: string[] = [];
  const add = (label: string, value: string | null): void => {
    if (value !== null && value !== "") parts.push(`${label} ${value}`);
  };
  const list = (values: readonly string[]): string | null =>
    values.length === 0 ? null : values.map((value) => JSON.stringify(value)).join(words.or);
  add(words.query, selection.query === null ? null : JSON.stringify(selection.query));
  add(words.from, selection.from);
  add(words.to, selection.to);
  if (selection.from !== null || selection.to !== null)
    add(words.zone, selection.rangeZone ?? zone);
  add(words.accounts, list(selection.accounts));
  add(words.conversations, list(selection.conversations));
  add(words.exhibits, list(selection.exhibits));
  add(words.kinds, list(selection.kinds));
  add(words.tags, list(selection.tags));
  const rows = parts.length === 0 ? words.all : `${words.some} ${parts.join("; ")}`;
  if (selection.wholeConversations) return `${rows}; ${words.whole}`;
  return selection.context === 0
    ? `${rows}; ${words.exact}`
    : `${rows}; ${words.context(selection.context)}`;
}

const WORDS = {
  en: {
    or: " or ",
    all: "every row of the case",
    some: "the rows that match",
    query: "text",
    from: "from",
    to: "before",
    zone: "bounds without offset read in",
    accounts: "account",
    conversations: "conversation",
    exhibits: "exhibit",
    kinds: "kind",
    tags: "tag",
    exact: "exactly the rows that match",
    whole: "widened to whole conversations, the added rows marked as context",
    context: (n: number): string =>
      `widened by ${n} neighbouring rows on each side, marked as context`,
  },
  fr: {
    or: " ou ",
    all: "toutes les lignes du dossier",
    some: "les lignes qui répondent à :",
    query: "texte",
    from: "à partir de",
    to: "avant",
    zone: "bornes sans décalage lues en",
    accounts: "compte",
    conversations: "conversation",
    exhibits: "scellé",
    kinds: "nature",
    tags: "étiquette",
    exact: "exactement les lignes qui répondent",
    whole: "élargie aux conversations entières, les lignes ajoutées étant marquées comme contexte",
    context: (n: number): string =>
      `élargie de ${n} lignes voisines de chaque côté, marquées comme contexte`,
  },
} as const;

/** How times were read, for the cover sheet. */
export function timeRules(language: Language): readonly string[] {
  return RULES[language];
}

/** What the reader must not conclude. */
export function limits(language: Language): readonly string[] {
  return LIMITS[language];
}

const RULES: Record<Language, readonly string[]> = {
  en: [
    "The time of each row is kept as the source writes it; nothing is guessed.",
    "A wall clock without a zone becomes an instant only where an analyst declared the zone of its source (basis declared).",
    "Where day and month cannot be told apart, both readings are given and none is chosen.",
    "A row whose time may lie outside the period is included and marked edge-of-range.",
  ],
  fr: [
    "L'heure de chaque ligne est conservée telle que la source l'écrit ; rien n'est supposé.",
    "Une heure locale sans fuseau ne devient un instant que si un analyste a déclaré le fuseau de sa source (base « declared »).",
    "Lorsque le jour et le mois ne peuvent être distingués, les deux lectures sont données et aucune n'est choisie.",
    "Une ligne dont l'heure peut se situer hors de la période est incluse et marquée edge-of-range.",
  ],
};

const LIMITS: Record<Language, readonly string[]> = {
  en: [
    "An export holds what its application chose to write: what a format cannot contain is listed with each conversation as absent in this format, not as none.",
    "A name or nickname is a sighting of an account in one source; it does not identify a person.",
    "The counts state what the maker of this bundle selected; they do not show that the source itself is whole.",
  ],
  fr: [
    "Un export contient ce que l'application a choisi d'écrire : ce que le format ne peut contenir est indiqué, pour chaque conversation, comme absent de ce format et non comme inexistant.",
    "Un nom ou un pseudonyme est l'apparition d'un compte dans une source ; il n'identifie pas une personne.",
    "Les nombres disent ce que l'auteur de ce paquet a sélectionné ; ils ne prouvent pas que la source soit entière.",
  ],
};
