import type { JsonObject } from "./json.ts";
import type { MessageTime } from "./time.ts";

/**
 * What a parser yields. A source row ends as exactly one message, event or exception; conversations
 * and accounts are declared before the first row that names them, and may be declared again when more is
 * known of them; findings speak of the whole file.
 * Keys are the parser's own, unique within one file, and name the same thing in every run over it.
 */
export type FormatRecord =
  | ConversationRecord
  | AccountRecord
  | MessageRecord
  | EventRecord
  | ExceptionRecord
  | FindingRecord
  | EndRecord;

/** What a person wrote or sent; a call, a poll and a tombstone are messages. */
export type MessageKind =
  | "text"
  | "media"
  | "call"
  | "poll"
  | "location"
  | "contact"
  | "deletion"
  | "unknown";

/** What the service or the device noted beside the talk. */
export type EventKind = "system" | "reaction" | "edit";

export type ConversationKind = "direct" | "group" | "channel" | "self" | "unknown";

/** Bytes of the parsed file: `offset` from its start, `length` in bytes. */
export interface Span {
  readonly offset: number;
  readonly length: number;
  /** RFC 6901 pointer, where the format is JSON. */
  readonly pointer?: string;
  /** 1-based row of a table, where the format has rows. */
  readonly row?: number;
}

export interface ConversationRecord {
  readonly type: "conversation";
  readonly key: string;
  /** The service's own id, where the export has one. */
  readonly nativeId: string | null;
  /** The title as the export writes it; null where it has none. */
  readonly title: string | null;
  readonly kind: ConversationKind;
}

export interface AccountRecord {
  readonly type: "account";
  readonly key: string;
  /** `whatsapp`, `telegram`, or what a mapping file says. */
  readonly service: string;
  /** The service's own id (a nickname is not one); null where the export has none. */
  readonly nativeId: string | null;
  /** The name as the export writes it; null where it has none. */
  readonly name: string | null;
}

/** How the source speaks of a file; the ingest adds whether its bytes are at hand. */
export interface AttachmentRecord {
  /** Path or file name as the source writes it; null where it only says that something was there. */
  readonly name: string | null;
  /** `referenced`: named, bytes expected beside the file. `absent`: the source says it left them out. */
  readonly state: "referenced" | "absent";
  /** The source's own words in place of the file (`<Media omitted>`); null where it has none. */
  readonly literal: string | null;
  /** photo, video, voice, audio, sticker, document, contact, gif ... as the source says; null if it does not. */
  readonly media: string | null;
  readonly mime: string | null;
}

interface Row {
  readonly conversation: string;
  /** Account key of who wrote or did it; null where the source names nobody. */
  readonly account: string | null;
  /** The name shown at this very row, where the source writes one. */
  readonly name: string | null;
  readonly time: MessageTime;
  /** The text as the source has it, undecorated; control and bidi characters kept. */
  readonly text: string;
  readonly span: Span;
  /** Tells rows apart that share one span; absent for the first. */
  readonly part?: string;
  /** Doubts a reader must see (`pasted-header`, `name-with-colon`, `imported-date`), beside the time's own. */
  readonly flags: readonly string[];
  /** Everything else the source says of this row, by the format's own field names. */
  readonly extra: JsonObject;
}

export interface MessageRecord extends Row {
  readonly type: "message";
  readonly kind: MessageKind;
  readonly attachments: readonly AttachmentRecord[];
  /** Native id of this message, where the export has one. */
  readonly nativeId: string | null;
  /** Native id of the message this answers, where the export has one. */
  readonly replyTo: string | null;
  /** When the text was last changed, where the export says so; the earlier text is rarely exported. */
  readonly edited: MessageTime | null;
}

export interface EventRecord extends Row {
  readonly type: "event";
  readonly kind: EventKind;
  readonly nativeId: string | null;
}

/** Rows that could not be read: counted and shown like any other row, never dropped. */
export interface ExceptionRecord {
  readonly type: "exception";
  /** Rule that was broken: `no-header`, `bad-json`, `truncated`, `bad-utf8`, `too-long`, `bad-row`... */
  readonly code: string;
  readonly detail: string;
  readonly span: Span;
  readonly conversation: string | null;
}

/** Something about the file as a whole that a reader must know; not a row and not counted as one. */
export interface FindingRecord {
  readonly type: "finding";
  readonly code: string;
  readonly detail: string;
  readonly count: number;
}

/** Last record of a file: `units` is the number of source rows, counted apart from the records. */
export interface EndRecord {
  readonly type: "end";
  readonly units: number;
}
