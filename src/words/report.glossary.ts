/** The terms of the report and what they mean, in the order they are printed. */
export type Glossary = readonly (readonly [term: string, meaning: string])[];

/** The glossary in English. */
export const GLOSSARY_EN: Glossary = [
  [
    "message",
    "what a person wrote or sent, with calls, polls and deleted messages that left a trace",
  ],
  ["event", "a notice of the service, a reaction or an edit, numbered apart with an e"],
  ["exception", "a row of a source that could not be read"],
  ["artifact", "a file as it was received, or a file found inside one; numbered with an A"],
  ["exhibit", "the sealed thing that a source was taken from"],
  [
    "digest, SHA-256",
    "64 hexadecimal digits computed from every byte; another file has another digest",
  ],
  ["extract", "data/messages.jsonl: one line for each message, the authoritative text"],
  ["context", "a message that does not match the selection and was added beside one that does"],
  ["withheld", "kept out of the bundle, with the ground stated in its place"],
  ["custody journal", "the chained record of every act on the evidence"],
  ["present", "the attachment’s bytes are held in the case"],
  ["named, not found", "the source names a file that was not among those received"],
  ["left out by the source", "the export says that it did not include the file"],
];

/** Le vocabulaire en français. */
export const GLOSSARY_FR: Glossary = [
  [
    "message",
    "ce qu’une personne a écrit ou envoyé, y compris les appels, les sondages et les messages supprimés qui ont laissé une trace",
  ],
  ["événement", "un avis du service, une réaction ou une modification, numéroté à part avec un e"],
  ["ligne non lue", "une ligne d’une source qui n’a pu être lue"],
  [
    "pièce numérique",
    "un fichier tel qu’il a été reçu, ou trouvé dans un autre\u00a0; numéroté avec un A",
  ],
  ["scellé", "l’objet placé sous scellé dont une source a été tirée"],
  [
    "empreinte, SHA-256",
    "64 chiffres hexadécimaux calculés sur chaque octet\u00a0; un autre fichier a une autre empreinte",
  ],
  ["extrait", "data/messages.jsonl\u00a0: une ligne par message, le texte qui fait foi"],
  [
    "contexte",
    "un message qui ne répond pas à la sélection et a été ajouté à côté d’un message qui y répond",
  ],
  ["non communiqué", "tenu hors du dossier, le motif étant indiqué à sa place"],
  ["journal de conservation", "l’enregistrement chaîné de tout acte sur les éléments de preuve"],
  ["présente", "le contenu de la pièce jointe est détenu dans l’affaire"],
  ["nommée, introuvable", "la source nomme un fichier qui n’était pas parmi ceux reçus"],
  ["omise par la source", "l’export dit qu’il n’a pas inclus le fichier"],
];
