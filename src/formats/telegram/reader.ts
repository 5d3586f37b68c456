import {
  type JsonElement,
  type JsonEvent,
  type JsonFault,
  type JsonPlan,
  type JsonSkipped,
  type JsonValue,
  type ParsedSlice,
  parseSlice,
} from "../../decode/json/index.ts";
import type { JsonObject } from "../../model/json.ts";
import type { FormatRecord, Span } from "../../model/record.ts";
import { accountKey, type Accounts, declareAccount, noAccounts } from "./account.ts";
import { type Chat, CHAT_MEMBERS, declareChat, newChat } from "./chat.ts";
import { type Findings, noFindings, note } from "./findings.ts";
import { isMembers } from "./json.ts";
import { readRow, senderOf } from "./row.ts";
import { epochZero } from "./time.ts";

/** Where an export keeps messages: of one chat at the top, of an account below its lists of chats. */
export const PLAN: JsonPlan = {
  elements: ["/messages", "/chats/list/*/messages", "/left_chats/list/*/messages"],
  enter: ["/*"],
};

/** The state of one reading: what has been yielded must not be yielded again, and what was passed is counted. */
export interface Reader {
  readonly zone: string | null;
  /** Records read and not yet handed over. */
  batch: FormatRecord[];
  units: number;
  exceptions: number;
  readonly accounts: Accounts;
  readonly findings: Findings;
  /** The top object, a chat itself in the export of one chat. */
  readonly top: Chat;
  /** The chat of a list that was entered last. */
  listed: Chat | null;
  hasMessages: boolean;
}

const CHAT_POINTER = /^\/(?:chats|left_chats)\/list\/\d{1,15}$/;
const CHAT_LIST = /^\/(?:chats|left_chats)\/list$/;
const NO_FLAGS: readonly string[] = [];

export function newReader(zone: string | null): Reader {
  return {
    zone,
    batch: [],
    units: 0,
    exceptions: 0,
    accounts: noAccounts(),
    findings: noFindings(),
    top: newChat(""),
    listed: null,
    hasMessages: false,
  };
}

/** Takes one event of the scan and adds what it yields to the batch. */
export function take(reader: Reader, event: JsonEvent): void {
  switch (event.type) {
    case "element":
      return takeElement(reader, event);
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

/** Adds a row that could not be read; with its unit, so that the sum holds. */
export function addException(
  reader: Reader,
  code: string,
  detail: string,
  span: Span,
  chat: Chat | null,
): void {
  reader.units += 1;
  reader.exceptions += 1;
  if (chat !== null) announce(reader, chat);
  const conversation = chat?.key ?? null;
  reader.batch.push({ type: "exception", code, detail, span, conversation });
}

function takeElement(reader: Reader, element: JsonElement): void {
  const { pointer, offset, length } = element;
  const chat = element.of === "/messages" ? reader.top : (reader.listed ?? reader.top);
  const span: Span = { offset, length, pointer };
  const read = parseSlice(element);
  if (read === null || !isMembers(read.value)) {
    const detail = read === null ? "not readable as JSON" : "not an object";
    addException(reader, "bad-json", detail, span, chat);
    return;
  }
  reader.units += 1;
  if (chat.declared === null) announce(reader, chat);
  const raw = read.value;
  noteOddities(reader, raw, read);
  const sender = senderOf(raw);
  const account = accountKey(reader.accounts, sender.id, sender.name);
  if (account !== null) {
    const record = declareAccount(reader.accounts, account, sender.id, sender.name);
    if (record !== null) reader.batch.push(record);
  }
  const flags = sliceFlags(raw, element.size, read);
  const place = { conversation: chat.key, zone: reader.zone, span, sender, account, flags };
  reader.batch.push(readRow(raw, place));
}

function sliceFlags(raw: JsonObject, size: number, read: ParsedSlice): readonly string[] {
  const repeated = size !== Object.keys(raw).length;
  if (!repeated && read.loneSurrogates === 0 && !read.badUtf8) return NO_FLAGS;
  const flags: string[] = [];
  if (repeated) flags.push("duplicate-key");
  if (read.loneSurrogates > 0) flags.push("lone-surrogate");
  if (read.badUtf8) flags.push("bad-utf8");
  return flags;
}

function noteOddities(reader: Reader, raw: JsonObject, read: ParsedSlice): void {
  const repaired = "escapes \\xNN, which JSON does not know, read as \\u00NN";
  note(reader.findings, "control-escape-repaired", repaired, read.controls);
  const zero = epochZero(raw["edited"]);
  if (zero === null) return;
  const hint = `${zero} stands for epoch 0: the clock of the export's machine; not used to place times`;
  note(reader.findings, "epoch-offset-hint", hint);
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
    const read = parseSlice(value);
    if (chat.members.has(name)) note(reader.findings, "duplicate-key", `${name} of a chat`);
    if (read !== null) chat.members.set(name, read.value);
    else addException(reader, "bad-json", `${name} of a chat is not readable`, span, null);
  } else if (name !== "about" && pointer !== "") {
    note(reader.findings, "not-indexed", section(reader, pointer));
  }
}

function takeSkipped(reader: Reader, skipped: JsonSkipped): void {
  const { pointer, offset, length } = skipped;
  if (isMessages(reader, pointer)) {
    const chat = chatAt(reader, pointer);
    const span: Span = { offset, length, pointer };
    addException(reader, "bad-json", "messages is not an array", span, chat);
  } else note(reader.findings, "not-indexed", section(reader, pointer), skipped.size);
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

/** Yields the chat's record where it is new, or where more is known by now. */
function announce(reader: Reader, chat: Chat): void {
  const record = declareChat(chat);
  if (record !== null) reader.batch.push(record);
}

function chatAt(reader: Reader, pointer: string): Chat {
  const { listed, top } = reader;
  if (listed === null) return top;
  return pointer === listed.pointer || pointer.startsWith(`${listed.pointer}/`) ? listed : top;
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
