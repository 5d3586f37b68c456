import type { ParseOptions } from "../../src/model/format.ts";
import type {
  EventRecord,
  ExceptionRecord,
  FindingRecord,
  FormatRecord,
  MessageRecord,
} from "../../src/model/record.ts";
import { whatsapp } from "../../src/formats/whatsapp/index.ts";

export interface Input {
  readonly name?: string;
  readonly siblings?: readonly string[];
  readonly chunk?: number;
  readonly options?: Partial<ParseOptions>;
}

export function bytesOf(input: string | Uint8Array): Buffer {
  return typeof input === "string" ? Buffer.from(input, "utf8") : Buffer.from(input);
}

/** Every record of one file, its bytes given in chunks of `chunk`. */
export function read(input: string | Uint8Array, how: Input = {}): readonly FormatRecord[] {
  const bytes = bytesOf(input);
  const size = how.chunk ?? Math.max(bytes.length, 1);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const options = { zone: null, dateOrder: null, owner: null, mapping: null, ...how.options };
  const parsed = whatsapp.parse(
    { name: how.name ?? "chat.txt", size: bytes.length, chunks, siblings: how.siblings ?? [] },
    options,
  );
  return [...parsed].flat();
}

export type RowRecord = MessageRecord | EventRecord;
export type Unit = RowRecord | ExceptionRecord;

export function isRow(record: FormatRecord): record is RowRecord {
  return record.type === "message" || record.type === "event";
}

export function isUnit(record: FormatRecord): record is Unit {
  return isRow(record) || record.type === "exception";
}

export function rowsOf(input: string | Uint8Array, how: Input = {}): readonly RowRecord[] {
  return read(input, how).filter(isRow);
}

export function messagesOf(input: string | Uint8Array, how: Input = {}): readonly MessageRecord[] {
  return read(input, how).filter((record) => record.type === "message");
}

/** The only message of a file. */
export function messageOf(input: string | Uint8Array, how: Input = {}): MessageRecord {
  const [message, ...others] = messagesOf(input, how);
  if (message === undefined || others.length > 0) throw new Error("expected one message");
  return message;
}

export function findingsOf(records: readonly FormatRecord[]): ReadonlyMap<string, FindingRecord> {
  return new Map(
    records.filter((record) => record.type === "finding").map((record) => [record.code, record]),
  );
}

export function unitsOf(records: readonly FormatRecord[]): number {
  const last = records.at(-1);
  return last?.type === "end" ? last.units : -1;
}
