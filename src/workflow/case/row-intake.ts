import { setStatus } from "../../store/artifacts.ts";
import type { Bound, MessageLoader } from "../../store/load.ts";
import {
  ATTACHMENT_COLUMNS,
  attachmentLoader,
  indexedTextLoader,
  MESSAGE_COLUMNS,
  MESSAGE_TEXTS,
  messageLoader,
} from "../../store/load.ts";
import type { Db } from "../../store/open.ts";
import { unpack } from "../parse/packed.ts";
import type { FlatBatch } from "../parse/protocol.ts";
import type { Siblings } from "./siblings.ts";

const CONVERSATION = MESSAGE_COLUMNS.indexOf("conversation");
const ACCOUNT = MESSAGE_COLUMNS.indexOf("account");
const EVENT = MESSAGE_COLUMNS.indexOf("event");
const ATTACHMENTS = MESSAGE_COLUMNS.indexOf("attachments");
const ATTACHMENT_TEXTS = ATTACHMENT_COLUMNS.slice(0, -1).map(() => true);
const INDEXED_TEXTS = [false, true];

/** Takes the rows of batches into the index. */
export interface RowIntake extends Pick<MessageLoader, "flush"> {
  readonly add: (batch: FlatBatch) => void;
  readonly messages: () => number;
  readonly events: () => number;
}

/**
 * @param conversations ids of this index by the position a row names; grows as records come
 * @param accounts the same of accounts
 */
export function rowIntake(
  db: Db,
  run: number,
  siblings: Siblings,
  conversations: readonly number[],
  accounts: readonly number[],
): RowIntake {
  const loader = messageLoader(db, run);
  const indexApart = indexedTextLoader(db);
  const attach = attachmentIntake(db, siblings);
  let messages = 0;
  let events = 0;
  const add = (batch: FlatBatch): void => {
    const rows = unpack(batch.messages, MESSAGE_TEXTS);
    for (const row of rows) {
      row[CONVERSATION] = conversations[Number(row[CONVERSATION])] ?? null;
      if (row[ACCOUNT] !== null) row[ACCOUNT] = accounts[Number(row[ACCOUNT])] ?? null;
      if (row[EVENT] === 1) events += 1;
      else messages += 1;
    }
    const first = loader.add(rows);
    for (const [at, text] of unpack(batch.indexed, INDEXED_TEXTS)) {
      indexApart(first + Number(at), String(text));
    }
    const attachments = unpack(batch.attachments, ATTACHMENT_TEXTS);
    if (attachments.length === 0) return;
    loader.flush();
    attach(first, rows, attachments);
  };
  return { add, flush: loader.flush, messages: () => messages, events: () => events };
}

/** Takes the attachments of written rows, of which the first has the id `first`. */
function attachmentIntake(
  db: Db,
  siblings: Siblings,
): (first: number, rows: readonly Bound[][], attachments: readonly Bound[][]) => void {
  const attach = attachmentLoader(db);
  return (first, rows, attachments) => {
    let next = 0;
    for (const [at, row] of rows.entries()) {
      const end = next + Number(row[ATTACHMENTS]);
      for (const [ordinal, attachment] of attachments.slice(next, end).entries()) {
        const found = siblings.find(attachment[0] ?? null);
        attach(first + at, ordinal, [...attachment, found]);
        if (typeof found === "number") setStatus(db, found, "attachment");
      }
      next = end;
    }
  };
}
