import type { AccountRecord, ConversationRecord } from "../../model/record.ts";
import { addFinding, setStatus } from "../../store/artifacts.ts";
import type { Bound, MessageLoader } from "../../store/load.ts";
import { attachmentLoader, indexText, messageLoader, nextMessageId } from "../../store/load.ts";
import type { Db } from "../../store/open.ts";
import { addException, upsertAccount, upsertConversation } from "../../store/runs.ts";
import type { FlatBatch } from "../parse/protocol.ts";
import type { Siblings } from "./siblings.ts";

/** Takes the batches of one parse run into the index. */
export interface Intake {
  readonly take: (batch: FlatBatch) => void;
  /** Writes what is pending, indexes the text, and gives the counts. */
  readonly finish: () => { messages: number; events: number; exceptions: number };
}

/** The intake of a run, whose transaction the caller opens and ends. */
export function intakeOf(
  db: Db,
  run: number,
  artifact: number,
  siblings: Siblings,
  onProgress: (rows: number) => void,
): Intake {
  const conversations: number[] = [];
  const accounts: number[] = [];
  const seen = { conversations: new Map<string, number>(), accounts: new Map<string, number>() };
  const first = nextMessageId(db);
  const rows = rowIntake(db, run, siblings, conversations, accounts);
  let exceptions = 0;
  const takeConversation = (record: ConversationRecord): void => {
    note(seen.conversations, conversations, record.key, upsertConversation(db, artifact, record));
  };
  const takeAccount = (record: AccountRecord): void => {
    note(seen.accounts, accounts, record.key, upsertAccount(db, artifact, record));
  };
  return {
    take: (batch) => {
      batch.conversations.forEach(takeConversation);
      batch.accounts.forEach(takeAccount);
      rows.add(batch);
      for (const exception of batch.exceptions) {
        exceptions += 1;
        const position = exception.conversation;
        const conversation = position === null ? null : (conversations[position] ?? null);
        addException(db, run, exceptions, { ...exception, conversation });
      }
      for (const finding of batch.findings) addFinding(db, artifact, run, finding);
      onProgress(rows.messages() + rows.events());
    },
    finish: () => {
      rows.flush();
      indexText(db, first);
      return { messages: rows.messages(), events: rows.events(), exceptions };
    },
  };
}

function note(seen: Map<string, number>, ids: number[], key: string, id: number): void {
  if (seen.has(key)) return;
  seen.set(key, id);
  ids.push(id);
}

const CONVERSATION = 0;
const ACCOUNT = 1;
const EVENT = 2;

function rowIntake(
  db: Db,
  run: number,
  siblings: Siblings,
  conversations: readonly number[],
  accounts: readonly number[],
): Pick<MessageLoader, "flush"> & {
  add: (batch: FlatBatch) => void;
  messages: () => number;
  events: () => number;
} {
  const loader = messageLoader(db, run);
  const attach = attachmentLoader(db);
  const counts = { messages: 0, events: 0 };
  const add = (batch: FlatBatch): void => {
    const attached: [number, number, Bound[]][] = [];
    for (const [cells, attachments] of batch.messages) {
      const row = [...cells];
      row[CONVERSATION] = conversations[Number(cells[CONVERSATION])] ?? null;
      row[ACCOUNT] = cells[ACCOUNT] === null ? null : (accounts[Number(cells[ACCOUNT])] ?? null);
      const id = loader.add(row);
      if (cells[EVENT] === 1) counts.events += 1;
      else counts.messages += 1;
      attachments.forEach((attachment, ordinal) => {
        const found = siblings.find(attachment[0] ?? null);
        attached.push([id, ordinal, [...attachment, found]]);
      });
    }
    if (attached.length === 0) return;
    loader.flush();
    for (const [id, ordinal, row] of attached) {
      attach(id, ordinal, row);
      const number = row.at(-1);
      if (typeof number === "number") setStatus(db, number, "attachment");
    }
  };
  return { add, flush: loader.flush, messages: () => counts.messages, events: () => counts.events };
}
