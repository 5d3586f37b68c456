import { spawnSync } from "node:child_process";

/** One run of a whole process, measured from outside. Times in seconds, memory in MiB. */
export interface Run {
  readonly wall: number;
  readonly cpu: number;
  readonly peak: number;
  readonly output: string;
}

/** A command with its arguments; `node` is the Node.js that runs the bench. */
export type Line = readonly [command: string, ...argv: string[]];

/**
 * Runs a command and measures it with GNU time where that is there, else with the wall clock alone.
 *
 * @throws Error where the command ends with another status than 0
 */
export function measure(line: Line, input?: string): Run {
  const [command, ...argv] = line;
  const program = command === "node" ? process.execPath : command;
  const begun = process.hrtime.bigint();
  const timed = GNU_TIME
    ? ["/usr/bin/time", "-f", "%U %S %M", program, ...argv]
    : [program, ...argv];
  const [first = "", ...rest] = timed;
  const done = spawnSync(first, rest, { encoding: "utf8", input, maxBuffer: 1 << 26 });
  const wall = Number(process.hrtime.bigint() - begun) / 1e9;
  if (done.status !== 0) throw new Error(`${line.join(" ")}: ${done.stderr}`);
  const [user, system, peak] = (done.stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  const known = GNU_TIME && user !== undefined && system !== undefined && peak !== undefined;
  const figures = known
    ? { cpu: user + system, peak: peak / 1024 }
    : { cpu: Number.NaN, peak: Number.NaN };
  return { wall, ...figures, output: done.stdout };
}

const GNU_TIME = spawnSync("/usr/bin/time", ["-f", "%M", "true"]).status === 0;

/** Ours and the peer's runs of one comparison, taken in turn. */
export interface Pair {
  readonly ours: readonly Run[];
  readonly peer: readonly Run[];
}

/** Runs both in turn, so that a machine whose speed drifts is fair to both; one round first is not counted. */
export function inTurn(rounds: number, ours: () => Run, peer: () => Run): Pair {
  const pair = { ours: [] as Run[], peer: [] as Run[] };
  for (let round = 0; round <= rounds; round += 1) {
    const [a, b] = [ours(), peer()];
    if (round === 0 && rounds > 1) continue;
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
