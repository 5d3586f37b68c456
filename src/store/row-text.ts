import type { JsonObject } from "../model/json.ts";
import { isJsonObject, stringAt, textsAt } from "../model/json.ts";
import type { EventKind, MessageKind } from "../model/record.ts";
import type { MessageTime, TimeBasis, TimeFlag, TimePrecision } from "../model/time.ts";
import type { Sha256 } from "../model/artifact.ts";

/** A message or event as the index holds it. */
export interface StoredRow {
  /** Row in the index; its order is source order within a run. */
  readonly row: number;
  /** Public id: 32 digits of the parsed file's digest, `-`, offset, `.part`. */
  readonly id: string;
  readonly event: boolean;
  readonly kind: MessageKind | EventKind;
  readonly conversation: number;
  readonly account: number | null;
  readonly name: string | null;
  readonly time: MessageTime;
  readonly text: string;
  readonly flags: readonly string[];
  readonly nativeId: string | null;
  readonly replyTo: string | null;
  readonly edited: MessageTime | null;
  readonly extra: JsonObject;
  readonly attachments: number;
  /** Digest of the file the offset counts in, and that file's number. */
  readonly file: Sha256;
  readonly fileNumber: number;
  readonly offset: number;
  readonly length: number;
  readonly pointer: string | null;
  readonly tableRow: number | null;
  /** Bounds of the instant in ms, null where there is no time at all. */
  readonly earliest: number | null;
  readonly latest: number | null;
}

/** A row of the message table, joined with its file and account. */
export interface MessageRow {
  id: number;
  conversation: number;
  account: number | null;
  event: number;
  kind: MessageKind | EventKind;
  name: string | null;
  byte_offset: number;
  byte_length: number;
  part: string | null;
  place: string | null;
  text: string;
  time_raw: string | null;
  time_local: string | null;
  instant: number | null;
  basis: TimeBasis;
  time_more: string | null;
  earliest: number | null;
  latest: number | null;
  flags: string | null;
  native_id: string | null;
  reply_to: string | null;
  edited: string | null;
  extra: string | null;
  attachments: number;
  sha256: string;
  file_number: number;
}

/** Public id of a row: it names the bytes, so it outlives parse runs. */
export function publicId(sha256: string, offset: number, part: string | null): string {
  return `${sha256.slice(0, 32)}-${offset}${part === null ? "" : `.${part}`}`;
}

export function toStoredRow(row: MessageRow): StoredRow {
  const place = parsed(row.place);
  const tableRow = place["row"];
  return {
    row: row.id,
    id: publicId(row.sha256, row.byte_offset, row.part),
    event: row.event === 1,
    kind: row.kind,
    conversation: row.conversation,
    account: row.account,
    name: row.name,
    time: timeOf(row),
    text: row.text,
    flags: row.flags === null ? [] : row.flags.split(" "),
    nativeId: row.native_id,
    replyTo: row.reply_to,
    edited: row.edited === null ? null : toTime(JSON.parse(row.edited)),
    extra: parsed(row.extra),
    attachments: row.attachments,
    file: row.sha256,
    fileNumber: row.file_number,
    offset: row.byte_offset,
    length: row.byte_length,
    pointer: stringAt(place, "pointer") ?? null,
    tableRow: typeof tableRow === "number" ? tableRow : null,
    earliest: row.earliest,
    latest: row.latest,
  };
}

/**
 * What of a time does not fit the columns, as its own small JSON: the second is the usual precision and
 * is left out, as are empty lists.
 */
export interface TimeMore {
  readonly candidates?: readonly string[];
  readonly zone?: string;
  readonly precision?: TimePrecision;
  readonly flags?: readonly TimeFlag[];
}

function timeOf(row: MessageRow): MessageTime {
  return toTime({
    ...parsed(row.time_more),
    raw: row.time_raw,
    local: row.time_local,
    instant:
      row.instant === null ? null : new Date(row.instant).toISOString().replace(".000Z", "Z"),
    basis: row.basis,
  });
}

/** Reads a time that this index or a parser wrote. */
export function toTime(value: unknown): MessageTime {
  const basis = stringAt(value, "basis");
  const precision = stringAt(value, "precision");
  return {
    raw: stringAt(value, "raw") ?? null,
    local: stringAt(value, "local") ?? null,
    candidates: textsAt(value, "candidates"),
    instant: stringAt(value, "instant") ?? null,
    basis: isOneOf(BASES, basis) ? basis : "unknown",
    zone: stringAt(value, "zone") ?? null,
    precision: isOneOf(PRECISIONS, precision) ? precision : "second",
    flags: textsAt(value, "flags").filter((flag): flag is TimeFlag => isOneOf(FLAGS, flag)),
  };
}

const BASES = ["utc", "offset", "declared", "unknown"] as const;
const PRECISIONS = ["day", "minute", "second", "millisecond"] as const;
const FLAGS = [
  "ambiguous-date",
  "ambiguous-fold",
  "nonexistent-local",
  "clock-24h-with-meridiem",
  "out-of-range",
  "unreadable",
  "edge-of-range",
] as const;

function isOneOf<T extends string>(list: readonly T[], value: string | undefined): value is T {
  return list.some((one) => one === value);
}

function parsed(text: string | null): JsonObject {
  if (text === null) return {};
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : {};
}
