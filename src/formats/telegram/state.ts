import type { ParsedSlice } from "../../decode/json/index.ts";
import type { FormatRecord, Span } from "../../model/record.ts";
import { type Accounts, noAccounts } from "./account.ts";
import { type Chat, declareChat, newChat } from "./chat.ts";
import { type Findings, noFindings, note } from "./findings.ts";

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

/** A reading before the first byte. */
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

/** Yields the chat's record where it is new, or where more is known by now. */
export function announce(reader: Reader, chat: Chat): void {
  const record = declareChat(chat);
  if (record !== null) reader.batch.push(record);
}

/** Counts what had to be mended in a slice before it could be read. */
export function noteRepairs(reader: Reader, read: ParsedSlice): void {
  const detail = "escapes \\xNN, which JSON does not know, read as \\u00NN";
  note(reader.findings, "control-escape-repaired", detail, read.controls);
}
