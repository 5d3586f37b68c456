import { sha256 } from "../../src/hash/digest.ts";
import type { CustodyAction, CustodyEntry } from "../../src/model/custody.ts";
import type {
  ArtifactLine,
  AttachmentLine,
  BundleDescription,
  ConversationLine,
  EventLine,
  Language,
  MessageLine,
  Production,
} from "../../src/model/production.ts";
import type { ReportSigner } from "../../src/report/drawing.ts";
import type { MessageTime } from "../../src/model/time.ts";
import {
  ambiguousTime,
  epochTime,
  localTime,
  offsetTime,
  unknownTime,
} from "../../src/time/read.ts";

/** A production of invented people, with one of everything that the report has to show. */

export const SIGNER: ReportSigner = {
  holder: "Unité de démonstration",
  fingerprint: sha256("certificate"),
  rootFingerprint: sha256("root"),
};

const LONG_WORD = "x".repeat(500);
const LONG_TEXT = "Une phrase qui revient, encore et encore, pour remplir des pages. ".repeat(310);

const ALICE = "acc-0001";
const BRUNO = "acc-0002";
const CHARLIE = "acc-0003";

let offset = 0;

/** A message of the first conversation; `over` changes what matters to the reader of a test. */
export function message(
  number: number,
  text: string,
  over: Partial<MessageLine> = {},
): MessageLine {
  offset += 97;
  return {
    type: "message",
    number,
    id: `${sha256("source").slice(0, 32)}-${offset}`,
    conversation: "c-1",
    account: number % 2 === 0 ? BRUNO : ALICE,
    name: number % 2 === 0 ? "Bruno Lefèvre" : "Alice Müller-Żak",
    time: localTime(
      `13/06/2018, 21:${String(number % 60).padStart(2, "0")}`,
      `2018-06-13T21:${String(number % 60).padStart(2, "0")}:00`,
      "minute",
      "Europe/Paris",
    ),
    text,
    flags: [],
    artifact: 1,
    locator: { entry: "_chat.txt", offset, length: 80, byteCheckable: true },
    salt: "00".repeat(16),
    sliceDigest: sha256(text),
    context: false,
    extra: {},
    kind: "text",
    attachments: [],
    nativeId: null,
    replyTo: null,
    edited: null,
    ...over,
  };
}

function event(number: number, text: string, over: Partial<EventLine> = {}): EventLine {
  const like = message(number, text);
  return {
    type: "event",
    kind: "system",
    number,
    id: `${like.id}.e`,
    conversation: like.conversation,
    account: null,
    name: null,
    time: like.time,
    text,
    flags: [],
    artifact: like.artifact,
    locator: like.locator,
    salt: like.salt,
    sliceDigest: like.sliceDigest,
    context: false,
    extra: {},
    ...over,
  };
}

const PHOTO: AttachmentLine = {
  name: "IMG-20180613-WA0001.jpg",
  state: "present",
  literal: "IMG-20180613-WA0001.jpg (fichier joint)",
  media: "photo",
  mime: "image/jpeg",
  artifact: 3,
  sha256: sha256("photo"),
  size: 1_234_567,
  file: "data/attachments/000001.jpg",
};

const WITHHELD: AttachmentLine = {
  ...PHOTO,
  name: null,
  literal: null,
  state: "withheld",
  artifact: null,
  sha256: null,
  size: null,
  file: null,
  ground: "art. 11 CPP, image d'un mineur",
};

const inSecond = (time: MessageTime, over: Partial<MessageLine>): Partial<MessageLine> => ({
  conversation: "c-2",
  account: CHARLIE,
  name: "Charlie 🦊",
  artifact: 2,
  time,
  ...over,
});

function messagesOf(): MessageLine[] {
  offset = 0;
  const first = [
    message(1, "Bonsoir Bruno, tu as reçu le colis ? L’adresse est « 12, rue de l’Œuvre »."),
    message(2, "Oui 👍🏽 merci ! Je passe demain à 9 h 30 😀", {
      extra: {
        reactions: [{ emoji: "❤", count: 2, recent: [{ from: "Alice" }] }],
        forwarded_from: "Canal de test",
      },
    }),
    message(3, "", { kind: "media", attachments: [PHOTO] }),
    message(4, "Et celle-ci ?", { attachments: [WITHHELD], kind: "media" }),
    message(5, "Première ligne\nDeuxième ligne\n\nQuatrième, après une ligne vide"),
    message(6, `Un mot très long : ${LONG_WORD} fin.`),
    message(
      7,
      "Contrôles : \u202Eolleh\u202C, zéro\u200Blargeur, tab\tici, cloche\u0007, nul\u0000.",
    ),
    message(8, "שלום עולם, puis du français."),
    message(9, "cafe\u0301 décomposé, n\u0303, et e\u0323\u0302 ; 中文 ; 𝕘𝕠𝕥𝕙𝕚𝕔"),
    message(10, "", { withheld: { ground: "secret professionnel" }, name: null, text: "" }),
    message(11, "voisin ajouté", { context: true }),
    message(12, LONG_TEXT),
    message(13, "", { kind: "deletion" }),
    message(14, "Rendez-vous annulé.", {
      edited: localTime("13/06/2018, 21:20", "2018-06-13T21:20:00", "minute", "Europe/Paris"),
      flags: ["pasted-header"],
    }),
    message(15, "Sous ce chiffre, date impossible à trancher.", {
      time: ambiguousTime(
        "06/07/2018, 21:25",
        ["2018-07-06T21:25:00", "2018-06-07T21:25:00"],
        "minute",
      ),
    }),
    message(16, "Sans heure lisible.", { time: unknownTime("??/??/????", ["unreadable"]) }),
  ];
  const photoMissing: AttachmentLine = {
    ...PHOTO,
    state: "missing",
    artifact: null,
    sha256: null,
    size: null,
    file: null,
  };
  const second = [
    message(
      17,
      "Hello from London",
      inSecond(epochTime("1528917915", 1_528_917_915_000, "second"), { nativeId: "900" }),
    ),
    message(
      18,
      "Answer",
      inSecond(offsetTime("2018-06-14T08:00:00+02:00", "2018-06-14T08:00:00", "+02:00", "second"), {
        nativeId: "901",
        replyTo: "900",
      }),
    ),
    message(
      19,
      "Answer to something else",
      inSecond(epochTime("1528977915", 1_528_977_915_000, "second"), {
        replyTo: "12",
        attachments: [photoMissing],
      }),
    ),
    message(
      20,
      "No zone at all",
      inSecond(localTime("14/06/2018 22:10:11", "2018-06-14T22:10:11", "second", null), {}),
    ),
  ];
  return [...first, ...second];
}

function eventsOf(): EventLine[] {
  const opening = event(1, "Les messages et les appels sont chiffrés de bout en bout.");
  const second = event(2, "Charlie 🦊 changed the group name to “Fox & friends”", {
    conversation: "c-2",
    artifact: 2,
    time: epochTime("1528917900", 1_528_917_900_000, "second"),
  });
  return [
    { ...opening, locator: { ...opening.locator, offset: 0 } },
    { ...second, locator: { ...second.locator, offset: 0 } },
  ];
}

function artifact(number: number, over: Partial<ArtifactLine>): ArtifactLine {
  return {
    type: "artifact",
    number,
    role: "source",
    sha256: sha256(`artifact ${number}`),
    size: 48_213,
    name: null,
    format: "whatsapp",
    formatVersion: 1,
    exhibit: "SC-3",
    acquired: "2026-11-20T09:12:44Z",
    container: null,
    entry: null,
    counts: { units: 40, messages: 36, events: 2, exceptions: 2 },
    findings: [{ code: "mixed-line-ends", detail: "CRLF and LF", count: 2 }],
    options: { zone: "Europe/Paris", dateOrder: "dmy" },
    file: null,
    ...over,
  };
}

const CONVERSATIONS: readonly ConversationLine[] = [
  {
    type: "conversation",
    id: "c-1",
    title: "Discussion WhatsApp avec Bruno Lefèvre",
    kind: "direct",
    nativeId: null,
    service: "whatsapp",
    artifact: 1,
    accounts: [ALICE, BRUNO],
    messages: { inCase: 36, inBundle: 16, context: 1 },
    events: { inCase: 1, inBundle: 1 },
    lacks: ["read receipts", "the earlier text of an edited message"],
  },
  {
    type: "conversation",
    id: "c-2",
    title: null,
    kind: "group",
    nativeId: "777000",
    service: "telegram",
    artifact: 2,
    accounts: [CHARLIE],
    messages: { inCase: 4, inBundle: 4, context: 0 },
    events: { inCase: 1, inBundle: 1 },
    lacks: [],
  },
];

function entry(seq: number, action: CustodyAction, over: Partial<CustodyEntry> = {}): CustodyEntry {
  return {
    seq,
    at: `2026-11-20T09:1${seq}:44Z`,
    monotonic: String(seq * 1000),
    action,
    actor: "agent 4711",
    tool: { exhibita: "0.1.0", node: "24.21.0", sqlite: "3.54.1", tz: "2026a", unicode: "17.0" },
    artifacts: [{ number: 1, sha256: sha256("artifact 1") }],
    options: {},
    salt: "11".repeat(16),
    prev: sha256(String(seq - 1)),
    privateDigest: sha256("private"),
    ...over,
  };
}

/** The description of the sample; `counts` are those of its rows. */
function describe(language: Language): BundleDescription {
  const french = language === "fr";
  return {
    schema: 1,
    type: "exhibita-bundle",
    id: "2024-00311-P001",
    case: { number: "2024/118", title: "Démonstration", agency: "Unité de démonstration" },
    procedure: "2024-00311",
    production: 1,
    officer: "4711",
    preparedBy: "analyste 0815",
    recipient: french ? "Mme la juge d'instruction" : "The investigating judge",
    language,
    created: "2026-11-23T10:00:00Z",
    createdFrom: "source-date-epoch",
    selection: {
      query: "colis",
      from: null,
      to: null,
      rangeZone: null,
      accounts: [],
      conversations: ["c-1", "c-2"],
      exhibits: [],
      kinds: [],
      tags: [],
      wholeCase: false,
      wholeConversations: false,
      context: 1,
    },
    selectionText: french
      ? "Messages des conversations c-1 et c-2 contenant « colis », avec 1 message voisin de part et d'autre."
      : "Messages of the conversations c-1 and c-2 containing “colis”, with 1 neighbour on each side.",
    options: { media: true, originals: false, raw: true, private: false },
    authority: french ? "commission rogatoire du 4 juin 2024" : "letter rogatory of 4 June 2024",
    counts: {
      messages: 20,
      events: 2,
      exceptions: 2,
      conversations: 2,
      accounts: 3,
      artifacts: 3,
      attachments: 3,
      attachmentsIncluded: 1,
      withheld: 2,
      context: 1,
      edgeOfRange: 2,
      messagesInConversations: 40,
      sources: { units: 44, messages: 40, events: 2, exceptions: 2 },
    },
    tool: { exhibita: "0.1.0", node: "24.21.0", sqlite: "3.54.1", tz: "2026a", unicode: "17.0" },
    dependencies: {},
    displayZone: "Europe/Paris",
    timeRules: [],
    limits: [],
    timestamp: "none",
    custody: { size: 6, root: sha256("root of the journal"), last: sha256("last") },
    anchor: { size: 7, root: sha256("anchor"), last: sha256("anchor last") },
    extractSha256: sha256("extract"),
    contentDigest: sha256("content"),
    previous: null,
  };
}

/** The sample in a language. */
export function sample(language: Language = "fr"): Production {
  return {
    description: describe(language),
    conversations: CONVERSATIONS,
    accounts: [
      account(ALICE, "Alice Müller-Żak", "33612345678@s.whatsapp.net"),
      account(BRUNO, "Bruno Lefèvre", null),
      account(CHARLIE, "Charlie 🦊", "user777"),
    ],
    artifacts: [
      artifact(1, { name: "Discussion WhatsApp avec Bruno.zip" }),
      artifact(2, {
        exhibit: null,
        format: "telegram",
        size: 9_120,
        counts: { units: 4, messages: 4, events: 0, exceptions: 0 },
        findings: [],
        options: {},
      }),
      artifact(3, {
        role: "member",
        format: null,
        formatVersion: null,
        counts: null,
        findings: [],
        options: {},
        container: 1,
        entry: "IMG-20180613-WA0001.jpg",
        size: 1_234_567,
        file: "data/attachments/000001.jpg",
      }),
    ],
    exceptions: [
      {
        type: "exception",
        id: "e-1",
        code: "no-header",
        detail: "a line before the first message",
        artifact: 1,
        locator: { entry: "_chat.txt", offset: 12, length: 44, byteCheckable: true },
      },
      {
        type: "exception",
        id: "e-2",
        code: "bad-utf8",
        detail: "bytes that are not UTF-8",
        artifact: 1,
        locator: { entry: "_chat.txt", offset: 4_012, length: 7, byteCheckable: true },
      },
    ],
    custody: [
      entry(1, "created", { artifacts: [] }),
      entry(2, "acquired", {
        exhibit: "SC-3",
        note: "remis par l'agent 12 au greffe, sous enveloppe fermée",
      }),
      entry(3, "parsed"),
      entry(4, "selected", { authority: "commission rogatoire du 4 juin 2024" }),
    ].map((line, index) => ({ type: "custody", entry: line, proof: { index, path: [] } })),
    messages: messagesOf,
    events: eventsOf,
  };
}

function account(
  id: string,
  name: string,
  nativeId: string | null,
): Production["accounts"][number] {
  return {
    type: "account",
    id,
    service: "whatsapp",
    nativeId,
    name,
    artifact: 1,
    names: [name],
    messages: 8,
  };
}

/** The sample with these messages in its first conversation and nothing else in its rows. */
export function productionOf(
  messages: readonly MessageLine[],
  language: Language = "en",
): Production {
  const base = sample(language);
  const [first] = base.conversations;
  if (first === undefined) throw new Error("the sample has a conversation");
  const count = messages.length;
  const counts = {
    ...base.description.counts,
    messages: count,
    events: 0,
    context: 0,
    messagesInConversations: count,
    sources: { units: count, messages: count, events: 0, exceptions: 0 },
  };
  return {
    ...base,
    description: { ...base.description, counts },
    conversations: [{ ...first, messages: { inCase: count, inBundle: count, context: 0 } }],
    messages: () => messages,
    events: () => [],
  };
}
