import type { TimePrecision } from "../../model/time.ts";
import { civilText, isClock, isDate } from "../../time/civil.ts";
import { readOffset } from "./offset.ts";

/** A wall clock read from a text, `2018-06-13T21:25:15` or with milliseconds, and an offset if it holds one. */
export interface CivilReading {
  readonly local: string;
  readonly offset: string | null;
  readonly precision: TimePrecision;
}

/** Reads one notation; null where the text is not of it, or names no real day or time. */
export type CivilReader = (text: string) => CivilReading | null;

/** What a notation may say; a field it does not say is 0, `fraction` the digits after the seconds. */
export interface CivilFields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: string;
  offset: string | null;
}

/** The reading, if its day and time exist. */
export function civilReading(fields: CivilFields, precision: TimePrecision): CivilReading | null {
  const { year, month, day, hour, minute, second } = fields;
  if (!isDate(year, month, day) || !isClock(hour, minute, second)) return null;
  const text = civilText(fields);
  const local = precision === "millisecond" ? `${text}.${milliseconds(fields.fraction)}` : text;
  return { local, offset: fields.offset, precision };
}

/** Three digits; what is finer is cut off, since the raw text keeps it. */
function milliseconds(fraction: string): string {
  return fraction.slice(0, 3).padEnd(3, "0");
}

/** `YYYY-MM-DD`, then nothing or a clock. */
const DATE_LENGTH = 10;

/**
 * ISO 8601 extended notation, `T` or a blank before the time, seconds and offset or none. Read by
 * place, not by a regular expression, since this is the notation that most rows have.
 */
export function readIso(text: string): CivilReading | null {
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  const dashes = text.charAt(4) === "-" && text.charAt(7) === "-";
  if (!dashes || Number.isNaN(year) || !isDate(year, month, day)) return null;
  const date = text.slice(0, DATE_LENGTH);
  if (text.length === DATE_LENGTH) {
    return { local: `${date}T00:00:00`, offset: null, precision: "day" };
  }
  return "Tt ".includes(text.charAt(DATE_LENGTH)) ? readIsoClock(text, date) : null;
}

function readIsoClock(text: string, date: string): CivilReading | null {
  const hour = digitsAt(text, 11, 2);
  const minute = digitsAt(text, 14, 2);
  const seconds = text.charAt(16) === ":";
  const second = seconds ? digitsAt(text, 17, 2) : 0;
  if (text.charAt(13) !== ":" || !isClock(hour, minute, second)) return null;
  const rest = text.slice(seconds ? 19 : 16);
  const fraction = seconds ? fractionIn(rest) : "";
  const offset = readRest(rest.slice(fraction === "" ? 0 : fraction.length + 1));
  if (offset === undefined) return null;
  const local =
    seconds && text.charAt(DATE_LENGTH) === "T"
      ? text.slice(0, 19)
      : `${date}T${seconds ? text.slice(11, 19) : `${text.slice(11, 16)}:00`}`;
  if (fraction !== "") {
    return { local: `${local}.${milliseconds(fraction)}`, offset, precision: "millisecond" };
  }
  return { local, offset, precision: seconds ? "second" : "minute" };
}

/** The digits after a point or comma that opens the text; empty where none does. */
function fractionIn(text: string): string {
  if (text.charAt(0) !== "." && text.charAt(0) !== ",") return "";
  return /^\d{1,9}/.exec(text.slice(1, 11))?.[0] ?? "";
}

/** The offset that is all of the text, a blank before it or not; null for no text, undefined for another. */
function readRest(text: string): string | null | undefined {
  if (text === "") return null;
  if (text === "Z") return "Z";
  return /^ ?(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/.test(text)
    ? (readOffset(text.trim()) ?? undefined)
    : undefined;
}

/** The number that `count` ASCII digits write; NaN where one is none. */
function digitsAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i += 1) {
    const digit = text.charCodeAt(i) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
