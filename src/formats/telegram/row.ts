import type { Json, JsonObject } from "../../model/json.ts";
import type {
  AttachmentRecord,
  EventRecord,
  MessageKind,
  MessageRecord,
  Span,
} from "../../model/record.ts";
import { readAttachments } from "./attachment.ts";
import { type RowParts, remaining } from "./extra.ts";
import { isList } from "./json.ts";
import { readText } from "./text.ts";
import { readEdited, readTime } from "./time.ts";

/** What a row is told about itself from outside its own bytes. */
export interface RowPlace {
  readonly conversation: string;
  readonly zone: string | null;
  readonly span: Span;
  readonly sender: Sender;
  /** Key of the sender; the caller declares accounts first. */
  readonly account: string | null;
  readonly flags: readonly string[];
}

/** Who a row says it is from: `from` of a message, `actor` of a service row. */
export interface Sender {
  readonly member: "from" | "actor";
  readonly name: string | null;
  readonly id: Json | undefined;
}

/** Somebody rang: a call is a message, though Telegram writes it among the service rows. */
const CALLS: ReadonlySet<Json | undefined> = new Set(["phone_call", "group_call"]);

/** Content that is neither text nor a file; its fields stay in `extra`. */
const OTHER_CONTENT = [
  "invoice_information",
  "giveaway_information",
  "giveaway_results",
  "game_title",
];

const NO_FILES: readonly AttachmentRecord[] = [];

/** Sender of a row; a row of an unknown type may name it either way. */
export function senderOf(raw: JsonObject): Sender {
  const unsaid = raw["from"] === undefined && raw["from_id"] === undefined;
  const member = raw["type"] === "service" || unsaid ? "actor" : "from";
  const name = raw[member];
  return { member, name: typeof name === "string" ? name : null, id: raw[`${member}_id`] };
}

/** Reads one object of a messages array. */
export function readRow(raw: JsonObject, place: RowPlace): MessageRecord | EventRecord {
  const isService = raw["type"] === "service";
  const placed = readTime(raw["date"], raw["date_unixtime"], place.zone);
  const isEvent = isService && !CALLS.has(raw["action"]);
  const parts: RowParts = {
    sender: place.sender.member,
    account: place.account,
    time: placed.time,
    edited: isEvent ? null : readEdited(raw["edited"], raw["edited_unixtime"], place.zone),
    text: readText(raw["text"], raw["text_entities"]),
    attachments: isService ? NO_FILES : readAttachments(raw),
    replyTo: isEvent ? null : repliedTo(raw),
    isService,
  };
  const row = {
    conversation: place.conversation,
    account: place.account,
    name: place.sender.name,
    time: parts.time,
    text: parts.text.text === "" ? substitute(raw, isService) : parts.text.text,
    span: place.span,
    flags: flagsOf(raw, parts, place.flags, placed.disagrees),
    extra: remaining(raw, parts),
    nativeId: idText(raw["id"]),
  };
  if (isEvent) return { type: "event", kind: "system", ...row };
  const { attachments, replyTo, edited } = parts;
  return { type: "message", kind: kindOf(raw, attachments), attachments, replyTo, edited, ...row };
}

function kindOf(raw: JsonObject, attachments: readonly AttachmentRecord[]): MessageKind {
  if (raw["type"] === "service") return "call";
  if (raw["type"] !== "message") return "unknown";
  if (raw["poll"] !== undefined) return "poll";
  if (raw["contact_information"] !== undefined) return "contact";
  if (raw["location_information"] !== undefined || raw["place_name"] !== undefined) {
    return "location";
  }
  if (attachments.length > 0 || raw["media_type"] !== undefined || raw["photo"] !== undefined) {
    return "media";
  }
  return OTHER_CONTENT.some((name) => raw[name] !== undefined) ? "unknown" : "text";
}

/** Words that the source keeps outside `text`: a poll's question, and the sentence of a service row of its own kind. */
function substitute(raw: JsonObject, isService: boolean): string {
  if (isService) {
    const sentence = raw["information_text"];
    return typeof sentence === "string" ? sentence : "";
  }
  const poll = raw["poll"];
  if (poll === undefined || poll === null || typeof poll !== "object" || isList(poll)) return "";
  return readText(poll["question"], undefined).text;
}

function flagsOf(
  raw: JsonObject,
  parts: RowParts,
  given: readonly string[],
  disagrees: boolean,
): readonly string[] {
  const { type } = raw;
  const isKnown = type === "message" || type === "service" || type === "unsupported";
  const hidden = parts.text.links.length > 0;
  const { differs } = parts.text;
  if (isKnown && !hidden && !differs && !disagrees) return given;
  const flags = [...given];
  if (!isKnown) flags.push("unknown-type");
  if (hidden) flags.push("hidden-link");
  if (differs) flags.push("text-differs");
  if (disagrees) flags.push("date-disagrees");
  return flags;
}

/** A message of another chat bears an id of that chat: it is left in `extra`, it would point at a stranger here. */
function repliedTo(raw: JsonObject): string | null {
  const id = raw["reply_to_message_id"];
  return id === undefined || raw["reply_to_peer_id"] !== undefined ? null : idText(id);
}

function idText(id: Json | undefined): string | null {
  return typeof id === "number" || typeof id === "string" ? String(id) : null;
}
