import type { MessageTime, TimeFlag } from "../../model/time.ts";
import { isClock } from "../../time/civil.ts";
import { ambiguousTime, localTime, unknownTime } from "../../time/read.ts";
import type { Header } from "./header.ts";
import {
  dayNumber,
  isPlausible,
  isSingle,
  newDay,
  openReadings,
  possibleReadings,
  readDay,
  READINGS,
} from "./readings.ts";

/** Reads the times of rows one after the other; `day` and `seconds` speak of the row read last. */
export interface RowClock {
  /**
   * `reading` is the one that the segment's evidence or the analyst chose, 0 where there is none; then
   * `left` are the readings it may still be (0: any), and a row whose date exists under one of them only
   * speaks for itself.
   */
  readonly read: (header: Header, raw: string, reading: number, left: number) => MessageTime;
  /** Day number; NaN where the day is not known. */
  day: number;
  /** Seconds of the day. */
  seconds: number;
}

const TWO: readonly string[] = Array.from({ length: 100 }, (_, value) =>
  String(value).padStart(2, "0"),
);
/** `Thh:mm:` of every minute of the day. */
const MINUTES: readonly string[] = Array.from(
  { length: 1440 },
  (_, minute) => `T${TWO[Math.floor(minute / 60)]}:${TWO[minute % 60]}:`,
);
const CLOCK_DOUBT: readonly TimeFlag[] = ["clock-24h-with-meridiem"];
const NO_DOUBT: readonly TimeFlag[] = [];
const scratch = newDay();

export function newRowClock(zone: string | null): RowClock {
  let last: MessageTime | null = null;
  let lastRaw = "";
  let lastMinute = -1;
  let lastReading = -1;
  let lastLeft = -1;
  const clock: RowClock = {
    day: NaN,
    seconds: 0,
    read: (header, raw, reading, left) => {
      // Android writes no seconds: in a lively chat the row before has the same words
      if (
        last !== null &&
        header.minute === lastMinute &&
        reading === lastReading &&
        left === lastLeft &&
        raw === lastRaw
      ) {
        return last;
      }
      lastMinute = header.minute;
      lastRaw = raw;
      lastReading = reading;
      lastLeft = left;
      last = readTime(clock, header, raw, reading, left, zone);
      return last;
    },
  };
  return clock;
}

function readTime(
  clock: RowClock,
  header: Header,
  raw: string,
  reading: number,
  left: number,
  zone: string | null,
): MessageTime {
  const hour = hourOf(header);
  const second = Math.max(header.seconds, 0);
  clock.day = NaN;
  clock.seconds = (hour * 60 + header.minute) * 60 + second;
  if (!isClock(hour, header.minute, second)) return unknownTime(raw, ["unreadable"]);
  const wall = (MINUTES[hour * 60 + header.minute] ?? "") + (TWO[second] ?? "");
  const precision = header.seconds < 0 ? "minute" : "second";
  const flags = header.hour > 12 && header.meridiem !== "none" ? CLOCK_DOUBT : NO_DOUBT;
  if (reading === 0) {
    const dates = candidateDates(header, left);
    if (dates.length > 1) {
      return ambiguousTime(
        raw,
        dates.map((date) => date + wall),
        precision,
        flags,
      );
    }
  }
  const own = reading === 0 ? ownReading(header, left) : reading & openReadings(header);
  if (own === 0 || !readDay(header, own, scratch)) {
    return unknownTime(raw, ["unreadable", ...flags]);
  }
  const plausible = isPlausible(scratch.year);
  // a year of another calendar is a word, not a time: it is placed nowhere
  const doubts: readonly TimeFlag[] = plausible ? flags : [...flags, "out-of-range"];
  const date = dateText();
  clock.day = written.number;
  return localTime(raw, date + wall, precision, plausible ? zone : null, doubts);
}

/** Hours above 12 are taken as they are, whatever half of the day is written beside them. */
function hourOf(header: Header): number {
  const { hour, meridiem } = header;
  if (meridiem === "none" || hour > 12) return hour;
  if (meridiem === "am") return hour === 12 ? 0 : hour;
  return hour === 12 ? 12 : hour + 12;
}

/** The date written last, since most rows share it with the row before. */
const written = { year: 0, month: 0, day: 0, number: 0, text: "" };

function dateText(): string {
  const { year, month, day } = scratch;
  if (day === written.day && month === written.month && year === written.year) return written.text;
  written.year = year;
  written.month = month;
  written.day = day;
  written.number = dayNumber(scratch);
  written.text = `${String(year).padStart(4, "0")}-${TWO[month]}-${TWO[day]}`;
  return written.text;
}

function ownReadings(header: Header, left: number): number {
  const possible = possibleReadings(header);
  return (possible & left) === 0 ? possible : possible & left;
}

function ownReading(header: Header, left: number): number {
  const own = ownReadings(header, left);
  if (isSingle(own)) return own;
  return READINGS.find((reading) => (own & reading) !== 0) ?? 0;
}

/** The dates the row may mean, in the order dmy, mdy, ymd; 5/5/2020 is one date under two readings. */
function candidateDates(header: Header, left: number): readonly string[] {
  const own = ownReadings(header, left);
  const dates = new Set<string>();
  for (const reading of READINGS) {
    if ((own & reading) !== 0 && readDay(header, reading, scratch)) dates.add(dateText());
  }
  return [...dates];
}
