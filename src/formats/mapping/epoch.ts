import type { MessageTime } from "../../model/time.ts";
import { epochTime, unknownTime } from "../../time/read.ts";

/** A count since a fixed day: `digits` after the seconds, `start` of the count in seconds of the Unix epoch. */
interface Count {
  readonly digits: number;
  readonly start: number;
}

/** 1601-01-01 and 2001-01-01 UTC in seconds of the Unix epoch. */
const FROM_1601 = -11_644_473_600;
const FROM_2001 = 978_307_200;

/** The counts that tables and databases hold, by the word a mapping uses. */
const COUNTS: ReadonlyMap<string, Count> = new Map([
  ["epoch-s", { digits: 0, start: 0 }],
  ["epoch-ms", { digits: 3, start: 0 }],
  ["epoch-us", { digits: 6, start: 0 }],
  ["apple-s", { digits: 0, start: FROM_2001 }],
  ["apple-ns", { digits: 9, start: FROM_2001 }],
  ["webkit-us", { digits: 6, start: FROM_1601 }],
  ["filetime", { digits: 7, start: FROM_1601 }],
]);

/** The words for counts. */
export const COUNT_WORDS: readonly string[] = [...COUNTS.keys()];

/** What ISO 8601 writes with four digits: 0000-01-01 to 9999-12-31. */
const EARLIEST = -62_167_219_200_000;
const LATEST = 253_402_300_799_999;

/** Reads a count such as `1528917915000`; digits after a point are a fraction of its unit. */
export type CountReader = (raw: string, text: string) => MessageTime;

/** The reader for a word, or null where the word names no count. */
export function countReader(word: string): CountReader | null {
  const count = COUNTS.get(word);
  if (count === undefined) return null;
  return (raw, text) => readCount(raw, text, count);
}

function readCount(raw: string, text: string, count: Count): MessageTime {
  if (!/^-?\d{1,20}(?:\.\d{1,20})?$/.test(text)) return unknownTime(raw, ["unreadable"]);
  const point = text.indexOf(".");
  const whole = point === -1 ? text : text.slice(0, point);
  const fraction = point === -1 ? "" : text.slice(point + 1);
  const ms = millisecondsOf(whole, fraction, count.digits) + count.start * 1000;
  if (ms < EARLIEST || ms > LATEST) return unknownTime(raw, ["out-of-range"]);
  const fine = count.digits > 0 || fraction !== "";
  return epochTime(raw, ms, fine ? "millisecond" : "second");
}

/** Shifts the decimal point by digits, since counts beyond 2^53 lose their last ones as numbers. */
function millisecondsOf(whole: string, fraction: string, digits: number): number {
  const negative = whole.startsWith("-");
  const size = (negative ? whole.slice(1) : whole).padStart(digits + 1, "0");
  const seconds = size.slice(0, size.length - digits);
  const rest = size.slice(size.length - digits) + fraction;
  const ms = Number(seconds) * 1000 + Number(rest.slice(0, 3).padEnd(3, "0"));
  return negative ? -ms : ms;
}
