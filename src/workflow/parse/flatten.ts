import { digester, sha256 } from "../../hash/digest.ts";
import type { Sha256 } from "../../model/artifact.ts";
import type {
  AccountRecord,
  AttachmentRecord,
  ConversationRecord,
  EventRecord,
  ExceptionRecord,
  FindingRecord,
  FormatRecord,
  MessageRecord,
  Span,
} from "../../model/record.ts";
import type { MessageTime } from "../../model/time.ts";
import type { Bound } from "../../store/load.ts";
import { boundsOf } from "./bounds.ts";
import type { FlatException, FlatMessage } from "./protocol.ts";

/** Turns records into rows. It keeps the keys of one file, and the digest of everything that went through. */
export interface Flattener {
  /** JSON text of a FlatBatch. */
  readonly batch: (records: readonly FormatRecord[]) => string;
  /** Rows of the source as the parser counted them, apart from its records. */
  readonly units: () => number;
  /** Digest of all records so far; the same however they were batched. */
  readonly digest: () => Sha256;
}

export function flattener(): Flattener {
  const conversations = new Map<string, number>();
  const accounts = new Map<string, AccountSeen>();
  const digests = [digester(), digester(), digester(), digester(), digester()];
  let units = 0;
  const state: State = { conversations, accounts };
  return {
    batch: (records) => {
      const sorted = sort(records);
      units = sorted.units ?? units;
      declare(sorted, state);
      const parts = [
        sorted.conversations,
        sorted.accounts,
        sorted.rows.map((row) => flatRow(row, state)),
        sorted.exceptions.map((row) => flatException(row, state)),
        sorted.findings,
      ].map((list, at) => {
        const lines = list.map((item) => JSON.stringify(item));
        for (const line of lines) digests[at]?.update(`${line}\n`);
        return `[${lines.join(",")}]`;
      });
      const [c, a, m, x, f] = parts;
      return `{"conversations":${c},"accounts":${a},"messages":${m},"exceptions":${x},"findings":${f}}`;
    },
    units: () => units,
    digest: () => sha256(digests.map((one) => one.hex()).join("")),
  };
}

interface AccountSeen {
  readonly position: number;
  name: string | null;
}

interface State {
  readonly conversations: Map<string, number>;
  readonly accounts: Map<string, AccountSeen>;
}

interface Sorted {
  readonly conversations: ConversationRecord[];
  readonly accounts: AccountRecord[];
  readonly rows: (MessageRecord | EventRecord)[];
  readonly exceptions: ExceptionRecord[];
  readonly findings: FindingRecord[];
  units: number | null;
}

function sort(records: readonly FormatRecord[]): Sorted {
  const sorted: Sorted = {
    conversations: [],
    accounts: [],
    rows: [],
    exceptions: [],
    findings: [],
    units: null,
  };
  for (const record of records) {
    switch (record.type) {
      case "message":
      case "event":
        sorted.rows.push(record);
        break;
      case "conversation":
        sorted.conversations.push(record);
        break;
      case "account":
        sorted.accounts.push(record);
        break;
      case "exception":
        sorted.exceptions.push(record);
        break;
      case "finding":
        sorted.findings.push(record);
        break;
      case "end":
        sorted.units = record.units;
        break;
    }
  }
  return sorted;
}

function declare(sorted: Sorted, { conversations, accounts }: State): void {
  for (const { key } of sorted.conversations) {
    if (!conversations.has(key)) conversations.set(key, conversations.size);
  }
  for (const { key, name } of sorted.accounts) {
    const seen = accounts.get(key);
    if (seen === undefined) accounts.set(key, { position: accounts.size, name });
    else seen.name = name ?? seen.name;
  }
}

function flatRow(row: MessageRecord | EventRecord, state: State): FlatMessage {
  const account = row.account === null ? undefined : state.accounts.get(row.account);
  const message = row.type === "message";
  const { time } = row;
  const { earliest, latest } = boundsOf(time);
  const attachments = message ? row.attachments.map(flatAttachment) : [];
  const cells: Bound[] = [
    state.conversations.get(row.conversation) ?? 0,
    account?.position ?? null,
    message ? 0 : 1,
    row.kind,
    account !== undefined && row.name === account.name ? null : row.name,
    row.span.offset,
    row.span.length,
    row.part ?? null,
    placeOf(row.span),
    row.text,
    time.raw,
    time.local,
    time.instant === null ? null : earliestOf(time),
    time.basis,
    moreOf(time),
    earliest,
    latest,
    row.flags.length === 0 ? null : row.flags.join(" "),
    row.nativeId,
    message ? row.replyTo : null,
    message && row.edited !== null ? JSON.stringify(row.edited) : null,
    isEmpty(row.extra) ? null : JSON.stringify(row.extra),
    attachments.length,
  ];
  return [cells, attachments];
}

function earliestOf(time: MessageTime): number {
  return Date.parse(time.instant ?? "");
}

function flatAttachment(attachment: AttachmentRecord): Bound[] {
  const { name, state, literal, media, mime } = attachment;
  return [name, state, literal, media, mime];
}

function flatException(record: ExceptionRecord, state: State): FlatException {
  const { conversation, code, detail, span } = record;
  const position = conversation === null ? undefined : state.conversations.get(conversation);
  const { offset, length } = span;
  return { conversation: position ?? null, code, detail, offset, length, place: placeOf(span) };
}

function placeOf(span: Span): string | null {
  const { pointer, row } = span;
  return pointer === undefined && row === undefined ? null : JSON.stringify({ pointer, row });
}

function moreOf(time: MessageTime): string | null {
  const { candidates, zone, precision, flags } = time;
  if (zone === null && precision === "second" && candidates.length === 0 && flags.length === 0) {
    return null;
  }
  return JSON.stringify({
    ...(candidates.length === 0 ? {} : { candidates }),
    ...(zone === null ? {} : { zone }),
    ...(precision === "second" ? {} : { precision }),
    ...(flags.length === 0 ? {} : { flags }),
  });
}

function isEmpty(value: object): boolean {
  for (const name in value) if (Object.hasOwn(value, name)) return false;
  return true;
}
