import type { ReportWords } from "./catalogue.ts";
import { GLOSSARY_FR } from "./report.glossary.ts";

/** Le rapport en français. */
export const REPORT_FR: ReportWords = {
  thousands: "\u202f",
  months: [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
  ],
  weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
  longDate: (weekday, day, month, year) =>
    `${weekday} ${day === 1 ? "1er" : String(day)} ${month} ${year}`,

  none: "néant",
  notStated: "non précisé",
  or: "ou",
  quoted: (text) => `«\u00a0${text}\u00a0»`,
  untitled: "Conversation sans titre",
  unnamed: "nom non indiqué",
  bytes: (count) => `${count} octets`,
  artifactNumber: (number) => `pièce numérique A${number}`,
  exhibit: (number) => `scellé ${number}`,
  noExhibit: "sans numéro de scellé",
  notParsed: "non lu comme conversation",
  digestWithheld: "SHA-256 non communiqué",
  ground: (text) => `motif\u00a0: ${text}`,

  runningHead: (procedure, bundle) => `Procédure ${procedure} · dossier ${bundle}`,
  runningFoot: (digest) => `data/messages.jsonl · début du SHA-256 ${digest}`,
  range: (first, last) => (first === last ? `Message ${first}` : `Messages ${first} à ${last}`),
  page: (number) => `Page ${number} sur\u00a0`,

  coverBookmark: "Page de garde",
  title: "Extrait de conversations",
  subtitle: (procedure) => `Procédure ${procedure}`,
  authoritative:
    "Ce rapport est destiné à la lecture. Le texte qui fait foi est data/messages.jsonl, dans le " +
    "dossier\u00a0: en cas de différence, ce fichier l’emporte. Un caractère qui ne peut être imprimé " +
    "est représenté par une petite marque telle que [U+202E]\u00a0; une annexe les dénombre.",
  bundle: "Dossier",
  caseNumber: "Affaire",
  caseTitle: "Intitulé",
  procedure: "Procédure",
  productionNumber: "Production",
  recipient: "Destinataire",
  agency: "Service",
  officer: "Directeur d’enquête",
  preparedBy: "Établi par",
  authority: "Cadre juridique",
  created: "Établi le (UTC)",
  createdFromEpoch: "date fixée par SOURCE_DATE_EPOCH",
  language: "Langue",
  languageName: "français",
  previous: "Dossier précédent",
  tool: "Outil",

  selectionHeading: "Ce qui a été sélectionné",
  selectionLead: "La sélection, mot pour mot\u00a0:",
  wholeCase: "Toutes les conversations de l’affaire.",
  wholeConversations: "Chaque conversation où figure un résultat est donnée en entier.",
  contextAdded: (n) =>
    `Jusqu’à ${n} ${n === 1 ? "message voisin" : "messages voisins"} de part et d’autre d’un résultat, avec la mention [contexte].`,
  withMedia:
    "Le contenu des pièces jointes figure dans le dossier lorsque la liste y désigne un fichier.",
  withoutMedia:
    "Les pièces jointes sont énumérées\u00a0; leur contenu ne figure pas dans le dossier.",
  withOriginals:
    "Les fichiers sources figurent dans le dossier tels qu’ils ont été reçus, sauf ceux qui contiennent un élément non communiqué.",
  withoutOriginals:
    "Les fichiers sources sont désignés par leur empreinte\u00a0; ils ne figurent pas dans le dossier.",
  withRaw: "L’extrait contient aussi chaque ligne telle que la source l’écrit.",
  withoutRaw: "L’extrait ne contient pas les lignes telles que la source les écrit.",
  withPrivate:
    "Les noms de machines, chemins et noms de fichiers d’origine du journal de conservation sont donnés.",
  withoutPrivate:
    "Les noms de machines, chemins et noms de fichiers d’origine du journal de conservation ne sont pas donnés\u00a0; leurs empreintes le sont.",

  countsHeading: "Décomptes",
  countUnits: "Lignes des sources désignées ci-après",
  countMessages: "messages",
  countEvents: "événements (avis du service, réactions, modifications)",
  countExceptions: "lignes qui n’ont pu être lues",
  countInConversations: "Messages des conversations désignées ci-après",
  countGiven: "Messages figurant dans ce dossier",
  countNotGiven: "messages ne figurant pas dans ce dossier",
  countMatched: "messages répondant à la sélection",
  countContext: "messages voisins ajoutés comme contexte",
  countAttachments: "Pièces jointes de ces messages",
  countAttachmentsGiven: "dont le contenu figure dans le dossier",
  countAttachmentsListed: "seulement énumérées",
  countUnaccounted: "NON EXPLIQUÉ\u00a0: ces nombres ne s’additionnent pas",
  countEventsGiven: "Événements figurant dans ce dossier",
  countExceptionsListed: "Lignes non lues énumérées en annexe",
  countWithheld: "Éléments non communiqués, chacun avec son motif",
  countWithheldRows: "dont messages entiers",
  countEdge: "Messages dont l’heure est inconnue ou chevauche une borne de la sélection",
  countNouns: (conversations, accounts, artifacts) =>
    `Conversations\u00a0: ${conversations} · comptes\u00a0: ${accounts} · fichiers à l’origine de ce dossier\u00a0: ${artifacts}`,

  sourcesHeading: "Sources telles que reçues",
  conversationsHeading: "Conversations",

  timeHeading: "Comment lire les heures",
  timeLead:
    "Chaque ligne montre son heure telle que la source l’écrit, puis l’instant en UTC s’il est connu, " +
    "puis ce sur quoi il repose. Aucune heure n’a été déplacée. Messages et événements de ce dossier\u00a0:",
  meansUtc: (rows) =>
    `${rows}\u00a0: «\u00a0UTC dans la source\u00a0» – la source indique un point dans le temps.`,
  meansOffset: (rows) =>
    `${rows}\u00a0: «\u00a0décalage dans la source\u00a0» – la source écrit l’écart à UTC à côté de l’heure.`,
  meansDeclared: (rows) =>
    `${rows}\u00a0: «\u00a0fuseau déclaré\u00a0» – la source n’écrit qu’une heure\u00a0; un analyste a déclaré son fuseau, qui n’est pas dans la source.`,
  meansUnknown: (rows) =>
    `${rows}\u00a0: «\u00a0fuseau inconnu\u00a0» – une heure sans fuseau connu, ou aucune heure\u00a0; rien n’en a été calculé.`,
  ambiguousRows: (rows) =>
    `${rows} dont la date peut se lire de plusieurs façons\u00a0: chaque lecture est montrée, aucune n’a été choisie.`,
  untimedRows: (rows) => `${rows} sans heure lisible.`,
  displayZone: (zone) =>
    `Là où la source n’écrit pas d’heure locale, la page montre l’heure de ${zone}, et le titre du jour le dit.`,

  signerHeading: "Signature",
  signerHolder: "Signataire",
  signerFingerprint: "Certificat (SHA-256)",
  rootFingerprint: "Racine (SHA-256)",
  extractDigest: "messages.jsonl (SHA-256)",
  contentDigest: "Contenu (SHA-256)",
  custodyRoot: "Racine du journal",
  timestamp: "Horodatage",
  timestamps: {
    none: "aucun\u00a0: l’heure de la signature est celle que le signataire déclare",
    expected: "un horodatage RFC 3161 appartient à ce dossier",
    later: "pas encore d’heure de confiance\u00a0: un horodatage doit être ajouté",
  },
  signerProves:
    "La signature montre que le dossier n’a pas changé depuis que le détenteur de cette clé l’a scellé. " +
    "Elle ne montre pas qui il est\u00a0: une clé que son détenteur a lui-même créée et certifiée ne vaut " +
    "que ce que vaut la voie par laquelle l’empreinte de la racine vous est parvenue. Comparez-la à une " +
    "empreinte reçue par une autre voie. Elle ne montre ni que les sources disent vrai, ni que rien n’en " +
    "a été retiré avant leur réception.",

  verifyHeading: "Trois façons de vérifier",
  verifyWithTool: (bundle) =>
    `Avec votre propre copie d’exhibita\u00a0: exhibita verify ${bundle} --root RACINE.pem, RACINE.pem vous étant parvenue par une autre voie. Intégrité, signataire, heure et complétude sont rapportées séparément.`,
  verifyByHand:
    "Sans elle\u00a0: décompresser le dossier dans un répertoire vide et suivre VERIFY.txt, avec sha256sum et openssl, ou avec PowerShell et certutil.",
  verifyWithReader: (report) =>
    `Avec un lecteur PDF\u00a0: ouvrir ${report}, consulter le panneau des signatures et comparer l’empreinte du certificat à celle ci-dessus. Cela ne porte que sur le rapport.`,

  limitsHeading: "Limites",
  limitPage:
    "Un texte dans une écriture de droite à gauche figure dans son ordre de lecture. Les marques qui renverseraient l’ordre d’un texte sont montrées et n’agissent pas\u00a0; celles qui ne font qu’isoler un nom agissent, et sont montrées. Les écritures sans police propre sont dessinées lettre par lettre, sans liaison.",
  limitListed:
    "Les décomptes sont la déclaration de l’auteur du dossier. Ce qui n’a jamais été exporté, ou a été supprimé auparavant, ne peut se voir ici.",

  receiptHeading: "Récépissé",
  receiptLead: (bundle) => `Le soussigné a reçu le dossier ${bundle}.`,
  receiptName: "Nom",
  receiptCapacity: "Qualité",
  receiptDate: "Lieu, date et heure",
  receiptSignature: "Signature",

  conversationBookmark: (id) => `Conversation ${id}`,
  conversationKinds: {
    direct: "à deux",
    group: "groupe",
    channel: "canal",
    self: "notes personnelles",
    unknown: "type non précisé",
  },
  conversationLine: (id, kind, service, artifact) =>
    `Conversation ${id} · ${kind} · ${service} · tirée de la pièce numérique A${artifact}`,
  inThisBundle: (given, known) =>
    `${given} des ${known} messages de cette conversation figurent dans ce dossier.`,
  notInThisBundle: (count, figure) =>
    count === 1
      ? "1 message de cette conversation ne figure pas dans ce dossier."
      : `${figure} messages de cette conversation ne figurent pas dans ce dossier.`,
  ofWhichContext: (count, figure) =>
    count === 1
      ? "1 d’entre eux a été ajouté comme contexte."
      : `${figure} d’entre eux ont été ajoutés comme contexte.`,
  eventsInThisBundle: (given, known) =>
    `Événements figurant dans ce dossier\u00a0: ${given} sur ${known}.`,
  accountsHeading: "Comptes tels que l’export les nomme",
  formatLacks: (what) => `Absent des exports de ce format\u00a0: ${what}.`,
  clockOf: (zone) => `heure de ${zone}`,
  timeUnknown: "Heure inconnue",
  dateUndecided: "Date non tranchée",
  noTimeWritten: "aucune heure écrite",
  written: (raw) => `écrit «\u00a0${raw}\u00a0»`,
  basisUtc: "UTC dans la source",
  basisOffset: (offset) => `décalage ${offset} dans la source`,
  basisDeclared: (zone) => `fuseau déclaré\u00a0: ${zone}`,
  basisUnknown: "fuseau inconnu",
  sourcePlace: (artifact, offset, length) => `A${artifact}:${offset}+${length}`,
  sourceRow: (artifact, row) => `A${artifact}, ligne ${row}`,
  messageKinds: {
    text: "texte",
    media: "média",
    call: "appel",
    poll: "sondage",
    location: "position",
    contact: "contact",
    deletion: "supprimé",
    unknown: "type inconnu",
  },
  eventKinds: { system: "avis du service", reaction: "réaction", edit: "modification" },
  eventNumber: (number) => `e${number}`,
  continued: (number) => `Message ${number}, suite`,
  continuedEvent: (number) => `Événement e${number}, suite`,
  context: "contexte",
  edited: "modifié",
  withheld: "non communiqué",
  nameWithheld: "Message non communiqué",
  withheldRow: (ground) => `Ce message n’est pas communiqué. Motif\u00a0: ${ground}`,
  couldBe: (readings) => `la date peut se lire ${readings}`,
  editedAt: (time) => `modifié\u00a0: ${time}`,
  replyTo: (number) => `en réponse au message ${number}`,
  replyElsewhere: (id) => `en réponse au message d’identifiant ${id}, qui ne figure pas ci-dessus`,
  reactions: (list) => `réactions\u00a0: ${list}`,
  otherFields: (list) => `autres champs\u00a0: ${list}`,
  attachment: (facts) => `pièce jointe\u00a0: ${facts}`,
  attachmentStates: {
    present: "présente",
    missing: "nommée, introuvable",
    absent: "omise par la source",
    withheld: "non communiquée",
    destroyed: "détruite",
  },
  flags: {
    "ambiguous-date": "le jour et le mois ne peuvent être distingués",
    "ambiguous-fold": "cette heure a eu lieu deux fois ce jour-là\u00a0; la première est donnée",
    "nonexistent-local": "les horloges ont sauté cette heure ce jour-là",
    "clock-24h-with-meridiem": "une heure sur 24 heures accompagnée de AM ou PM",
    "out-of-range": "l’heure est hors de ce qui peut être situé",
    unreadable: "l’heure n’a pu être lue",
    "edge-of-range": "l’heure est inconnue ou chevauche une borne de la sélection",
    "pasted-header":
      "semble contenir un message collé\u00a0: une ligne peut commencer dans le texte",
    "name-with-colon": "le nom peut se terminer à un autre deux-points",
    "imported-date": "la date est celle d’une importation",
    "unknown-type": "la source donne à cette ligne un type inconnu",
    "hidden-link": "un lien mène ailleurs que ne le dit son texte\u00a0: voir links",
    "text-differs": "la source contient ce texte deux fois, et différemment",
    "date-disagrees": "la source écrit cette heure deux fois, et différemment",
    "bad-utf8": "des octets qui ne sont pas de l’UTF-8 ont été remplacés",
    "lone-surrogate": "un demi-caractère de la source a été remplacé",
    "duplicate-key": "la source nomme un champ deux fois",
    "exact-number": "un nombre trop long pour être calculé est gardé tel quel",
    "text-cut": "le texte est coupé\u00a0: sa fin n’est que dans la source",
    "view-once": "média à ouvrir une seule fois",
    "after-unclosed-quote": "la ligne suit un guillemet jamais refermé",
    "stray-quote": "un guillemet se trouve là où il ne devrait pas",
    withheld: "non communiqué",
  },

  appendices: "Annexes",
  artifactsHeading: "Annexe A – Pièces numériques",
  artifactsLead: "Chaque fichier à l’origine de ce dossier, tel que reçu ou trouvé dans un autre.",
  roles: { source: "source", member: "élément d’une source" },
  originalName: (name) => `nom d’origine «\u00a0${name}\u00a0»`,
  acquiredAt: (time) => `acquis le ${time}`,
  containedIn: (container, entry) => `trouvé dans A${container} sous «\u00a0${entry}\u00a0»`,
  parsedAs: (format, version) => `lu comme ${format}, version ${version} du lecteur`,
  readAs: (units, messages, events, exceptions) =>
    `${units} lignes = ${messages} messages + ${events} événements + ${exceptions} lignes non lues`,
  parseOptions: (options) => `lu avec ${options}`,
  finding: (text) => `constat\u00a0: ${text}`,
  inTheBundle: (file) => `dans le dossier\u00a0: ${file}`,

  exceptionsHeading: "Annexe B – Lignes non lues",
  exceptionsLead:
    "Lignes des sources qui n’ont pu être lues. Elles sont comptées, et rien n’en est deviné.",

  custodyHeading: "Annexe C – Extrait du journal de conservation",
  custodyLead: (lines) =>
    `Les lignes du journal sur lesquelles repose ce dossier, sur un total de ${lines}. À droite, les 16 premiers chiffres de l’empreinte de chaque ligne\u00a0; data/custody.jsonl contient les lignes et leurs preuves.`,
  custodyLast: "Dernière ligne",
  custodyActions: {
    created: "affaire créée",
    acquired: "acquis",
    "offered-again": "présenté de nouveau",
    parsed: "lu",
    reparsed: "relu",
    declared: "déclaré",
    linked: "comptes rapprochés",
    unlinked: "rapprochement retiré",
    tagged: "étiqueté",
    untagged: "étiquette retirée",
    withheld: "retenu",
    released: "libéré",
    selected: "sélectionné",
    planned: "planifié",
    bundled: "mis en dossier",
    sealed: "scellé",
    transferred: "transmis",
    received: "reçu",
    returned: "restitué",
    copied: "copié",
    destroyed: "détruit",
    exported: "exporté",
    stamped: "horodaté",
    countersigned: "contresigné",
    refused: "refusé",
    interrupted: "interrompu",
    rebuilt: "index reconstruit",
    checked: "contrôlé",
    failed: "échoué",
  },
  clockBackwards: "l’horloge était en retard sur celle de la ligne précédente",

  substitutedHeading: "Annexe D – Caractères représentés par des marques",
  substitutedLead:
    "Caractères qu’aucune police de ce rapport ne dessine, ou qui seraient invisibles ou changeraient l’ordre du texte. Chacun figure sur la page comme une marque en petits caractères, et tel quel dans l’extrait.",
  substitutedTotal: (kinds, times, highest) =>
    `${kinds} caractères différents, ${times} fois en tout\u00a0; le plus élevé est U+${highest}.`,

  glossaryHeading: "Annexe E – Vocabulaire",
  glossary: GLOSSARY_FR,

  sourceCheckHeading: "Annexe F – Contrôler un message sur sa source",
  sourceCheckSteps: [
    "Relever le numéro de la pièce numérique à côté du message (A1:120+54\u00a0: 54 octets de la pièce A1, le premier à la position 120) et son SHA-256 en annexe A.",
    "Prendre le fichier source qui a cette empreinte, dans le dossier ou auprès de qui détient le scellé.",
    "Si cette pièce est une archive, en extraire l’élément que l’extrait nomme pour le message (locator.entry)\u00a0: les positions comptent ses octets.",
    "En extraire les octets\u00a0: tail -c +121 FICHIER | head -c 54 (le nombre après + est l’octet plus un).",
    "C’est la ligne telle que la source l’écrit\u00a0; l’extrait la contient à l’identique sous raw.",
  ],
};
