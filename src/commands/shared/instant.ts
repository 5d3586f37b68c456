import { Failure } from "../../model/failure.ts";

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * An instant needs an offset: a wall clock alone is not a time.
 *
 * @param label the flag, for messages
 * @throws Failure `usage`
 */
export function instantOf(text: string, label: string): Date {
  const [, year, month, day] = INSTANT.exec(text) ?? [];
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const instant = midnight.getUTCDate() === Number(day) ? new Date(text) : new Date(Number.NaN);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new Failure("usage", `${label} cannot be ${text}`, [
    "it is an instant with an offset: 2026-03-01T10:00:00Z or 2026-03-01T11:00:00+01:00",
  ]);
}
