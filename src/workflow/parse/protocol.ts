import type { ParseOptions } from "../../model/format.ts";
import type { AccountRecord, ConversationRecord, FindingRecord } from "../../model/record.ts";
import type { Bound } from "../../store/load.ts";

/** A file to be parsed by a worker, which reads it from the case's originals. */
export interface ParseJob {
  readonly blob: string;
  readonly name: string;
  readonly size: number;
  readonly siblings: readonly string[];
  readonly format: string;
  readonly options: ParseOptions;
}

/**
 * A message row in the order of MESSAGE_COLUMNS, its conversation and account as positions in the order
 * in which their records came; behind it one row of ATTACHMENT_COLUMNS (without the last) per attachment.
 */
export type FlatMessage = readonly [readonly Bound[], readonly (readonly Bound[])[]];

export interface FlatException {
  readonly conversation: number | null;
  readonly code: string;
  readonly detail: string;
  readonly offset: number;
  readonly length: number;
  readonly place: string | null;
}

/** Records of a batch, ready to be inserted; it crosses the thread as JSON text, which is cheaper than a clone. */
export interface FlatBatch {
  readonly conversations: readonly ConversationRecord[];
  readonly accounts: readonly AccountRecord[];
  readonly messages: readonly FlatMessage[];
  readonly exceptions: readonly FlatException[];
  readonly findings: readonly FindingRecord[];
}

/** What a worker says: batches, then the end with the source's own count and the digest of the records. */
export type ParseReply =
  | { readonly type: "batch"; readonly text: string }
  | {
      readonly type: "end";
      readonly units: number;
      readonly digest: string;
      readonly version: number;
    }
  | { readonly type: "broken"; readonly message: string; readonly stack: string };

/** Batches under way before the worker waits for the inserting thread. */
export const MOST_BATCHES = 8;
