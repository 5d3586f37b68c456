import type { FingerprintSheetWords } from "./fingerprint-sheet.ts";

export const fingerprintSheetFr: FingerprintSheetWords = {
  title: "Empreintes d'une clé de signature",
  purpose:
    "À remettre en main propre, par courrier, ou à lire au téléphone : par une autre voie que celle des " +
    "paquets et du fichier de certificat. Cette page ne contient aucun secret et peut être montrée à tous.",
  labels: {
    holder: "Titulaire",
    agency: "Service",
    key: "Clé",
    algorithm: "Algorithme",
    valid: "Validité",
  },
  validity: (from, to) => `du ${from} au ${to}`,
  rootHeading: "Racine du service : celle à comparer",
  root: (name, to) => `SHA-256 du certificat de ${name}, valable jusqu'au ${to}`,
  noRoot:
    "Le certificat est venu sans celui de sa racine : en demander l'empreinte à qui l'a délivré.",
  signerHeading: "Ce signataire",
  signer: (holder) => `SHA-256 du certificat de ${holder}`,
  compareHeading: "Comment comparer",
  print: "Afficher l'empreinte du fichier du certificat racine, par l'une de ces commandes :",
  compare: [
    "Comparer les 64 chiffres avec ceux ci-dessus, groupe par groupe ; deux-points, blancs et majuscules " +
      "ne comptent pas. Si un seul chiffre diffère, ne se fier ni au fichier ni à ce qui est signé sous " +
      "lui, et interroger le service.",
    "Avec --root et ce fichier, exhibita verify nomme ensuite cette racine pour chaque paquet des " +
      "signataires du service. L'empreinte du signataire y figure aussi ; elle change quand un certificat " +
      "est renouvelé, celle de la racine ne change pas.",
  ],
  handedOver: "Remis",
  by: "par (nom, date, signature)",
  to: "à (nom, date, signature)",
  foot: (date) => `Établi le ${date} à partir des certificats du dossier des clés`,
  page: (number) => `Page ${number} sur\u00a0`,
};
