import { READINGS, isSingle, MONTH_FIRST, YEAR_FIRST } from "./readings.ts";
import type { Run } from "./run.ts";

/**
 * Decides what the three numbers of a run's dates mean, by evidence over the whole run and never by
 * habit. In this order:
 *
 * 1. `layout`: a year of four digits in front leaves one reading;
 * 2. `impossible`: only one reading makes every date of the run a real one;
 * 3. a reading is dropped that puts four or more dates on the same day of the month, each in another
 *    year: what stands still there is the year, what runs is the day;
 * 4. `media-names`: file names with a date (`IMG-20230630-WA0000`) agree with one reading alone;
 * 5. `time-order`: one reading runs forward throughout, every other one steps back by more than a day, and
 *    does so twice: a single step back is what a phone with a wrong clock shows too.
 *
 * Where 4 and 5 contradict each other, or nothing decides, the run is `ambiguous`.
 */
export interface Decision {
  /** The one reading, or 0. */
  readonly reading: number;
  /** The readings left. */
  readonly left: number;
  readonly reason: Reason;
}

export type Reason =
  | "layout"
  | "impossible"
  | "standing-year"
  | "media-names"
  | "time-order"
  | "ambiguous"
  | "contradiction"
  | "declared";

/** Decides one run; see above. */
export function decideOrder(run: Run): Decision {
  if (isSingle(run.open)) return { reading: run.open, left: run.open, reason: "layout" };
  if (run.live === 0) return { reading: 0, left: 0, reason: "contradiction" };
  if (isSingle(run.live)) return { reading: run.live, left: run.live, reason: "impossible" };
  const left = withoutYearly(run);
  if (isSingle(left)) return { reading: left, left, reason: "standing-year" };
  const named = onlyOne(left, (index) => (run.votes[index] ?? 0) > 0);
  const forward = forwardReading(run, left);
  if (named !== 0 && forward !== 0 && named !== forward) {
    return { reading: 0, left, reason: "ambiguous" };
  }
  if (named !== 0) return { reading: named, left, reason: "media-names" };
  if (forward !== 0) return { reading: forward, left, reason: "time-order" };
  return { reading: 0, left, reason: "ambiguous" };
}

function withoutYearly(run: Run): number {
  if (run.dates < 4) return run.live;
  let left = run.live;
  READINGS.forEach((reading, index) => {
    if ((run.live & reading) !== 0 && run.yearly[index] === true) left &= ~reading;
  });
  return left === 0 ? run.live : left;
}

const STEPS_BACK = 2;

function forwardReading(run: Run, left: number): number {
  const forward = onlyOne(left, (index) => (run.backward[index] ?? 0) < STEPS_BACK);
  const isSteady = READINGS.some(
    (reading, index) => reading === forward && run.backward[index] === 0,
  );
  return isSteady ? forward : 0;
}

function onlyOne(readings: number, holds: (index: number) => boolean): number {
  let found = 0;
  READINGS.forEach((reading, index) => {
    if ((readings & reading) !== 0 && holds(index)) found |= reading;
  });
  return isSingle(found) ? found : 0;
}

/** How a reading is named to people: `dmy`, `mdy`, `ymd`; with the year in the middle `dym`, `myd`. */
export function nameOfReading(reading: number, layout: number): string {
  if (reading === YEAR_FIRST) return "ymd";
  if (layout === 2) return reading === MONTH_FIRST ? "myd" : "dym";
  return reading === MONTH_FIRST ? "mdy" : "dmy";
}
