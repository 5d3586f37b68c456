import { parseExtraFields } from "yauzl";
import { uint64 } from "./bytes.ts";

/** One extra field (APPNOTE.TXT section 4.5). */
export interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
}

export interface ExtraFields {
  readonly fields: readonly ExtraField[];
  readonly malformed: boolean;
}

/** The fields of an extra block; a field that ends after the block makes it malformed and void. */
export function readExtra(block: Buffer): ExtraFields {
  if (block.length < 4) return { fields: [], malformed: false };
  try {
    return { fields: parseExtraFields(block), malformed: false };
  } catch {
    return { fields: [], malformed: true };
  }
}

const ZIP64 = 0x0001;

/** Sizes and offset of a header, as far as each is written there. */
export interface Sizes {
  readonly size: number;
  readonly compressedSize: number;
  readonly localOffset: number;
}

export interface WideSizes extends Sizes {
  /** `missing`: a field says "see ZIP64" and ZIP64 has it not. */
  readonly zip64: "none" | "used" | "unneeded" | "missing";
}

/**
 * Puts the ZIP64 numbers where a plain field holds the mark 0xffffffff (APPNOTE.TXT section 4.5.3:
 * only those, in this order: size, compressed size, offset).
 */
export function widen(plain: Sizes, extra: readonly ExtraField[]): WideSizes {
  const data = extra.find((field) => field.id === ZIP64)?.data;
  let at = 0;
  let missing = false;
  const take = (value: number): number => {
    if (value !== 0xffffffff) return value;
    if (data === undefined || at + 8 > data.length) {
      missing = true;
      return value;
    }
    at += 8;
    return uint64(data, at - 8);
  };
  const size = take(plain.size);
  const compressedSize = take(plain.compressedSize);
  const localOffset = take(plain.localOffset);
  const unused = data !== undefined && at === 0;
  const zip64 = missing ? "missing" : unused ? "unneeded" : at > 0 ? "used" : "none";
  return { size, compressedSize, localOffset, zip64 };
}

const EXTENDED_TIMESTAMP = 0x5455;
const NTFS = 0x000a;

/**
 * When the entry was last changed: ISO 8601 in UTC where an extra field states the instant, else the
 * wall clock of the DOS fields without a zone; null where they hold no calendar date.
 */
export function modifiedTime(
  extra: readonly ExtraField[],
  date: number,
  time: number,
): string | null {
  const unix = extra.find((field) => field.id === EXTENDED_TIMESTAMP)?.data;
  if (unix !== undefined && unix.length >= 5 && ((unix[0] ?? 0) & 1) === 1)
    return instant(unix.readInt32LE(1) * 1000);
  const ntfs = extra.find((field) => field.id === NTFS)?.data;
  if (ntfs !== undefined && ntfs.length >= 16 && ntfs.readUInt16LE(4) === 1)
    return instant(Number(ntfs.readBigUInt64LE(8) / 10_000n) - EPOCH_1601);
  return dosTime(date, time);
}

/** Milliseconds from 1601-01-01 to 1970-01-01. */
const EPOCH_1601 = 11_644_473_600_000;

function instant(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(".000Z", "Z");
}

function dosTime(date: number, time: number): string | null {
  const [year, month, day] = [(date >> 9) + 1980, (date >> 5) & 15, date & 31];
  const [hour, minute, second] = [time >> 11, (time >> 5) & 63, (time & 31) * 2];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
