import type { Sha256 } from "./artifact.ts";
import type { CustodyEntry, CustodyHead, InclusionProof, ToolVersions } from "./custody.ts";
import type { JsonObject } from "./json.ts";
import type { Locator } from "./locator.ts";
import type { ConversationKind, EventKind, MessageKind } from "./record.ts";
import type { ProductionOptions, Selection } from "./selection.ts";
import type { MessageTime } from "./time.ts";

/**
 * The lines of data/*.jsonl and bundle.json: what one bundle gives (EDRM production). The report, the
 * interchange files and `reproduce` are drawn from these values alone. docs/bundle-spec.md describes
 * each member; schemas only grow.
 */

export type Language = "en" | "fr";

/** `present`: bytes at hand in the case; `missing`: named, not found; `absent`: left out by the source. */
export type AttachmentState = "present" | "missing" | "absent" | "withheld" | "destroyed";

export interface AttachmentLine {
  readonly name: string | null;
  readonly state: AttachmentState;
  readonly literal: string | null;
  readonly media: string | null;
  readonly mime: string | null;
  /** Number in artifacts.jsonl; null where no bytes are at hand or they are withheld. */
  readonly artifact: number | null;
  readonly sha256: Sha256 | null;
  readonly size: number | null;
  /** Path inside the bundle, only where the bytes are given. */
  readonly file: string | null;
  /** Why it is withheld, in the words of who withheld it. */
  readonly ground?: string;
}

interface RowLine {
  /** 1-based position in its file, in the production's total order. */
  readonly number: number;
  /** First 32 digits of the parsed file's digest, `-`, byte offset, and `.part` where rows share a span. */
  readonly id: string;
  readonly conversation: string;
  readonly account: string | null;
  /** The name shown at this row, else the account's. */
  readonly name: string | null;
  readonly time: MessageTime;
  readonly text: string;
  readonly flags: readonly string[];
  /** Number of the source in artifacts.jsonl: the file or archive as it was received. */
  readonly artifact: number;
  readonly locator: Locator;
  /** The source slice, where its bytes are UTF-8; `rawBase64` where they are not; neither with --no-raw. */
  readonly raw?: string;
  readonly rawBase64?: string;
  /** 32 hex digits, derived from the case's secret and the id. */
  readonly salt: string;
  /** SHA-256 of the salt's bytes followed by the source slice. */
  readonly sliceDigest: Sha256;
  /** True for a neighbour that was added, not matched. */
  readonly context: boolean;
  readonly extra: JsonObject;
}

export interface MessageLine extends RowLine {
  readonly type: "message";
  readonly kind: MessageKind;
  readonly attachments: readonly AttachmentLine[];
  readonly nativeId: string | null;
  readonly replyTo: string | null;
  readonly edited: MessageTime | null;
  /** Set where the row itself is withheld: text, name and raw are then empty. */
  readonly withheld?: { readonly ground: string };
}

export interface EventLine extends RowLine {
  readonly type: "event";
  readonly kind: EventKind;
}

export interface ConversationLine {
  readonly type: "conversation";
  readonly id: string;
  readonly title: string | null;
  readonly kind: ConversationKind;
  readonly nativeId: string | null;
  readonly service: string;
  readonly artifact: number;
  readonly accounts: readonly string[];
  /** Messages of this conversation in the case, in this bundle, and those added as context. */
  readonly messages: {
    readonly inCase: number;
    readonly inBundle: number;
    readonly context: number;
  };
  readonly events: { readonly inCase: number; readonly inBundle: number };
  /** The source's `lacks`: what this format cannot contain. */
  readonly lacks: readonly string[];
}

export interface AccountLine {
  readonly type: "account";
  readonly id: string;
  readonly service: string;
  readonly nativeId: string | null;
  readonly name: string | null;
  readonly artifact: number;
  /** Every name the rows of this bundle show for it. */
  readonly names: readonly string[];
  readonly messages: number;
}

export interface ExceptionLine {
  readonly type: "exception";
  readonly id: string;
  readonly code: string;
  readonly detail: string;
  readonly artifact: number;
  readonly locator: Locator;
}

export interface ArtifactLine {
  readonly type: "artifact";
  readonly number: number;
  readonly role: "source" | "member";
  /** Null where the plain digest is withheld. */
  readonly sha256: Sha256 | null;
  readonly size: number;
  /** Original name; null where it is withheld or not asked for. */
  readonly name: string | null;
  readonly nameBytes?: string;
  readonly format: string | null;
  readonly formatVersion: number | null;
  readonly exhibit: string | null;
  readonly acquired: string;
  /** Container's number and the entry's path in it, for a member of an archive or folder. */
  readonly container: number | null;
  readonly entry: string | null;
  /** What the current parse run read; null where the file is not parsed. */
  readonly counts: SourceCounts | null;
  readonly findings: readonly {
    readonly code: string;
    readonly detail: string;
    readonly count: number;
  }[];
  /** Options of the parse run: zone, dateOrder, owner. */
  readonly options: JsonObject;
  /** Path inside the bundle, only where the bytes are given. */
  readonly file: string | null;
  /** Entry inside `file`, where that is one of the numbered archives. */
  readonly fileEntry?: string;
  readonly ground?: string;
}

export interface SourceCounts {
  readonly units: number;
  readonly messages: number;
  readonly events: number;
  readonly exceptions: number;
}

/** A journal line with its proof against the head in bundle.json. */
export interface CustodyLine {
  readonly type: "custody";
  readonly entry: CustodyEntry;
  readonly proof: InclusionProof;
}

export interface ProductionCounts {
  readonly messages: number;
  readonly events: number;
  readonly exceptions: number;
  readonly conversations: number;
  readonly accounts: number;
  readonly artifacts: number;
  readonly attachments: number;
  readonly attachmentsIncluded: number;
  readonly withheld: number;
  readonly context: number;
  readonly edgeOfRange: number;
  /** Messages of the conversations named here, in this bundle or not. */
  readonly messagesInConversations: number;
  /** Units, messages, events and exceptions of the sources named here. */
  readonly sources: SourceCounts;
}

/** bundle.json */
export interface BundleDescription {
  readonly schema: 1;
  readonly type: "exhibita-bundle";
  readonly id: string;
  readonly case: {
    readonly number: string;
    readonly title: string | null;
    readonly agency: string | null;
  };
  readonly procedure: string | null;
  readonly production: number;
  readonly officer: string | null;
  readonly preparedBy: string;
  readonly recipient: string | null;
  readonly language: Language;
  /** ISO 8601 UTC; from SOURCE_DATE_EPOCH where `createdFrom` says so. */
  readonly created: string;
  readonly createdFrom: "clock" | "source-date-epoch";
  readonly selection: Selection;
  /** The selection as one sentence, word for word as the cover sheet has it. */
  readonly selectionText: string;
  readonly options: ProductionOptions;
  readonly authority: string | null;
  readonly counts: ProductionCounts;
  readonly tool: ToolVersions;
  readonly dependencies: JsonObject;
  /** IANA zone for display only; it moves no instant. */
  readonly displayZone: string | null;
  readonly timeRules: readonly string[];
  readonly limits: readonly string[];
  readonly timestamp: "none" | "expected" | "later";
  /** Head the proofs in data/custody.jsonl lead to: the journal up to its last act on evidence. */
  readonly custody: CustodyHead;
  /** Head over every line the journal had, for `check --anchor`. */
  readonly anchor: CustodyHead;
  /** Digest of data/messages.jsonl, printed on every page of the report. */
  readonly extractSha256: Sha256;
  /** Digest over the data/ manifest lines without report.pdf and custody.jsonl. */
  readonly contentDigest: Sha256;
  readonly previous: { readonly id: string; readonly sha256: Sha256 } | null;
}

/**
 * bundle.json as written: the description, and the digest of the report before it was signed. The report
 * is drawn from the description alone.
 */
export interface BundleRecord extends BundleDescription {
  readonly unsignedPdfSha256: Sha256;
}

/** Everything the report and the exporters read. Rows come in the production's total order, every call anew. */
export interface Production {
  readonly description: BundleDescription;
  readonly conversations: readonly ConversationLine[];
  readonly accounts: readonly AccountLine[];
  readonly artifacts: readonly ArtifactLine[];
  readonly exceptions: readonly ExceptionLine[];
  readonly custody: readonly CustodyLine[];
  /** Grouped by conversation, in the order of `conversations`; source order within. */
  readonly messages: () => Iterable<MessageLine>;
  readonly events: () => Iterable<EventLine>;
}
