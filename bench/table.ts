import type { Pair, Run } from "./measure.ts";
import { median } from "./measure.ts";

const FIGURES = ["wall", "cpu", "peak"] as const;

/** The lines of one comparison: ours, the peer's, and the medians of the ratios of each round. */
export function comparison(ours: string, peer: string, pair: Pair): string[] {
  const ratios = FIGURES.map((figure) =>
    median(pair.ours.map((run, at) => run[figure] / (pair.peer[at]?.[figure] ?? Number.NaN))),
  );
  return [
    figures(ours, middle(pair.ours)),
    figures(`  beside: ${peer}`, middle(pair.peer)),
    row(
      "  ratio",
      ratios.map((ratio) => `x${ratio.toFixed(2)}`),
    ),
    "",
  ];
}

/** The line of something that has no peer. */
export function figures(what: string, { wall, cpu, peak }: Omit<Run, "output">): string {
  return row(what, [`${wall.toFixed(2)} s`, `${cpu.toFixed(2)} s cpu`, `${Math.round(peak)} MiB`]);
}

function row(what: string, cells: readonly string[]): string {
  return what.padEnd(56) + cells.map((cell) => cell.padStart(13)).join("");
}

function middle(runs: readonly Run[]): Omit<Run, "output"> {
  const [wall = 0, cpu = 0, peak = 0] = FIGURES.map((figure) =>
    median(runs.map((run) => run[figure])),
  );
  return { wall, cpu, peak };
}
