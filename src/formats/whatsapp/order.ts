import { READINGS, isSingle, MONTH_FIRST, YEAR_FIRST } from "./readings.ts";
import type { Run } from "./run.ts";

/**
 * Decides what the three numbers of a run's dates mean, by evidence over the whole run and never by
 * habit. In this order:
 *
 * 1. `layout`: a year of four digits in front leaves one reading;
 * 2. `impossible`: only one reading makes every date of the run a real one. Where that reading steps back in
 *    time and one it excludes does so less over the dates it can read, a pasted row or a change of the
 *    phone's language is as likely: nothing is decided for the run (`contradiction`);
 * 3. `media-names`: names of attached files with a date (`IMG-20230630-WA0000`) agree with one reading alone;
 * 4. `time-order`: one reading runs forward throughout, every other one steps back by more than a day, and
 *    does so twice (a single step back is what a phone with a wrong clock shows too), while the rows
 *    do not spread further apart than under the others, as they do where late deliveries mislead.
 *
 * Where 3 and 4 contradict each other, or nothing decides, the run is `ambiguous`: every row that only one
 * reading can read speaks for itself, the others keep all their readings.
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
  | "media-names"
  | "time-order"
  | "ambiguous"
  | "contradiction"
  | "declared";

/** Decides one run; see above. */
export function decideOrder(run: Run): Decision {
  if (isSingle(run.open)) return { reading: run.open, left: run.open, reason: "layout" };
  if (run.live === 0) return { reading: 0, left: 0, reason: "contradiction" };
  if (isSingle(run.live)) {
    return isContradicted(run)
      ? { reading: 0, left: run.open, reason: "contradiction" }
      : { reading: run.live, left: run.live, reason: "impossible" };
  }
  const left = run.live;
  const named = onlyOne(left, (index) => (run.votes[index] ?? 0) > 0);
  const forward = forwardReading(run, left);
  if (named !== 0 && forward !== 0 && named !== forward) {
    return { reading: 0, left, reason: "ambiguous" };
  }
  if (named !== 0) return { reading: named, left, reason: "media-names" };
  if (forward !== 0) return { reading: forward, left, reason: "time-order" };
  return { reading: 0, left, reason: "ambiguous" };
}

/** True where the only possible reading steps back, and an excluded one less over what it can read. */
function isContradicted(run: Run): boolean {
  const own = READINGS.findIndex((reading) => reading === run.live);
  const steps = run.backward[own] ?? 0;
  return READINGS.some(
    (reading, index) =>
      index !== own &&
      (run.open & reading) !== 0 &&
      (run.readable[index] ?? 0) >= 2 &&
      (run.backward[index] ?? 0) < steps,
  );
}

const STEPS_BACK = 2;

function forwardReading(run: Run, left: number): number {
  const forward = onlyOne(left, (index) => (run.backward[index] ?? 0) < STEPS_BACK);
  const own = READINGS.findIndex((reading) => reading === forward);
  if (own < 0 || run.backward[own] !== 0) return 0;
  const isNarrowest = READINGS.every(
    (reading, index) => (left & reading) === 0 || spanOf(run, own) <= spanOf(run, index),
  );
  return isNarrowest ? forward : 0;
}

/** Days from the first to the last under a reading. */
function spanOf(run: Run, index: number): number {
  return (run.highest[index] ?? 0) - (run.lowest[index] ?? 0);
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
