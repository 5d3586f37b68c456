import type { Encoding } from "../../decode/charset.ts";
import type { ConversationKind, EventKind, MessageKind } from "../../model/record.ts";

/**
 * A mapping says what the columns of a table of unknown shape mean. An analyst writes it as a JSON
 * document (docs/formats/mapping.md); `readMapping` turns that into these values.
 */

/**
 * Where a value stands in a row: the name of a column, its number from 1 (CSV), or an RFC 6901 pointer
 * or a member's plain name (JSONL).
 */
export type Column = string | number;

/** What a row of a table may be. */
export type RowKind = MessageKind | EventKind;

export interface CsvDialect {
  /** One ASCII character. */
  readonly delimiter: string;
  /** One ASCII character, or null where the table quotes nothing. */
  readonly quote: string | null;
  /** True where the first row names the columns; else columns are numbers. */
  readonly header: boolean;
  /** Rows before the header or the first message (`sep=;`, a title) that hold none. */
  readonly skipRows: number;
}

export interface ConversationMapping {
  /** Column of the conversation's id; null where `constant` names the one conversation of the file. */
  readonly column: Column | null;
  readonly constant: string | null;
  readonly title: Column | null;
  readonly kind: ConversationKind;
}

export interface TimeMapping {
  /** Columns whose cells, joined by a blank, the pattern describes. */
  readonly columns: readonly Column[];
  readonly pattern: string;
  readonly offset: Column | null;
}

export interface KindMapping {
  readonly column: Column;
  readonly values: ReadonlyMap<string, RowKind>;
  /** Kind of a row whose value is not listed. */
  readonly otherwise: RowKind;
}

export interface AttachmentMapping {
  readonly column: Column;
  /** Between names in one cell; null where a cell holds one name. */
  readonly separator: string | null;
  /** Pointer inside each element, where the value is an array of objects (JSONL). */
  readonly each: string | null;
}

export interface Mapping {
  readonly schema: 1;
  readonly format: "csv" | "jsonl";
  readonly encoding: Encoding;
  readonly csv: CsvDialect;
  readonly service: string;
  readonly conversation: ConversationMapping;
  readonly accountId: Column | null;
  readonly accountName: Column | null;
  /** Columns whose cells, joined by line feeds, are the text. */
  readonly text: readonly Column[];
  /** Null where the table tells no times. */
  readonly time: TimeMapping | null;
  readonly edited: TimeMapping | null;
  /** Null where every row is a message. */
  readonly kind: KindMapping | null;
  readonly attachments: AttachmentMapping | null;
  readonly id: Column | null;
  readonly replyTo: Column | null;
}
