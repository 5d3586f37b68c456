import type { Json } from "../../model/json.ts";
import type { ConversationKind, ConversationRecord } from "../../model/record.ts";

/** A chat whose object is being read. Its name, type and id may stand before its messages or behind them. */
export interface Chat {
  readonly pointer: string;
  /** The place in the file: ids come twice (a chat that was left), or not at all. */
  readonly key: string;
  readonly members: Map<string, Json>;
  /** As yielded last; null before the first row. */
  declared: ConversationRecord | null;
  hasMessages: boolean;
}

export const CHAT_MEMBERS: ReadonlySet<string> = new Set(["name", "type", "id"]);

const KINDS: ReadonlyMap<Json | undefined, ConversationKind> = new Map([
  ["saved_messages", "self"],
  ["personal_chat", "direct"],
  ["bot_chat", "direct"],
  ["private_group", "group"],
  ["private_supergroup", "group"],
  ["public_supergroup", "group"],
  ["private_channel", "channel"],
  ["public_channel", "channel"],
]);

/** True for a type that Telegram Desktop writes for a chat, those without a kind of their own included. */
export function isChatType(type: Json | undefined): boolean {
  return KINDS.has(type) || type === "replies" || type === "verification_codes";
}

export function newChat(pointer: string): Chat {
  return {
    pointer,
    key: `chat:${pointer}`,
    members: new Map(),
    declared: null,
    hasMessages: false,
  };
}

/** The chat's record, where it has not been yielded yet or more is known by now; else null. */
export function declareChat(chat: Chat): ConversationRecord | null {
  const name = chat.members.get("name");
  const id = chat.members.get("id");
  const record: ConversationRecord = {
    type: "conversation",
    key: chat.key,
    nativeId: typeof id === "number" || typeof id === "string" ? String(id) : null,
    title: typeof name === "string" ? name : null,
    kind: KINDS.get(chat.members.get("type")) ?? "unknown",
  };
  const before = chat.declared;
  if (before !== null && isSame(before, record)) return null;
  chat.declared = record;
  return record;
}

function isSame(a: ConversationRecord, b: ConversationRecord): boolean {
  return a.nativeId === b.nativeId && a.title === b.title && a.kind === b.kind;
}
