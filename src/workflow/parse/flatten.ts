import type { Sha256 } from "../../model/artifact.ts";
import type {
  AccountRecord,
  ConversationRecord,
  EventRecord,
  ExceptionRecord,
  FindingRecord,
  FormatRecord,
  MessageRecord,
  Span,
} from "../../model/record.ts";
import type { MessageTime } from "../../model/time.ts";
import { indexedApart } from "../../store/fold.ts";
import type { Bound } from "../../store/load.ts";
import { ATTACHMENT_COLUMNS, MESSAGE_COLUMNS } from "../../store/load.ts";
import { batchDigester } from "./batch-digest.ts";
import { pack } from "./packed.ts";
import type { FlatBatch, FlatException } from "./protocol.ts";
import type { FlatTime } from "./when.ts";
import { timeFlattener } from "./when.ts";

/** Turns records into rows. It keeps the keys of one file, and the digest of everything that went through. */
export interface Flattener {
  readonly batch: (records: readonly FormatRecord[]) => FlatBatch;
  /** Rows of the source as the parser counted them, apart from its records. */
  readonly units: () => number;
  /** Digest of all records so far; the same however they were batched. */
  readonly digest: () => Sha256;
}

const ATTACHMENT_WIDTH = ATTACHMENT_COLUMNS.length - 1;

export function flattener(): Flattener {
  const state: State = { conversations: new Map(), accounts: new Map(), timeOf: timeFlattener() };
  const digest = batchDigester();
  let units = 0;
  return {
    batch: (records) => {
      const sorted = sort(records);
      units = sorted.units ?? units;
      declare(sorted, state);
      const { conversations, accounts, rows, findings } = sorted;
      const attachments = rows.flatMap(attachmentsOf);
      const batch: FlatBatch = {
        conversations,
        accounts,
        messages: pack(
          rows.map((row) => flatRow(row, state)),
          MESSAGE_COLUMNS.length,
        ),
        attachments: pack(attachments, ATTACHMENT_WIDTH),
        indexed: pack(indexedOf(rows), 2),
        exceptions: sorted.exceptions.map((row) => flatException(row, state)),
        findings,
      };
      digest.update(batch);
      return batch;
    },
    units: () => units,
    digest: digest.hex,
  };
}

interface AccountSeen {
  readonly position: number;
  name: string | null;
}

interface State {
  readonly conversations: Map<string, number>;
  readonly accounts: Map<string, AccountSeen>;
  readonly timeOf: (time: MessageTime) => FlatTime;
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

function flatRow(row: MessageRecord | EventRecord, state: State): Bound[] {
  const account = row.account === null ? undefined : state.accounts.get(row.account);
  const message = row.type === "message";
  const { time, span } = row;
  const { instant, more, earliest, latest } = state.timeOf(time);
  return [
    state.conversations.get(row.conversation) ?? 0,
    account?.position ?? null,
    message ? 0 : 1,
    row.kind,
    account !== undefined && row.name === account.name ? null : row.name,
    span.offset,
    span.length,
    row.part ?? null,
    placeOf(span),
    row.text,
    time.raw,
    time.local,
    instant,
    time.basis,
    more,
    earliest,
    latest,
    row.flags.length === 0 ? null : row.flags.join(" "),
    row.nativeId,
    message ? row.replyTo : null,
    message && row.edited !== null ? JSON.stringify(row.edited) : null,
    isEmpty(row.extra) ? null : JSON.stringify(row.extra),
    message ? row.attachments.length : 0,
  ];
}

function attachmentsOf(row: MessageRecord | EventRecord): Bound[][] {
  if (row.type === "event") return [];
  return row.attachments.map(({ name, state, literal, media, mime }) => [
    name,
    state,
    literal,
    media,
    mime,
  ]);
}

/** Folding a text takes as long as reading it, so it is done here, beside the inserting thread. */
function indexedOf(rows: readonly (MessageRecord | EventRecord)[]): Bound[][] {
  const indexed: Bound[][] = [];
  for (const [at, { text }] of rows.entries()) {
    const apart = indexedApart(text);
    if (apart !== null) indexed.push([at, apart]);
  }
  return indexed;
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

function isEmpty(value: object): boolean {
  for (const name in value) if (Object.hasOwn(value, name)) return false;
  return true;
}
