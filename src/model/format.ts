import type { FormatRecord } from "./record.ts";

/** What detection may look at: never the whole file. */
export interface Probe {
  /** File name as found, a hint only. */
  readonly name: string;
  /** The first bytes, at most 64 KiB. */
  readonly head: Uint8Array;
  readonly size: number;
  /** Paths of the other files of the same export, relative to this file's folder, `/` between. */
  readonly siblings: readonly string[];
}

/** How sure a format is: 0 not mine, 100 certain. `reason` is shown where two formats tie. */
export interface Detection {
  readonly score: number;
  readonly reason: string;
}

export interface ParseInput {
  readonly name: string;
  readonly size: number;
  /**
   * The file's bytes in order; chunks of any length, each owned by the parser until the next is taken.
   * Every iteration starts anew from the first byte, for a parser that looks at the whole file first.
   */
  readonly chunks: Iterable<Uint8Array>;
  readonly siblings: readonly string[];
}

/** Options that change what is read; they enter the journal, and another value is another parse run. */
export interface ParseOptions {
  /** IANA zone or offset the analyst declares for zone-less times; null: none, such times stay local. */
  readonly zone: string | null;
  readonly dateOrder: "dmy" | "mdy" | "ymd" | null;
  /** The account whose device made the export, as the analyst declares it. */
  readonly owner: string | null;
  /** Parsed content of the mapping file, for the formats that take one; null where none was given. */
  readonly mapping: unknown;
}

/** One application version the format was really tried on. */
export interface Tried {
  readonly app: string;
  readonly versions: string;
  readonly locales: string;
}

/**
 * A format that exhibita reads: detection, and a synchronous parser fed with bytes that yields batches
 * of records (a few hundred each). A parser never opens a file, never throws for bad input (what it
 * cannot read is an exception record), and holds no more than one message plus its chunk in memory.
 */
export interface Format {
  readonly id: string;
  readonly title: string;
  /** Raised with every change that alters a record; the journal keeps it beside the id. */
  readonly version: number;
  readonly tried: readonly Tried[];
  /** What this export cannot contain, so that a report says "absent in this format", not "none". */
  readonly lacks: readonly string[];
  readonly detect: (probe: Probe) => Detection;
  readonly parse: (input: ParseInput, options: ParseOptions) => Iterable<readonly FormatRecord[]>;
}
