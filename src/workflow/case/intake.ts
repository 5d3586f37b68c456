import type { AccountRecord, ConversationRecord } from "../../model/record.ts";
import { addFinding } from "../../store/artifacts.ts";
import { indexText, nextMessageId } from "../../store/load.ts";
import type { Db } from "../../store/open.ts";
import { addException, upsertAccount, upsertConversation } from "../../store/runs.ts";
import type { FlatBatch } from "../parse/protocol.ts";
import { rowIntake } from "./row-intake.ts";
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
