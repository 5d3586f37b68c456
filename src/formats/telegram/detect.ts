import { type JsonElement, parseSlice, scanJson } from "../../decode/json/index.ts";
import type { Json } from "../../model/json.ts";
import type { Detection, Probe } from "../../model/format.ts";
import { isChatType } from "./chat.ts";
import { isMembers } from "./json.ts";
import { PLAN } from "./reader.ts";

/** What the first bytes show. */
interface Sight {
  readonly topNames: Set<string>;
  chatType: boolean;
  messages: "none" | "array" | "telegram" | "other";
  isObject: boolean;
}

const NO: Detection = { score: 0, reason: "not a Telegram export" };

/** Top members of an account export (export_output_json of Telegram Desktop writes no others). */
const SECTIONS = [
  "about",
  "personal_information",
  "profile_pictures",
  "stories",
  "contacts",
  "frequent_contacts",
  "sessions",
  "web_sessions",
  "other_data",
  "chats",
  "left_chats",
];

const MESSAGE_TYPES: ReadonlySet<Json | undefined> = new Set(["message", "service", "unsupported"]);

/** Looks at the first message in the head; where it is not in there, at the names around it. */
export function detect(probe: Probe): Detection {
  const sight = look(probe.head);
  if (!sight.isObject || sight.messages === "other") return NO;
  if (sight.messages === "telegram") {
    return { score: 95, reason: "messages with the fields that Telegram Desktop writes" };
  }
  if (sight.chatType && (sight.topNames.has("messages") || sight.topNames.has("chats"))) {
    return { score: 90, reason: "a chat of a type that Telegram Desktop names" };
  }
  const sections = SECTIONS.filter((name) => sight.topNames.has(name)).length;
  if (sections >= 3) return { score: 75, reason: "sections of a Telegram account export" };
  return NO;
}

function look(head: Uint8Array): Sight {
  const sight: Sight = {
    topNames: new Set(),
    chatType: false,
    messages: "none",
    isObject: false,
  };
  for (const event of scanJson([head], PLAN)) {
    if (event.pointer === "" && event.type === "enter") sight.isObject = event.kind === "object";
    if (event.type === "element") {
      sight.messages = isTelegram(event) ? "telegram" : "other";
      return sight;
    }
    if (event.type === "fault") {
      const [, name] = event.pointer.split("/", 2);
      if (name !== undefined) sight.topNames.add(name);
      return sight;
    }
    const [, top] = event.pointer.split("/", 2);
    if (top !== undefined) sight.topNames.add(top);
    if (event.type === "value" && event.name === "type") {
      const read = parseSlice(event);
      sight.chatType ||= read !== null && isChatType(read.value);
    }
  }
  return sight;
}

/** A row of Telegram's types, with a time under Telegram's names. */
function isTelegram(element: JsonElement): boolean {
  const read = parseSlice(element);
  if (read === null || !isMembers(read.value)) return false;
  const { type, date, date_unixtime: unixtime } = read.value;
  if (type === "unsupported") return Object.keys(read.value).length <= 3;
  return MESSAGE_TYPES.has(type) && (typeof date === "string" || typeof unixtime === "string");
}
