import type { ReportWords } from "../words/catalogue.ts";

/**
 * Numbers and dates in the recipient's language. They are written from the catalogue and not by Intl:
 * its data changes with the Node version, and the same production must give the same bytes.
 */

/** `23,051` or `23 051`. */
export function figure(value: number, words: ReportWords): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, words.thousands);
}

/** `Wednesday 13 June 2018 (2018-06-13)` of an ISO date or date-time; the text itself where it is none. */
export function longDate(iso: string, words: ReportWords): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso);
  if (match === null) return iso;
  const [date = iso, year = "", month = "", day = ""] = match;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const monthName = words.months[Number(month) - 1];
  const weekdayName = words.weekdays[weekday];
  if (monthName === undefined || weekdayName === undefined) return iso;
  return `${words.longDate(weekdayName, Number(day), monthName, String(Number(year)))} (${date})`;
}

/** Digits in groups of eight, so that an eye can compare two of them. */
export function grouped(digest: string): string {
  return digest.replace(/(.{8})(?=.)/g, "$1 ");
}
