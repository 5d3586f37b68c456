import type { Readable } from "node:stream";
import type { ArtifactStatus } from "../../model/artifact.ts";
import type { ParseOptions } from "../../model/format.ts";

/** What the analyst offers, and says of it. Options left null are not declared. */
export interface IngestRequest {
  /** Absolute paths of files and folders. */
  readonly paths: readonly string[];
  /** Bytes from standard input, with the name the analyst gives them. */
  readonly stream: { readonly name: string; readonly bytes: Readable } | null;
  readonly exhibit: string | null;
  readonly note: string | null;
  /** Format id, where detection is not to decide. */
  readonly format: string | null;
  readonly options: ParseOptions;
}

/** What became of one source given, as docs/json.md has it. */
export interface SourceReport {
  readonly type: "artifact";
  /** Null for what was not acquired: a dry run, a refusal. */
  readonly number: number | null;
  readonly path: string;
  readonly sha256: string | null;
  readonly size: number;
  readonly format: string | null;
  readonly exhibit: string | null;
  readonly messages: number;
  readonly events: number;
  readonly exceptions: number;
  readonly units: number;
  readonly members: number;
  readonly status: ArtifactStatus;
  /** What was found of the archive or file; each is named by `list exceptions`. */
  readonly findings: readonly {
    readonly stage: "acquisition" | "parse";
    readonly code: string;
    readonly detail: string;
    readonly count: number;
  }[];
  /** Formats between which detection could not decide; empty where it could. */
  readonly candidates: readonly {
    readonly id: string;
    readonly score: number;
    readonly reason: string;
  }[];
}

/** Something that was offered and is no evidence file: a link, a device, the litter of an operating system. */
export interface PassedOver {
  readonly type: "refused" | "litter";
  readonly path: string;
  readonly reason: string;
}

export interface IngestSummary {
  readonly type: "summary";
  readonly artifacts: number;
  readonly messages: number;
  readonly events: number;
  readonly exceptions: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly unrecognised: number;
  readonly refused: number;
  readonly findings: number;
  readonly ties: number;
}

/** Hears what happens while it happens: a terminal, JSON lines, or a test. */
export interface IngestObserver {
  readonly source: (report: SourceReport) => void;
  readonly passedOver: (item: PassedOver) => void;
  readonly progress: (state: {
    readonly path: string;
    readonly rows: number;
    readonly bytes: number;
  }) => void;
}
