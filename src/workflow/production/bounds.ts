import { Failure } from "../../model/failure.ts";
import { checkZone, placeLocal } from "../../time/zone.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** True for a bound that names a whole day. */
export function isDate(bound: string | null): boolean {
  return bound !== null && DATE.test(bound);
}

/**
 * Reads a bound of a period: an instant with its offset, or a wall clock in `zone`. A date alone means
 * its first moment as `from`, and the first moment after it as `to`, so that a day is named by its date.
 *
 * @returns milliseconds since the epoch
 * @throws Failure `usage` where it is neither, or a wall clock has no zone to stand in
 */
export function readBound(text: string, edge: "from" | "to", zone: string | null): number {
  if (INSTANT.test(text)) return checked(Date.parse(text), text, edge);
  if (!DATE.test(text) && !WALL.test(text)) throw unreadable(text, edge);
  if (zone === null) {
    throw new Failure("usage", `--${edge} ${text} is a wall clock without a zone`, [
      `give --range-zone ZONE, or an offset: ${DATE.test(text) ? `${text}T00:00:00` : text}+01:00`,
    ]);
  }
  const wall = DATE.test(text) ? midnight(text, edge) : text.length === 16 ? `${text}:00` : text;
  checked(Date.parse(`${wall}Z`), text, edge);
  return Date.parse(placeLocal(wall, checkZone(zone)).instant);
}

function midnight(date: string, edge: "from" | "to"): string {
  const start = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(start)) throw unreadable(date, edge);
  const day = edge === "from" ? start : start + 86_400_000;
  return new Date(day).toISOString().slice(0, 19);
}

function checked(value: number, text: string, edge: string): number {
  if (Number.isNaN(value)) throw unreadable(text, edge);
  return value;
}

function unreadable(text: string, edge: string): Failure {
  return new Failure("usage", `not a time: --${edge} ${text}`, [
    "write 2024-06-25, 2024-06-25T21:04:00 or 2024-06-25T21:04:00+02:00",
  ]);
}
