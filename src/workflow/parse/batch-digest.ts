import { digester, sha256 } from "../../hash/digest.ts";
import type { Sha256 } from "../../model/artifact.ts";
import type { FlatBatch } from "./protocol.ts";

/** Digest over batches that does not depend on where one ends and the next begins. */
export interface BatchDigester {
  readonly update: (batch: FlatBatch) => void;
  /** May be called once. */
  readonly hex: () => Sha256;
}

/**
 * One digest per kind of record, and one over them all: rows as their packed cells (IEEE 754, little-endian)
 * and texts, the rest as a line of JSON each. The text for the index is left out: it follows from the row.
 */
export function batchDigester(): BatchDigester {
  const digests = Array.from({ length: 8 }, () => digester());
  const [conversations, accounts, exceptions, findings, ...packed] = digests;
  return {
    update: (batch) => {
      for (const item of batch.conversations) conversations?.update(line(item));
      for (const item of batch.accounts) accounts?.update(line(item));
      for (const item of batch.exceptions) exceptions?.update(line(item));
      for (const item of batch.findings) findings?.update(line(item));
      for (const [at, rows] of [batch.messages, batch.attachments].entries()) {
        packed[2 * at]?.update(new Uint8Array(rows.cells.buffer));
        packed[2 * at + 1]?.update(rows.text);
      }
    },
    hex: () => sha256(digests.map((one) => one.hex()).join("")),
  };
}

function line(item: object): string {
  return `${JSON.stringify(item)}\n`;
}
