import { sha256, saltedDigest } from "../../src/hash/digest.ts";
import { canonical } from "../../src/hash/canonical.ts";
import type { CustodyEntry } from "../../src/model/custody.ts";
import type { Locator } from "../../src/model/locator.ts";
import type {
  ArtifactLine,
  ConversationLine,
  EventLine,
  MessageLine,
} from "../../src/model/production.ts";

/** Lines of a production about synthetic people, made by hand from two small sources. */

export const CHAT: Buffer = Buffer.from(
  [
    "12/03/2024, 09:14 - Messages and calls are end-to-end encrypted.",
    "12/03/2024, 09:15 - Mara Lindqvist: boat leaves at six",
    "12/03/2024, 09:16 - Tomas Weir: bring the blue bag \u{1F9F3}",
    "12/03/2024, 09:17 - Mara Lindqvist: <Media omitted>",
    "",
  ].join("\n"),
);

export const ARCHIVED: Buffer = Buffer.from("13/03/2024, 10:00 - Mara Lindqvist: all done\n");

const TOOL = {
  exhibita: "0.1.0",
  node: "v24.0.0",
  sqlite: "3.54.1",
  tz: "2026a",
  unicode: "17.0",
};

export const SAMPLE_TOOL: typeof TOOL = TOOL;

interface Place {
  readonly artifact: number;
  readonly conversation: string;
  readonly locator: Locator;
  readonly slice: Buffer;
}

function rowOf(number: number, place: Place, text: string) {
  const salt = sha256(`salt ${place.artifact} ${place.locator.offset}`).slice(0, 32);
  return {
    number,
    id: `${sha256(place.slice).slice(0, 32)}-${place.locator.offset}`,
    conversation: place.conversation,
    account: "a1",
    name: "Mara Lindqvist",
    time: {
      raw: "12/03/2024, 09:15",
      local: "2024-03-12T09:15:00",
      candidates: [],
      instant: null,
      basis: "unknown",
      zone: null,
      precision: "minute",
      flags: [],
    },
    text,
    flags: [],
    artifact: place.artifact,
    locator: place.locator,
    raw: place.slice.toString("utf8"),
    salt,
    sliceDigest: saltedDigest(salt, place.slice),
    context: false,
    extra: {},
  } as const;
}

function inChat(line: number): Place {
  const lines = CHAT.toString("utf8").split("\n");
  const offset = Buffer.byteLength(lines.slice(0, line).join("\n")) + (line === 0 ? 0 : 1);
  const slice = Buffer.from(lines[line] ?? "");
  const locator = { entry: null, offset, length: slice.length, byteCheckable: true };
  return { artifact: 1, conversation: "c1", locator, slice };
}

function inArchive(): Place {
  const slice = ARCHIVED.subarray(0, ARCHIVED.length - 1);
  const locator = { entry: "_chat.txt", offset: 0, length: slice.length, byteCheckable: true };
  return { artifact: 2, conversation: "c2", locator, slice };
}

function inDatabase(): Place {
  const slice = Buffer.from(canonical({ body: "row of a database", id: 7 }));
  const locator = { entry: null, offset: 0, length: 0, row: 7, byteCheckable: false };
  return { artifact: 3, conversation: "c2", locator, slice };
}

function messageOf(number: number, place: Place, text: string): MessageLine {
  return {
    type: "message",
    ...rowOf(number, place, text),
    kind: "text",
    attachments: [],
    nativeId: null,
    replyTo: null,
    edited: null,
  };
}

export function sampleMessages(): readonly MessageLine[] {
  const photo = {
    name: null,
    state: "absent",
    literal: "<Media omitted>",
    media: null,
    mime: null,
    artifact: null,
    sha256: null,
    size: null,
    file: null,
  } as const;
  return [
    messageOf(1, inChat(1), "boat leaves at six"),
    messageOf(2, inChat(2), "bring the blue bag \u{1F9F3}"),
    { ...messageOf(3, inChat(3), "<Media omitted>"), attachments: [photo] },
    { ...messageOf(4, inArchive(), "all done"), context: true },
    messageOf(5, inDatabase(), "row of a database"),
  ];
}

export function sampleEvents(): readonly EventLine[] {
  return [{ type: "event", ...rowOf(1, inChat(0), "encrypted"), kind: "system" }];
}

function conversationOf(
  id: string,
  artifact: number,
  inBundle: number,
  context: number,
  events: number,
): ConversationLine {
  return {
    type: "conversation",
    id,
    title: `Conversation ${id}`,
    kind: "direct",
    nativeId: null,
    service: "whatsapp",
    artifact,
    accounts: ["a1"],
    messages: { inCase: inBundle + 10, inBundle, context },
    events: { inCase: events, inBundle: events },
    lacks: [],
  };
}

export function sampleConversations(): readonly ConversationLine[] {
  return [conversationOf("c1", 1, 3, 0, 1), conversationOf("c2", 2, 2, 1, 0)];
}

export function sampleArtifact(
  number: number,
  bytes: Buffer,
  counts: ArtifactLine["counts"],
): ArtifactLine {
  return {
    type: "artifact",
    number,
    role: "source",
    sha256: sha256(bytes),
    size: bytes.length,
    name: `source-${number}`,
    format: "whatsapp",
    formatVersion: 1,
    exhibit: null,
    acquired: "2026-03-01T08:00:00Z",
    container: null,
    entry: null,
    counts,
    findings: [],
    options: {},
    file: null,
  };
}

/** A journal line; `prev` and private digest are given by the caller. */
export function sampleEntry(
  seq: number,
  prev: string,
  act: Pick<CustodyEntry, "action" | "artifacts">,
): CustodyEntry {
  return {
    seq,
    at: `2026-03-01T08:00:0${seq % 10}Z`,
    monotonic: String(seq * 1000),
    actor: "analyst",
    tool: TOOL,
    options: {},
    salt: sha256(`line ${seq}`).slice(0, 32),
    prev,
    privateDigest: sha256(`private ${seq}`),
    ...act,
  };
}
