import {
  type JsonEvent,
  type JsonFault,
  type JsonPlan,
  type JsonSkipped,
  type JsonValue,
  parseSlice,
} from "../../decode/json/index.ts";
import type { Span } from "../../model/record.ts";
import { type Chat, CHAT_MEMBERS, newChat } from "./chat.ts";
import { takeElement } from "./element.ts";
import { note } from "./findings.ts";
import { addException, announce, noteRepairs, type Reader } from "./state.ts";

/** Where an export keeps messages: of one chat at the top, of an account below its lists of chats. */
export const PLAN: JsonPlan = {
  elements: ["/messages", "/chats/list/*/messages", "/left_chats/list/*/messages"],
  enter: ["/*"],
};

const CHAT_POINTER = /^\/(?:chats|left_chats)\/list\/\d{1,15}$/;
const CHAT_LIST = /^\/(?:chats|left_chats)\/list$/;

/** Takes one event of the scan and adds what it yields to the batch. */
export function take(reader: Reader, event: JsonEvent): void {
  switch (event.type) {
    case "element":
      return takeElement(
        reader,
        event.of === "/messages" ? reader.top : (reader.listed ?? reader.top),
        event,
      );
    case "value":
      return takeValue(reader, event);
    case "skipped":
      return takeSkipped(reader, event);
    case "fault":
      return takeFault(reader, event);
    case "enter":
      if (CHAT_POINTER.test(event.pointer)) reader.listed = newChat(event.pointer);
      else if (isMessages(reader, event.pointer)) {
        chatAt(reader, event.pointer).hasMessages = true;
        reader.hasMessages = true;
      }
      return;
    case "leave":
      return takeLeave(reader, event.pointer);
  }
}

function takeValue(reader: Reader, value: JsonValue): void {
  const { name, parent, pointer, offset, length } = value;
  const span: Span = { offset, length, pointer };
  const chat = chatAt(reader, pointer);
  if (isMessages(reader, pointer)) {
    addException(reader, "bad-json", "messages is not an array", span, chat);
  } else if (CHAT_LIST.test(parent)) {
    addException(reader, "bad-json", "a chat that is not an object", span, null);
  } else if (parent === chat.pointer && CHAT_MEMBERS.has(name)) {
    takeChatMember(reader, chat, value, span);
  } else if (name !== "about" && pointer !== "") {
    note(reader.findings, "not-indexed", section(reader, pointer));
  }
}

function takeChatMember(reader: Reader, chat: Chat, value: JsonValue, span: Span): void {
  const { name } = value;
  const read = parseSlice(value);
  if (chat.members.has(name)) note(reader.findings, "duplicate-key", `${name} of a chat`);
  if (read === null) {
    addException(reader, "bad-json", `${name} of a chat is not readable`, span, null);
    return;
  }
  noteRepairs(reader, read);
  chat.members.set(name, read.value);
}

function takeSkipped(reader: Reader, skipped: JsonSkipped): void {
  const { pointer, offset, length } = skipped;
  if (isMessages(reader, pointer)) {
    const chat = chatAt(reader, pointer);
    const span: Span = { offset, length, pointer };
    addException(reader, "bad-json", "messages is not an array", span, chat);
  } else {
    const count = skipped.kind === "array" ? skipped.size : 1;
    note(reader.findings, "not-indexed", section(reader, pointer), count);
  }
}

function takeFault(reader: Reader, fault: JsonFault): void {
  const { code, detail, pointer, offset, length } = fault;
  if (code === "bad-separator") {
    note(reader.findings, "bad-separator", detail);
    return;
  }
  const chat = chatAt(reader, pointer);
  const isInChat = chat !== reader.top || pointer.startsWith("/messages");
  addException(reader, code, detail, { offset, length, pointer }, isInChat ? chat : null);
}

function takeLeave(reader: Reader, pointer: string): void {
  const chat = chatAt(reader, pointer);
  if (isMessages(reader, pointer)) announce(reader, chat);
  if (pointer !== chat.pointer) return;
  if (chat.hasMessages || chat === reader.listed) announce(reader, chat);
  if (chat === reader.listed) {
    if (!chat.hasMessages) note(reader.findings, "no-messages", "chats without a messages array");
    reader.listed = null;
  }
}

function isMessages(reader: Reader, pointer: string): boolean {
  return pointer === "/messages" || pointer === `${reader.listed?.pointer ?? ""}/messages`;
}

/** What a reader calls the place: the top member, or the member of a chat in a list. */
function section(reader: Reader, pointer: string): string {
  const { listed } = reader;
  if (listed !== null && pointer.startsWith(`${listed.pointer}/`)) {
    return `${pointer.slice(listed.pointer.length + 1)} of a chat`;
  }
  return pointer.split("/", 2)[1] ?? "";
}

function chatAt(reader: Reader, pointer: string): Chat {
  const { listed, top } = reader;
  if (listed === null) return top;
  return pointer === listed.pointer || pointer.startsWith(`${listed.pointer}/`) ? listed : top;
}
