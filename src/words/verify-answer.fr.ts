import type { VerifyAnswerWords } from "./verify-answer.ts";

const NUMBER = new Intl.NumberFormat("fr");

/** French. */
export const verifyAnswerFr: VerifyAnswerWords = {
  labels: {
    intact: "intégrité",
    signer: "signataire",
    time: "date",
    listed: "selon la liste",
    checks: "Contrôles",
  },
  verdicts: {
    passed: "réussi : tous les contrôles requis ont réussi",
    failed: "ÉCHEC : un contrôle requis a échoué, ne vous fiez pas à ce fichier",
    indeterminate: "indéterminé : aucune altération constatée, mais tout n’a pu être établi ici",
  },
  intact: "oui, chaque octet est pris en compte et couvert par la signature",
  changed: (failed) => `NON, contrôles en échec : ${failed.join(", ")}`,
  noSigner: "aucune signature n’a pu être lue",
  signer: (holder, issuer, root) =>
    root === null
      ? `se dit ${holder}, certifié par ${issuer} ; NON identifié, aucun chemin vers une racine de confiance`
      : `${holder}, certifié par ${issuer}, sous la racine de confiance ${root}`,
  noTime: "aucune date n’est indiquée",
  claimedTime: (time) => `${time}, déclarée par le seul signataire`,
  stampedTime: (time, authority, trusted) =>
    trusted
      ? `signé avant ${time}, selon l’autorité d’horodatage ${authority}`
      : `${time}, selon ${authority}, autorité NON reconnue ici`,
  nothingListed: "rien n’a pu être compté",
  listed: (items) =>
    `${NUMBER.format(items)} des ${NUMBER.format(items)} éléments que son auteur a listés`,
  notAsListed: (items) =>
    `NON : son auteur a listé ${NUMBER.format(items)} éléments, le contenu ne concorde pas avec la liste`,
  selected: (messages, inConversations) =>
    `sélection : ${NUMBER.format(messages)} des ${NUMBER.format(inConversations)} messages de ces conversations, selon son auteur`,
  withheld: (count) => `retenus : ${NUMBER.format(count)}`,
  nextRoot:
    "demandez le certificat racine à l’agence elle-même, puis : exhibita verify FICHIER --root RACINE.pem",
};
