import { Buffer } from "node:buffer";
import type { Line, Run } from "./line.ts";

/**
 * Content stream operators that draw a line with its baseline at `baseline` (ISO 32000-1 section 9.4).
 * Heights count from the top of the page, as pdfkit turns its pages; the text is turned back up.
 */
export function textOps(line: Line, x: number, baseline: number): string {
  let ops = `BT 1 0 0 -1 ${short(x - line.hang)} ${short(baseline)} Tm`;
  for (const run of line.runs) {
    const { font, size, grey, codes } = run;
    ops += ` /${font} ${short(size)} Tf ${grey} g `;
    ops += run.placed === undefined ? `<${codes}> Tj` : placedOps(run, run.placed);
  }
  return `${ops} ET`;
}

function placedOps({ size }: Run, { steps, actual }: NonNullable<Run["placed"]>): string {
  let ops = "";
  let array = "";
  let rise = 0;
  for (const step of steps) {
    if (step.rise !== rise) {
      ops += `[${array}] TJ ${short((step.rise * size) / 1000)} Ts `;
      array = "";
      rise = step.rise;
    }
    const back = short(step.back);
    array += `${back === "0" ? "" : back}<${step.code}>`;
  }
  ops += `[${array}] TJ${rise === 0 ? "" : " 0 Ts"}`;
  return actual === null ? ops : `/Span <</ActualText <${utf16(actual)}>>> BDC ${ops} EMC`;
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
