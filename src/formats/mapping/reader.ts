import type { ParseOptions } from "../../model/format.ts";
import type { JsonObject } from "../../model/json.ts";
import type { AttachmentRecord, FormatRecord, Span } from "../../model/record.ts";
import type { MessageTime } from "../../model/time.ts";
import { unknownTime } from "../../time/read.ts";
import { clockOf } from "./clock.ts";
import type { Column, KindMapping, Mapping, RowKind, TimeMapping } from "./schema.ts";
import { isEventKind } from "./sections.ts";

/** One row of a table whose columns were found: a cell per place, empty where the row has no value. */
export interface TableRow {
  readonly cells: readonly string[];
  /** Names of attached files. */
  readonly attachments: readonly (string | null)[];
  /** What no column of the mapping takes. */
  readonly extra: JsonObject;
  readonly span: Span;
  readonly flags: readonly string[];
}

/** Adds the row's record to `out`, after the conversation and the account it is the first to name. */
export type RowReader = (row: TableRow, out: FormatRecord[]) => void;

/** Index of a column's cell in a row. */
export type PlaceOf = (column: Column) => number;

/** A reader for the rows of one file under a mapping; `placeOf` knows every column the mapping names. */
export function rowReader(mapping: Mapping, placeOf: PlaceOf, options: ParseOptions): RowReader {
  const conversationOf = conversationReader(mapping, placeOf);
  const accountOf = accountReader(mapping, placeOf);
  const textOf = joined(mapping.text.map(placeOf), "\n");
  const timeOf = timeReader(mapping.time, placeOf, options.zone);
  const editedOf = timeReader(mapping.edited, placeOf, options.zone);
  const kindOf = kindReader(mapping.kind, placeOf);
  const idOf = cellOf(mapping.id, placeOf);
  const replyOf = cellOf(mapping.replyTo, placeOf);
  const nameOf = cellOf(mapping.accountName, placeOf);
  // Literals, not spreads of a common part: they take a third of the time on this path.
  return (row, out) => {
    const { cells, span, flags } = row;
    const { key: conversation, extra } = conversationOf(row, out);
    const account = accountOf(cells, out);
    const name = nameOf(cells);
    const time = timeOf(cells) ?? NO_TIME;
    const text = textOf(cells);
    const nativeId = idOf(cells);
    const kind = kindOf(cells, text, row.attachments.length > 0);
    if (isEventKind(kind)) {
      out.push({
        type: "event",
        kind,
        conversation,
        account,
        name,
        time,
        text,
        span,
        flags,
        extra: withExtra(extra, eventExtra(row, replyOf(cells), editedOf(cells))),
        nativeId,
      });
      return;
    }
    out.push({
      type: "message",
      kind,
      conversation,
      account,
      name,
      time,
      text,
      span,
      flags,
      extra,
      attachments: row.attachments.length === 0 ? NO_FILES : row.attachments.map(referenced),
      nativeId,
      replyTo: replyOf(cells),
      edited: editedOf(cells),
    });
  };
}

const NO_FILES: readonly AttachmentRecord[] = [];

/** What an event has no place for, by the names that the mapping has for it. */
function eventExtra(row: TableRow, replyTo: string | null, edited: MessageTime | null): JsonObject {
  return {
    ...(row.attachments.length > 0 && { attachments: row.attachments }),
    ...(replyTo !== null && { replyTo }),
    ...(edited !== null && { edited: edited.raw }),
  };
}

/** Members are defined, not assigned, so that a column named __proto__ stays one. */
function withExtra(extra: JsonObject, more: JsonObject): JsonObject {
  const added = Object.entries(more);
  return added.length === 0 ? extra : Object.fromEntries([...Object.entries(extra), ...added]);
}

const NO_TIME = unknownTime(null);

function referenced(name: string | null): AttachmentRecord {
  return { name, state: "referenced", literal: null, media: null, mime: null };
}

/** The cell, or null where the mapping names no column or the cell is empty. */
function cellOf(
  column: Column | null,
  placeOf: PlaceOf,
): (cells: readonly string[]) => string | null {
  if (column === null) return () => null;
  const place = placeOf(column);
  return (cells) => {
    const cell = cells[place];
    return cell === undefined || cell === "" ? null : cell;
  };
}

function joined(places: readonly number[], glue: string): (cells: readonly string[]) => string {
  const [only = 0] = places;
  if (places.length === 1) return (cells) => cells[only] ?? "";
  return (cells) =>
    places
      .map((place) => cells[place] ?? "")
      .filter((cell) => cell !== "")
      .join(glue);
}

/** Null where the row has no time at all. */
function timeReader(
  time: TimeMapping | null,
  placeOf: PlaceOf,
  zone: string | null,
): (cells: readonly string[]) => MessageTime | null {
  if (time === null) return () => null;
  const clock = clockOf(time.pattern, zone, "time.pattern");
  const textOf = joined(time.columns.map(placeOf), " ");
  const offsetOf = cellOf(time.offset, placeOf);
  return (cells) => {
    const text = textOf(cells);
    if (text === "") return null;
    const offset = offsetOf(cells);
    const raw = offset === null ? text : `${text} ${offset}`;
    return clock(raw, text.trim(), offset === null ? "" : offset.trim());
  };
}

function kindReader(
  kind: KindMapping | null,
  placeOf: PlaceOf,
): (cells: readonly string[], text: string, attached: boolean) => RowKind {
  if (kind === null)
    return (_cells, text, attached) => (text === "" && attached ? "media" : "text");
  const place = placeOf(kind.column);
  return (cells) => kind.values.get(cells[place] ?? "") ?? kind.otherwise;
}

/** Declares each conversation once; a title other than the first goes to the row's extra. */
function conversationReader(
  mapping: Mapping,
  placeOf: PlaceOf,
): (row: TableRow, out: FormatRecord[]) => { readonly key: string; readonly extra: JsonObject } {
  const { column, constant, title, kind } = mapping.conversation;
  const idOf = cellOf(column, placeOf);
  const titleOf = cellOf(title, placeOf);
  const titles = new Map<string, string | null>();
  return ({ cells, extra }, out) => {
    const nativeId = idOf(cells);
    const key = nativeId === null ? "none" : `id:${nativeId}`;
    const shown = titleOf(cells) ?? constant;
    const known = titles.get(key);
    if (known === undefined) {
      titles.set(key, shown);
      out.push({ type: "conversation", key, nativeId, title: shown, kind });
    } else if (shown !== known && shown !== null) {
      return { key, extra: withExtra(extra, { [String(title)]: shown }) };
    }
    return { key, extra };
  };
}

/** Declares each account once: by its id, else by its name; null where the row names nobody. */
function accountReader(
  mapping: Mapping,
  placeOf: PlaceOf,
): (cells: readonly string[], out: FormatRecord[]) => string | null {
  const idOf = cellOf(mapping.accountId, placeOf);
  const nameOf = cellOf(mapping.accountName, placeOf);
  const { service } = mapping;
  const declared = new Set<string>();
  return (cells, out) => {
    const nativeId = idOf(cells);
    const name = nameOf(cells);
    if (nativeId === null && name === null) return null;
    const key = nativeId === null ? `name:${name}` : `id:${nativeId}`;
    if (!declared.has(key)) {
      declared.add(key);
      out.push({ type: "account", key, service, nativeId, name });
    }
    return key;
  };
}
