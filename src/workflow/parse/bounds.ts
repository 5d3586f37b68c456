import type { MessageTime, TimePrecision } from "../../model/time.ts";

/** Milliseconds since the epoch between which a row was sent: `earliest` inclusive, `latest` exclusive. */
export interface Bounds {
  readonly earliest: number | null;
  readonly latest: number | null;
}

const HOUR = 3_600_000;

/** Civil offsets run from -12:00 to +14:00, so a wall clock of no known zone lies within these hours. */
const EASTMOST = 14 * HOUR;
const WESTMOST = 12 * HOUR;

const STEP: Record<TimePrecision, number> = {
  day: 24 * HOUR,
  minute: 60_000,
  second: 1_000,
  millisecond: 1,
};

/**
 * How far the instant of a row is known; `at` is `time.instant` in ms since the epoch. A selection by time takes a row that may lie inside and marks it
 * where it may lie outside as well: nothing is guessed, nothing is lost.
 */
export function boundsOf(time: MessageTime, at: number | null): Bounds {
  const step = STEP[time.precision];
  if (at !== null) {
    if (time.flags.length === 0) return { earliest: at, latest: at + step };
    const gap = time.flags.includes("nonexistent-local") ? HOUR : 0;
    const fold = time.flags.includes("ambiguous-fold") ? HOUR : 0;
    return { earliest: at - gap, latest: at + fold + step };
  }
  const readings = time.local === null ? time.candidates : [time.local];
  const walls = readings.map((reading) => Date.parse(`${reading}Z`));
  if (walls.length === 0 || walls.some(Number.isNaN)) return { earliest: null, latest: null };
  return { earliest: Math.min(...walls) - EASTMOST, latest: Math.max(...walls) + WESTMOST + step };
}
