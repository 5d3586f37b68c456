import type { ConversationKind } from "../../model/record.ts";
import { accountKey, authorEnd, isGroupNotice } from "./author.ts";
import { byteAt, COLON, SPACE } from "./bytes.ts";
import { isNoticeBy } from "./notice.ts";
import type { Siblings } from "./siblings.ts";

/** Up to two authors are told apart by their bytes; a third makes the chat a group. */
const NO_SIBLINGS: Siblings = new Map();

export interface Senders {
  readonly names: Buffer[];
  readonly keys: string[];
  isGroup: boolean;
}

export function newSenders(): Senders {
  return { names: [], keys: [], isGroup: false };
}

/** Takes the beginning of a row's rest, `bytes[from, limit)`. */
export function noteSender(
  senders: Senders,
  bytes: Buffer,
  from: number,
  limit: number,
  bracket: boolean,
): void {
  for (const name of senders.names) {
    if (startsWith(bytes, from, limit, name)) return;
  }
  const rest = bytes.toString("utf8", from, limit);
  const end = authorEnd(rest, () => false);
  const name = end < 0 ? null : rest.slice(0, end);
  const text = end < 0 ? rest : rest.slice(end + 1).trimStart();
  if (name === null || isNoticeBy(name, text, bracket, NO_SIBLINGS)) {
    senders.isGroup = isGroupNotice(rest);
    return;
  }
  const key = accountKey(name);
  if (senders.keys.includes(key)) return;
  senders.keys.push(key);
  senders.names.push(Buffer.from(name, "utf8"));
  senders.isGroup = senders.keys.length > 2;
}

function startsWith(bytes: Buffer, from: number, limit: number, name: Buffer): boolean {
  const end = from + name.length;
  if (end + 2 > limit || bytes[end] !== COLON || bytes[end + 1] !== SPACE) return false;
  // a marked text may be a notice in this name
  if (byteAt(bytes, end + 2) >= 0xe2) return false;
  for (let index = 0; index < name.length; index++) {
    if (bytes[from + index] !== name[index]) return false;
  }
  return true;
}

/**
 * `group` for three authors or a notice that only groups have; `direct` for one or two authors where
 * the file's title, if it has one, is one of them; else unknown.
 */
export function kindOf(senders: Senders, title: string | null): ConversationKind {
  if (senders.isGroup) return "group";
  if (senders.keys.length === 0) return "unknown";
  if (title === null) return senders.keys.length === 2 ? "direct" : "unknown";
  return senders.keys.includes(accountKey(title)) ? "direct" : "unknown";
}
