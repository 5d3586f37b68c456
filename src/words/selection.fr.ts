import type { SelectionWords } from "./selection.ts";

/** French. */
export const selectionFr: SelectionWords = {
  or: " ou ",
  all: "toutes les lignes du dossier",
  some: "les lignes qui répondent à :",
  query: "texte",
  from: "à partir de",
  to: "avant",
  toDay: "jusqu'à la fin du",
  zone: "bornes sans décalage lues en",
  accounts: "compte",
  conversations: "conversation",
  exhibits: "scellé",
  kinds: "nature",
  tags: "étiquette",
  exact: "exactement les lignes qui répondent",
  whole: "élargie aux conversations entières, les lignes ajoutées étant marquées comme contexte",
  context: (rows) => `élargie de ${rows} lignes voisines de chaque côté, marquées comme contexte`,
  timeRules: [
    "L'heure de chaque ligne est conservée telle que la source l'écrit ; rien n'est supposé.",
    "Une heure locale sans fuseau ne devient un instant que si un analyste a déclaré le fuseau de sa source (base « declared »).",
    "Lorsque le jour et le mois ne peuvent être distingués, les deux lectures sont données et aucune n'est choisie.",
    "Une ligne dont l'heure peut se situer hors de la période est incluse et marquée edge-of-range.",
  ],
  limits: [
    "Un export contient ce que l'application a choisi d'écrire : ce que le format ne peut contenir est indiqué, pour chaque conversation, comme absent de ce format et non comme inexistant.",
    "Un nom ou un pseudonyme est l'apparition d'un compte dans une source ; il n'identifie pas une personne.",
    "Les nombres disent ce que l'auteur de ce paquet a sélectionné ; ils ne prouvent pas que la source soit entière.",
  ],
};
