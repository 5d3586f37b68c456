import type { ParseOptions } from "../../model/format.ts";
import type { AccountRecord, ConversationRecord, FindingRecord } from "../../model/record.ts";
import type { PackedRows } from "./packed.ts";

/** A file to be parsed by a worker, which reads it from the case's originals. */
export interface ParseJob {
  readonly blob: string;
  readonly name: string;
  readonly size: number;
  readonly siblings: readonly string[];
  readonly format: string;
  readonly options: ParseOptions;
}

export interface FlatException {
  readonly conversation: number | null;
  readonly code: string;
  readonly detail: string;
  readonly offset: number;
  readonly length: number;
  readonly place: string | null;
}

/** Records of a batch, ready to be inserted. */
export interface FlatBatch {
  readonly conversations: readonly ConversationRecord[];
  readonly accounts: readonly AccountRecord[];
  /**
   * Rows of MESSAGE_COLUMNS, their conversation and account as positions in the order in which their
   * records came.
   */
  readonly messages: PackedRows;
  /** Rows of ATTACHMENT_COLUMNS (without the last), as many after each other as each message counts. */
  readonly attachments: PackedRows;
  /** The place of a message among `messages`, and the text to index it by where that is not its own. */
  readonly indexed: PackedRows;
  readonly exceptions: readonly FlatException[];
  readonly findings: readonly FindingRecord[];
}

/** What a worker says: batches, then the end with the source's own count and the digest of the records. */
export type ParseReply =
  | { readonly type: "batch"; readonly batch: FlatBatch }
  | {
      readonly type: "end";
      readonly units: number;
      readonly digest: string;
      readonly version: number;
    }
  | { readonly type: "broken"; readonly message: string; readonly stack: string };

/** Batches under way before the worker waits for the inserting thread. */
export const MOST_BATCHES = 8;
