import { existsSync, readFileSync } from "node:fs";
import { canonical } from "../hash/canonical.ts";
import type { Sha256 } from "../model/artifact.ts";
import type { CustodyEntry, CustodyHead } from "../model/custody.ts";
import type { ChainFault } from "./chain.ts";
import { checkChain, headOf, lineDigest } from "./chain.ts";
import { parseEntry } from "./entry.ts";

/** A journal as it lies on disk. `torn` counts bytes after the last line end: an act cut off by a kill. */
export interface JournalReading {
  readonly entries: readonly CustodyEntry[];
  readonly digests: readonly Sha256[];
  readonly head: CustodyHead;
  readonly torn: number;
  /** Lines that are no entries, and links that do not hold; empty for an untouched journal. */
  readonly faults: readonly ChainFault[];
}

/** Reads a journal without writing; a journal that is not there is one without lines. */
export function readJournal(path: string): JournalReading {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  const entries: CustodyEntry[] = [];
  const unread: ChainFault[] = [];
  const lines = whole.toString("utf8").split("\n").slice(0, -1);
  lines.forEach((line, at) => {
    const entry = parseEntry(line);
    if (entry === null) unread.push({ line: at + 1, detail: "is not a journal entry" });
    else if (canonical(entry) !== line) {
      unread.push({ line: at + 1, detail: "is not written as the journal writes it" });
    } else entries.push(entry);
  });
  const digests = entries.map(lineDigest);
  const faults = unread.length > 0 ? unread : checkChain(entries, digests);
  return { entries, digests, head: headOf(digests), torn: bytes.length - whole.length, faults };
}
