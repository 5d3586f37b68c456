import { Buffer } from "node:buffer";
import type { Placed } from "./glyph.ts";
import type { Line, Run } from "./line.ts";

/**
 * Content stream operators that draw a line with its baseline at `baseline` (ISO 32000-1 section 9.4).
 * Heights count from the top of the page, as pdfkit turns its pages; the text is turned back up.
 */
export function textOps(line: Line, x: number, baseline: number): string {
  const start = x - line.hang;
  let ops = `BT 1 0 0 -1 ${short(start)} ${short(baseline)} Tm`;
  for (const run of line.runs) {
    const { font, size, grey, codes } = run;
    if (run.x !== null) ops += ` 1 0 0 -1 ${short(start + run.x)} ${short(baseline)} Tm`;
    ops += ` /${font} ${short(size)} Tf ${grey} g `;
    ops += run.placed === undefined ? `(${codes}) Tj` : placedOps(run, run.placed);
  }
  return `${ops} ET`;
}

function placedOps({ size }: Run, { steps, actual }: Placed): string {
  let ops = "";
  let array = "";
  let rise = 0;
  let isSilent = false;
  const show = (): void => {
    if (array !== "") ops += `[${array}] TJ `;
    array = "";
  };
  for (const step of steps) {
    const silent = step.silent && actual === null;
    if (silent !== isSilent || step.rise !== rise) show();
    if (silent !== isSilent) ops += silent ? `${begin("")} ` : "EMC ";
    if (step.rise !== rise) ops += `${short((step.rise * size) / 1000)} Ts `;
    isSilent = silent;
    rise = step.rise;
    const back = short(step.back);
    if (back !== "0") array += back;
    if (step.code !== "") array += `(${step.code})`;
  }
  show();
  if (isSilent) ops += "EMC ";
  if (rise !== 0) ops += "0 Ts ";
  return actual === null ? ops.trimEnd() : `${begin(actual)} ${ops}EMC`;
}

/** Begins what a reader of the file replaces by this text (section 14.9.4). */
function begin(actual: string): string {
  return `/Span <</ActualText <${utf16(actual)}>>> BDC`;
}

/** A text string with its byte order mark, in hexadecimal digits (section 7.9.2.2). */
function utf16(text: string): string {
  return `feff${Buffer.from(text, "utf16le").swap16().toString("hex")}`;
}

/** Operators that draw a straight stroke. */
export function strokeOps(x1: number, y1: number, x2: number, y2: number, weight: number): string {
  return `${weight} w 0.35 G ${short(x1)} ${short(y1)} m ${short(x2)} ${short(y2)} l S`;
}

/** Two decimals of a point are finer than any printer. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
