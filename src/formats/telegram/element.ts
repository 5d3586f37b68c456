import { type JsonElement, type ParsedSlice, parseSlice } from "../../decode/json/index.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Span } from "../../model/record.ts";
import { accountKey, declareAccount } from "./account.ts";
import type { Chat } from "./chat.ts";
import { note } from "./findings.ts";
import { isMembers } from "./json.ts";
import { readRow, senderOf } from "./row.ts";
import { addException, announce, noteRepairs, type Reader } from "./state.ts";
import { epochZero } from "./time.ts";

const NO_FLAGS: readonly string[] = [];

/** Reads one element of a messages array: its row, and before it the chat and the account it names first. */
export function takeElement(reader: Reader, chat: Chat, element: JsonElement): void {
  const { pointer, offset, length } = element;
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
  noteRepairs(reader, read);
  noteEpochZero(reader, raw);
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

function noteEpochZero(reader: Reader, raw: JsonObject): void {
  const zero = epochZero(raw["edited"]);
  if (zero === null) return;
  const hint = `${zero} stands for epoch 0: the clock of the export's machine; not used to place times`;
  note(reader.findings, "epoch-offset-hint", hint);
}
