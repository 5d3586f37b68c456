import { isDate } from "../../time/civil.ts";
import type { Header } from "./header.ts";

/**
 * A reading says what the three numbers of a date mean. Readings are bits, so that a set of them is a
 * number; bit 1 puts the day first, bit 2 the month, bit 4 the year. Where the year stands in the middle
 * the first two keep their meaning.
 */
export const DAY_FIRST = 1;
export const MONTH_FIRST = 2;
export const YEAR_FIRST = 4;
export const READINGS: readonly number[] = [DAY_FIRST, MONTH_FIRST, YEAR_FIRST];

/** WhatsApp began in 2009, and no clock of a phone in use stands beyond 2037: a year outside is a doubt. */
export const FIRST_YEAR = 2009;
export const LAST_YEAR = 2037;

/** A date under one reading; reused, so that the hot path allocates none. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

export function newDay(): Day {
  return { year: 0, month: 0, day: 0 };
}

/** Puts the header's date, read as `reading`, into `day`; false where no such day exists. */
export function readDay(header: Header, reading: number, day: Day): boolean {
  const { first, second, third, layout } = header;
  const year = reading === YEAR_FIRST ? first : layout === 2 ? second : third;
  const rest = layout === 2 ? third : reading === YEAR_FIRST ? third : second;
  if (reading === YEAR_FIRST) {
    day.month = second;
    day.day = rest;
  } else {
    day.month = reading === MONTH_FIRST ? first : rest;
    day.day = reading === MONTH_FIRST ? rest : first;
  }
  day.year = layout === 0 ? 2000 + year : year;
  return isDate(day.year, day.month, day.day);
}

/** The readings that the layout leaves open, whatever the numbers are. */
export function openReadings(header: Header): number {
  if (header.layout === 1) return YEAR_FIRST;
  if (header.layout !== 0) return DAY_FIRST | MONTH_FIRST;
  const last = header.thirdWidth === 2 ? DAY_FIRST | MONTH_FIRST : 0;
  return last | (header.firstWidth === 2 ? YEAR_FIRST : 0);
}

const scratch = newDay();

/**
 * The readings under which this row's date exists. A two-digit year outside 2009..2037 speaks against
 * its reading where another reading has none such.
 */
export function possibleReadings(header: Header): number {
  const open = openReadings(header);
  let exists = 0;
  let plausible = 0;
  for (const reading of READINGS) {
    if ((open & reading) === 0 || !readDay(header, reading, scratch)) continue;
    exists |= reading;
    if (header.layout !== 0 || isPlausible(scratch.year)) plausible |= reading;
  }
  return plausible === 0 ? exists : plausible;
}

export function isPlausible(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** Days since 1 March of the year 0, proleptic Gregorian; for differences. */
export function dayNumber(day: Day): number {
  const shift = day.month <= 2 ? 1 : 0;
  const year = day.year - shift;
  const month = day.month + 12 * shift - 3;
  const leap = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return 365 * year + leap + Math.floor((153 * month + 2) / 5) + day.day - 1;
}

/** True for a set of exactly one reading. */
export function isSingle(readings: number): boolean {
  return readings !== 0 && (readings & (readings - 1)) === 0;
}
