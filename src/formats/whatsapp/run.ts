import type { Header } from "./header.ts";
import {
  type Day,
  dayNumber,
  newDay,
  openReadings,
  possibleReadings,
  readDay,
  READINGS,
} from "./readings.ts";

/**
 * A run of headers of one layout, one after the other, and what speaks for and against each reading of
 * their dates. Lists are by reading, in the order of READINGS.
 */
export interface Run {
  readonly style: number;
  readonly start: number;
  readonly layout: number;
  readonly open: number;
  pads: number;
  /** Offset of the last header. */
  last: number;
  count: number;
  /** Readings under which every date of the run exists. */
  live: number;
  /** Offset of the last row that excludes the reading; -1 where none does. */
  readonly excludedAt: number[];
  /** Steps back in time by more than a day. */
  readonly backward: number[];
  /** Rows whose media name carries the very date. */
  readonly votes: number[];
  readonly firstDay: number[];
  readonly lastDay: number[];
  readonly lowest: number[];
  readonly highest: number[];
  /** Changes of date, plus one, that exist under the reading. */
  readonly readable: number[];
  first: number;
  second: number;
  third: number;
  votedAt: number;
}

/** A run that begins with `header` at `offset`. */
export function newRun(header: Header, offset: number): Run {
  const run: Run = {
    style: header.style,
    start: offset,
    layout: header.layout,
    open: openReadings(header),
    pads: header.pads,
    last: offset,
    count: 0,
    live: openReadings(header),
    excludedAt: [-1, -1, -1],
    backward: [0, 0, 0],
    votes: [0, 0, 0],
    firstDay: [NaN, NaN, NaN],
    lastDay: [NaN, NaN, NaN],
    lowest: [Infinity, Infinity, Infinity],
    highest: [-Infinity, -Infinity, -Infinity],
    readable: [0, 0, 0],
    first: -1,
    second: -1,
    third: -1,
    votedAt: 0,
  };
  return run;
}

/** True where the header's date is that of the row before, as nearly always: nothing new is said. */
export function isSameDate(run: Run, header: Header): boolean {
  return run.third === header.third && run.second === header.second && run.first === header.first;
}

/** Adds a header whose date may exist under a live reading; the caller has checked with `fits`. */
export function addHeader(run: Run, header: Header, offset: number): void {
  run.count++;
  run.last = offset;
  run.pads |= header.pads;
  if (isSameDate(run, header)) return;
  run.first = header.first;
  run.second = header.second;
  run.third = header.third;
  const possible = possibleReadings(header);
  if (possible !== 0) run.live &= possible;
  for (let index = 0; index < READINGS.length; index++) {
    const reading = READINGS[index] ?? 0;
    if ((run.open & reading) === 0) continue;
    if (possible !== 0 && (possible & reading) === 0) run.excludedAt[index] = offset;
    if (readDay(header, reading, scratch)) addDay(run, index, scratch);
  }
}

const scratch: Day = newDay();

function addDay(run: Run, index: number, day: Day): void {
  const number = dayNumber(day);
  const before = run.lastDay[index] ?? NaN;
  if (Number.isNaN(before)) run.firstDay[index] = number;
  else if (number < before - 1) run.backward[index] = (run.backward[index] ?? 0) + 1;
  run.readable[index] = (run.readable[index] ?? 0) + 1;
  run.lastDay[index] = number;
  run.lowest[index] = Math.min(run.lowest[index] ?? Infinity, number);
  run.highest[index] = Math.max(run.highest[index] ?? -Infinity, number);
}

/** False where no reading is left under which both the run's dates and the header's exist. */
export function fits(run: Run, header: Header): boolean {
  if (isSameDate(run, header)) return true;
  const possible = possibleReadings(header);
  return possible === 0 || (run.live & possible) !== 0;
}

/** Joins two runs that a pasted chat had parted; `first` becomes the whole. */
export function joinRuns(first: Run, second: Run): void {
  first.pads |= second.pads;
  first.count += second.count;
  first.last = second.last;
  first.live &= second.live;
  for (let index = 0; index < READINGS.length; index++) {
    const gap = (second.firstDay[index] ?? NaN) < (first.lastDay[index] ?? NaN) - 1 ? 1 : 0;
    first.backward[index] = (first.backward[index] ?? 0) + (second.backward[index] ?? 0) + gap;
    first.votes[index] = (first.votes[index] ?? 0) + (second.votes[index] ?? 0);
    first.readable[index] = (first.readable[index] ?? 0) + (second.readable[index] ?? 0);
    first.lastDay[index] = second.lastDay[index] ?? NaN;
    first.lowest[index] = Math.min(
      first.lowest[index] ?? Infinity,
      second.lowest[index] ?? Infinity,
    );
    first.highest[index] = Math.max(
      first.highest[index] ?? -Infinity,
      second.highest[index] ?? -Infinity,
    );
    const excluded = second.excludedAt[index] ?? -1;
    if (excluded >= 0) first.excludedAt[index] = excluded;
  }
}
