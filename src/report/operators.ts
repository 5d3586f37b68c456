import type { Line } from "./wrap.ts";

/**
 * Content stream operators that draw a line with its baseline at `baseline` (ISO 32000-1 section 9.4).
 * Heights count from the top of the page, as pdfkit turns its pages; the text is turned back up.
 */
export function textOps(line: Line, x: number, baseline: number): string {
  let ops = `BT 1 0 0 -1 ${short(x)} ${short(baseline)} Tm`;
  for (const { font, size, grey, codes } of line.runs) {
    ops += ` /${font} ${short(size)} Tf ${grey} g <${codes}> Tj`;
  }
  return `${ops} ET`;
}

/** Operators that draw a straight stroke. */
export function strokeOps(x1: number, y1: number, x2: number, y2: number, weight: number): string {
  return `${weight} w 0.35 G ${short(x1)} ${short(y1)} m ${short(x2)} ${short(y2)} l S`;
}

/** Two decimals of a point are finer than any printer. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
