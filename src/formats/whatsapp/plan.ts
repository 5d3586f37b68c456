import type { ParseOptions } from "../../model/format.ts";
import { DAY_FIRST, MONTH_FIRST, READINGS, YEAR_FIRST } from "./readings.ts";
import { type Decision, decideOrder, type Reason } from "./order.ts";
import { joinRuns, type Run } from "./run.ts";

/**
 * What the second pass does with a header-like line from `from` on, up to the next step's `from`:
 * split there, or keep it inside the message as pasted.
 */
export interface Step {
  readonly from: number;
  readonly paste: boolean;
  /** Split, and doubted: the lines may be a pasted chat all the same. */
  readonly doubt: boolean;
  /** The one reading of the dates; 0 where each row has to speak for itself. */
  readonly reading: number;
  /** The readings evidence leaves where `reading` is 0; 0 where it leaves no word. */
  readonly left: number;
}

/** One run as the finding `date-order` tells it. */
export interface Segment {
  readonly layout: number;
  readonly rows: number;
  readonly reading: number;
  readonly left: number;
  readonly reason: Reason;
}

export interface Plan {
  readonly steps: readonly Step[];
  readonly segments: readonly Segment[];
}

/** Runs looked ahead for the return of a layout, and headers a pasted chat may have. */
const PASTE_RUNS = 16;
const PASTE_ROWS = 5000;
/** Sandwiched rows up to this many are doubted one by one; a longer stay is a change of the phone's language. */
const DOUBT_ROWS = 200;

/**
 * Tells pasted chats from changes of layout. People paste chats, and phones change their language; both
 * show as headers of another layout in the middle of a file. A run of other layouts is kept inside the
 * message, as pasted, only where both hold: the layout before it comes back after it, and under no
 * reading of the dates can it lie between its neighbours (give or take a day). A layout that never
 * comes back is a change of language. One that comes back while the time runs on is split, and
 * flagged. Headers of the same layout are always split; a step back by more than a day is flagged by
 * the second pass. Where dates of one layout contradict each other (13/1, then 1/13), the rows between
 * the last that fits and the first that does not speak for themselves.
 */
export function planOf(runs: readonly Run[], options: ParseOptions): Plan {
  const steps: Step[] = [];
  const segments: Segment[] = [];
  let at = 0;
  let doubt = false;
  while (at < runs.length) {
    const run = runs[at];
    if (run === undefined) break;
    const pastes: (readonly [number, number])[] = [];
    let next = at + 1;
    let sandwich = false;
    for (;;) {
      const back = returnOf(run, runs, next);
      if (back < 0) break;
      const resumed = runs[back];
      if (resumed === undefined) break;
      const between = runs.slice(next, back);
      sandwich = !between.every((other) => isElsewhere(run, other, resumed));
      if (sandwich) break;
      pastes.push([between[0]?.start ?? 0, resumed.start]);
      joinRuns(run, resumed);
      next = back + 1;
    }
    const decision = declared(run, options) ?? decideOrder(run);
    addSteps(steps, run, pastes, doubt && run.count <= DOUBT_ROWS, decision, runs[next]);
    segments.push({ layout: run.layout, rows: run.count, ...decision });
    doubt = sandwich;
    at = next;
  }
  return { steps, segments };
}

/** Index of the run with which the layout of `run` comes back after others; -1 where it does not. */
function returnOf(run: Run, runs: readonly Run[], from: number): number {
  let rows = 0;
  for (let index = from; index < runs.length && index <= from + PASTE_RUNS; index++) {
    const other = runs[index];
    if (other === undefined) break;
    if (isSameLayout(run, other)) {
      const agrees = run.open === other.open && (run.live & other.live) !== 0;
      return index > from && agrees ? index : -1;
    }
    rows += other.count;
    if (rows > PASTE_ROWS) break;
  }
  return -1;
}

function isSameLayout(run: Run, other: Run): boolean {
  const pads = run.pads | other.pads;
  return run.style === other.style && (pads & (pads >> 1) & 0x55) === 0;
}

/** True where under no reading `run` lies between the end of `before` and the beginning of `after`. */
function isElsewhere(before: Run, run: Run, after: Run): boolean {
  const earliest = lowestOf(before.lastDay, before) - 1;
  const latest = highestOf(after.firstDay, after) + 1;
  return !READINGS.some(
    (reading, index) =>
      (run.live & reading) !== 0 &&
      (run.lowest[index] ?? NaN) >= earliest &&
      (run.highest[index] ?? NaN) <= latest,
  );
}

function lowestOf(days: readonly number[], run: Run): number {
  return Math.min(...liveDays(days, run));
}

function highestOf(days: readonly number[], run: Run): number {
  return Math.max(...liveDays(days, run));
}

function liveDays(days: readonly number[], run: Run): readonly number[] {
  const { reading, left } = decideOrder(run);
  const readings = reading === 0 ? left : reading;
  return days.filter(
    (day, index) => ((READINGS[index] ?? 0) & readings) !== 0 && !Number.isNaN(day),
  );
}

/**
 * The analyst's word on the order. A year of four digits in front needs none; where the year stands
 * elsewhere, `ymd` leaves no date readable, as it must.
 */
function declared(run: Run, options: ParseOptions): Decision | null {
  if (options.dateOrder === null || run.open === YEAR_FIRST) return null;
  const reading = { dmy: DAY_FIRST, mdy: MONTH_FIRST, ymd: YEAR_FIRST }[options.dateOrder];
  return { reading, left: reading, reason: "declared" };
}

function addSteps(
  steps: Step[],
  run: Run,
  pastes: readonly (readonly [number, number])[],
  doubt: boolean,
  decision: Decision,
  next: Run | undefined,
): void {
  const { reading, left } = decision;
  const step = { paste: false, doubt, reading, left };
  const unsure = decision.reason === "declared" ? null : unsureFrom(run, next);
  steps.push({ ...step, from: run.start });
  for (const [from, to] of pastes) {
    steps.push({ ...step, from, paste: true }, { ...step, from: to });
  }
  if (unsure !== null && reading !== 0) {
    const at = Math.max(unsure, steps.at(-1)?.from ?? 0);
    steps.push({ ...step, from: at, reading: 0, left: 0 });
  }
}

/**
 * Where the next run has the same layout and contradicts this one, the order changed somewhere after
 * the last row that still excludes the next run's readings.
 */
function unsureFrom(run: Run, next: Run | undefined): number | null {
  if (next === undefined || !isSameLayout(run, next)) return null;
  let from = Infinity;
  READINGS.forEach((reading, index) => {
    if ((next.live & reading) !== 0) from = Math.min(from, run.excludedAt[index] ?? -1);
  });
  return from === Infinity ? null : from + 1;
}
