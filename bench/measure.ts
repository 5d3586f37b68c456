import { spawnSync } from "node:child_process";

/** One run of a whole process, measured from outside: seconds and MiB. */
export interface Run {
  readonly wall: number;
  /** Of all its threads, in user and kernel mode; NaN without GNU time. */
  readonly cpu: number;
  /** Largest resident set; NaN without GNU time. */
  readonly peak: number;
  readonly output: string;
}

/** A command with its arguments. */
export type Line = readonly [command: string, ...argv: string[]];

const GNU_TIME = "/usr/bin/time";
const hasTime = spawnSync(GNU_TIME, ["-f", "%M", "true"]).status === 0;

/**
 * Runs a command to its end and measures it.
 *
 * @throws Error where it ends with another status than 0
 */
export function measure(line: Line): Run {
  const [first, ...rest]: Line = hasTime ? [GNU_TIME, "-f", "%U %S %M", ...line] : line;
  const begun = process.hrtime.bigint();
  const done = spawnSync(first, rest, { encoding: "utf8", maxBuffer: 1 << 26 });
  const wall = Number(process.hrtime.bigint() - begun) / 1e9;
  if (done.status !== 0) throw new Error(`${line.join(" ")}: ${done.stderr}`);
  const words = hasTime ? (done.stderr.trim().split("\n").at(-1) ?? "").split(" ") : [];
  const [user = Number.NaN, system = Number.NaN, peak = Number.NaN] = words.map(Number);
  return { wall, cpu: user + system, peak: peak / 1024, output: done.stdout };
}

/** Runs of one comparison, taken in turn. */
export interface Pair {
  readonly ours: readonly Run[];
  readonly peer: readonly Run[];
}

/** Runs both in turn, so that a machine whose speed drifts is fair to both; a round before is not counted. */
export function inTurn(rounds: number, ours: () => Run, peer: () => Run): Pair {
  const pair = { ours: [] as Run[], peer: [] as Run[] };
  for (let round = 0; round <= rounds; round += 1) {
    const [a, b] = [ours(), peer()];
    if (round === 0) continue;
    pair.ours.push(a);
    pair.peer.push(b);
  }
  return pair;
}

/** The middle of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
