import type { ReportWords } from "./catalogue.ts";
import { GLOSSARY_EN } from "./report.glossary.ts";

/** The report in English. */
export const REPORT_EN: ReportWords = {
  thousands: ",",
  months: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  longDate: (weekday, day, month, year) => `${weekday} ${day} ${month} ${year}`,

  none: "none",
  notStated: "not stated",
  or: "or",
  quoted: (text) => `“${text}”`,
  untitled: "Conversation without a title",
  unnamed: "name not given",
  bytes: (count) => `${count} bytes`,
  artifactNumber: (number) => `artifact A${number}`,
  exhibit: (number) => `exhibit ${number}`,
  noExhibit: "no exhibit number",
  notParsed: "not read as a conversation",
  digestWithheld: "SHA-256 withheld",
  ground: (text) => `ground: ${text}`,

  runningHead: (procedure, bundle) => `Procedure ${procedure} · bundle ${bundle}`,
  runningFoot: (digest) => `data/messages.jsonl · SHA-256 begins ${digest}`,
  range: (first, last) => (first === last ? `Message ${first}` : `Messages ${first}–${last}`),
  page: (number) => `Page ${number} of\u00a0`,

  coverBookmark: "Cover sheet",
  title: "Extract of conversations",
  subtitle: (procedure) => `Procedure ${procedure}`,
  authoritative:
    "This report is for reading. The authoritative text is data/messages.jsonl in the bundle: " +
    "where the two differ, that file prevails. A character that cannot be printed stands here as a " +
    "small mark such as [U+202E]; an appendix counts them.",
  bundle: "Bundle",
  caseNumber: "Case",
  caseTitle: "Title",
  procedure: "Procedure",
  productionNumber: "Production",
  recipient: "Recipient",
  agency: "Agency",
  officer: "Case officer",
  preparedBy: "Prepared by",
  authority: "Legal authority",
  created: "Made (UTC)",
  createdFromEpoch: "date fixed by SOURCE_DATE_EPOCH",
  language: "Language",
  languageName: "English",
  previous: "Previous bundle",
  tool: "Tool",

  selectionHeading: "What was selected",
  selectionLead: "The selection, word for word:",
  wholeCase: "All conversations of the case.",
  wholeConversations: "Every conversation with a match is given whole.",
  contextAdded: (n) =>
    `Up to ${n} neighbouring ${n === 1 ? "message" : "messages"} on each side of a match, marked [context].`,
  withMedia: "The bytes of attachments are in the bundle where the list names a file for them.",
  withoutMedia: "Attachments are listed; their bytes are not in the bundle.",
  withOriginals:
    "The source files are in the bundle as they were received, but for those that hold something withheld.",
  withoutOriginals: "The source files are listed by their digest; they are not in the bundle.",
  withRaw: "The extract holds each row also as the source writes it.",
  withoutRaw: "The extract does not hold the rows as the source writes them.",
  withPrivate: "Host names, paths and original file names of the custody journal are given.",
  withoutPrivate:
    "Host names, paths and original file names of the custody journal are not given; their digests are.",

  countsHeading: "Counts",
  countUnits: "Rows in the sources named below",
  countMessages: "messages",
  countEvents: "events (notices, reactions, edits)",
  countExceptions: "rows that could not be read",
  countInConversations: "Messages of the conversations named below",
  countGiven: "Messages in this bundle",
  countNotGiven: "messages not in this bundle",
  countMatched: "messages that match the selection",
  countContext: "neighbours added as context",
  countAttachments: "Attachments of these messages",
  countAttachmentsGiven: "with their bytes in the bundle",
  countAttachmentsListed: "listed only",
  countUnaccounted: "UNACCOUNTED FOR: these figures do not add up",
  countEventsGiven: "Events in this bundle",
  countExceptionsListed: "Exceptions listed in the appendix",
  countWithheld: "Items withheld, each shown with its ground",
  countWithheldRows: "of which whole messages",
  countEdge: "Messages whose time is unknown or spans a bound of the selection",
  countNouns: (conversations, accounts, artifacts) =>
    `Conversations: ${conversations} · accounts: ${accounts} · files behind this bundle: ${artifacts}`,

  sourcesHeading: "Sources as received",
  conversationsHeading: "Conversations",

  timeHeading: "How times are to be read",
  timeLead:
    "Each row shows its time as the source writes it, then the instant in UTC where there is one, " +
    "then what that rests on. No time was moved. Messages and events of this bundle:",
  meansUtc: (rows) => `${rows}: “UTC in the source” – the source states a point in time.`,
  meansOffset: (rows) =>
    `${rows}: “offset in the source” – the source writes the difference to UTC beside the clock.`,
  meansDeclared: (rows) =>
    `${rows}: “zone declared” – the source writes a clock only; an analyst declared its zone, which is not in the source.`,
  meansUnknown: (rows) =>
    `${rows}: “zone unknown” – a clock of no known zone, or no time; nothing was computed from it.`,
  ambiguousRows: (rows) =>
    `${rows} with a date that can be read in more than one way: every reading is shown, none was chosen.`,
  untimedRows: (rows) => `${rows} without a time that could be read.`,
  displayZone: (zone) =>
    `Where the source writes no clock of its own, the page shows the clock of ${zone}, and the day heading says so.`,

  signerHeading: "Signature",
  signerHolder: "Signer",
  signerFingerprint: "Certificate (SHA-256)",
  rootFingerprint: "Root (SHA-256)",
  extractDigest: "messages.jsonl (SHA-256)",
  contentDigest: "Content (SHA-256)",
  custodyRoot: "Custody journal root",
  timestamp: "Time-stamp",
  timestamps: {
    none: "none: the time of the signature is the signer’s own claim",
    expected: "an RFC 3161 time-stamp belongs to this bundle",
    later: "no trusted time yet: a time-stamp is to be added later",
  },
  signerProves:
    "The signature shows that the bundle has not changed since the holder of this key sealed it. It " +
    "does not show who that is: a key that its holder made and certified is only as good as the way by " +
    "which the root’s fingerprint reached you. Compare it with one received by another way. It does " +
    "not show that the sources are true, nor that nothing was left out before they were received.",

  verifyHeading: "Three ways to verify",
  verifyWithTool: (bundle) =>
    `With your own copy of exhibita: exhibita verify ${bundle} --root ROOT.pem, where ROOT.pem came to you by another way. Intact, signer, time and completeness are reported apart.`,
  verifyByHand:
    "Without it: unzip the bundle into an empty folder and follow VERIFY.txt, with sha256sum and openssl, or with PowerShell and certutil.",
  verifyWithReader: (report) =>
    `With a PDF reader: open ${report}, look at its signature panel, and compare the certificate’s fingerprint with the one above. This covers the report alone.`,

  limitsHeading: "Limits",
  limitPage:
    "Text in a script written from right to left stands in its reading order. Marks that would turn the order of a text are shown and do not act; marks that only set a name apart do act, and are shown. Scripts without a font of their own are drawn letter by letter, not joined.",
  limitListed:
    "The counts are the maker’s statement. What was never exported, or deleted before, cannot be seen here.",

  receiptHeading: "Receipt",
  receiptLead: (bundle) => `The undersigned received bundle ${bundle}.`,
  receiptName: "Name",
  receiptCapacity: "Capacity",
  receiptDate: "Place, date and time",
  receiptSignature: "Signature",

  conversationBookmark: (id) => `Conversation ${id}`,
  conversationKinds: {
    direct: "between two",
    group: "group",
    channel: "channel",
    self: "notes to self",
    unknown: "kind not stated",
  },
  conversationLine: (id, kind, service, artifact) =>
    `Conversation ${id} · ${kind} · ${service} · from artifact A${artifact}`,
  inThisBundle: (given, known) =>
    `${given} of ${known} messages of this conversation are in this bundle.`,
  notInThisBundle: (count, figure) =>
    count === 1
      ? "1 message of this conversation is not in this bundle."
      : `${figure} messages of this conversation are not in this bundle.`,
  ofWhichContext: (count, figure) =>
    count === 1 ? "1 of them was added as context." : `${figure} of them were added as context.`,
  eventsInThisBundle: (given, known) => `${given} of ${known} events are in this bundle.`,
  accountsHeading: "Accounts as the export names them",
  formatLacks: (what) => `Absent from exports of this format: ${what}.`,
  clockOf: (zone) => `clock of ${zone}`,
  timeUnknown: "Time unknown",
  dateUndecided: "Date not decided",
  noTimeWritten: "no time written",
  written: (raw) => `written “${raw}”`,
  basisUtc: "UTC in the source",
  basisOffset: (offset) => `offset ${offset} in the source`,
  basisDeclared: (zone) => `zone declared: ${zone}`,
  basisUnknown: "zone unknown",
  sourcePlace: (artifact, offset, length) => `A${artifact}:${offset}+${length}`,
  sourceRow: (artifact, row) => `A${artifact}, row ${row}`,
  messageKinds: {
    text: "text",
    media: "media",
    call: "call",
    poll: "poll",
    location: "location",
    contact: "contact",
    deletion: "deleted",
    unknown: "kind unknown",
  },
  eventKinds: { system: "notice", reaction: "reaction", edit: "edit" },
  eventNumber: (number) => `e${number}`,
  continued: (number) => `Message ${number}, continued`,
  continuedEvent: (number) => `Event e${number}, continued`,
  context: "context",
  edited: "edited",
  withheld: "withheld",
  nameWithheld: "Message withheld",
  withheldRow: (ground) => `This message is withheld. Ground: ${ground}`,
  couldBe: (readings) => `the date can be read as ${readings}`,
  editedAt: (time) => `edited: ${time}`,
  replyTo: (number) => `in reply to message ${number}`,
  replyElsewhere: (id) => `in reply to the message with the id ${id}, which is not above`,
  reactions: (list) => `reactions: ${list}`,
  otherFields: (list) => `further fields: ${list}`,
  attachment: (facts) => `attachment: ${facts}`,
  attachmentStates: {
    present: "present",
    missing: "named, not found",
    absent: "left out by the source",
    withheld: "withheld",
    destroyed: "destroyed",
  },
  flags: {
    "ambiguous-date": "day and month cannot be told apart",
    "ambiguous-fold": "this hour came twice that day; the earlier is given",
    "nonexistent-local": "the clocks skipped this hour that day",
    "clock-24h-with-meridiem": "a 24-hour clock with AM or PM beside it",
    "out-of-range": "the time lies outside what can be placed",
    unreadable: "the time could not be read",
    "edge-of-range": "the time is unknown or spans a bound of the selection",
    "pasted-header": "looks like a pasted message: a row may begin inside the text",
    "name-with-colon": "the name may end at another colon",
    "imported-date": "the date is the one of an import",
    "unknown-type": "the source gives this row a type that is not known",
    "hidden-link": "a link leads elsewhere than its text says: see links",
    "text-differs": "the source holds this text twice, and differently",
    "date-disagrees": "the source writes this time twice, and differently",
    "bad-utf8": "bytes that are not UTF-8 were replaced",
    "lone-surrogate": "half a character in the source was replaced",
    "duplicate-key": "the source names a field twice",
    "exact-number": "a number too long to be computed is kept as written",
    "text-cut": "the text is cut: its end is in the source only",
    "view-once": "media that could be opened once",
    "after-unclosed-quote": "the row follows a quotation mark that was never closed",
    "stray-quote": "a quotation mark stands where none should",
    withheld: "withheld",
  },

  appendices: "Appendices",
  artifactsHeading: "Appendix A – Artifacts",
  artifactsLead: "Every file behind this bundle, as it was received or found inside another.",
  roles: { source: "source", member: "member" },
  originalName: (name) => `original name “${name}”`,
  acquiredAt: (time) => `acquired ${time}`,
  containedIn: (container, entry) => `found in A${container} as “${entry}”`,
  parsedAs: (format, version) => `read as ${format}, reader version ${version}`,
  readAs: (units, messages, events, exceptions) =>
    `${units} rows = ${messages} messages + ${events} events + ${exceptions} exceptions`,
  parseOptions: (options) => `read with ${options}`,
  finding: (text) => `finding: ${text}`,
  inTheBundle: (file) => `in the bundle: ${file}`,

  exceptionsHeading: "Appendix B – Exceptions",
  exceptionsLead:
    "Rows of the sources that could not be read. They are counted, and nothing of them is guessed.",

  custodyHeading: "Appendix C – Extract of the custody journal",
  custodyLead: (lines) =>
    `The journal lines this bundle rests on, out of ${lines}. On the right, the first 16 digits of each line’s digest; data/custody.jsonl holds the lines and their proofs.`,
  custodyLast: "Last line",
  custodyActions: {
    created: "case created",
    acquired: "acquired",
    "offered-again": "offered again",
    parsed: "read",
    reparsed: "read again",
    declared: "declared",
    linked: "accounts linked",
    unlinked: "accounts unlinked",
    tagged: "tagged",
    untagged: "tag removed",
    withheld: "withheld",
    released: "released",
    selected: "selected",
    planned: "planned",
    bundled: "bundled",
    sealed: "sealed",
    transferred: "transferred",
    received: "received",
    returned: "returned",
    copied: "copied",
    destroyed: "destroyed",
    exported: "exported",
    stamped: "time-stamped",
    countersigned: "countersigned",
    refused: "refused",
    interrupted: "interrupted",
    rebuilt: "index rebuilt",
    checked: "checked",
    failed: "failed",
  },
  clockBackwards: "the clock stood before that of the line before",

  substitutedHeading: "Appendix D – Characters shown as marks",
  substitutedLead:
    "Characters that no font of this report can draw, or that would be invisible or change the order of the text. Each stands on the page as a mark in small type, and in the extract as itself.",
  substitutedTotal: (kinds, times, highest) =>
    `${kinds} different characters, ${times} times in all; the highest is U+${highest}.`,

  glossaryHeading: "Appendix E – Words used",
  glossary: GLOSSARY_EN,

  sourceCheckHeading: "Appendix F – Checking a message against its source",
  sourceCheckSteps: [
    "Find the artifact’s number beside the message (A1:120+54 is 54 bytes of artifact A1, the first at offset 120) and its SHA-256 in appendix A.",
    "Take the source file with that digest, from the bundle or from whoever holds the exhibit.",
    "Where that artifact is an archive, unpack the entry that the extract names for the message (locator.entry): offsets count its bytes.",
    "Cut the bytes out: tail -c +121 FILE | head -c 54 (the number after + is the byte plus one).",
    "They are the row as the source writes it; the extract holds the same under raw.",
  ],
};
