import { type Line, type Piece, styled } from "./terminal.ts";
import { cut, displayWidth } from "./width.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Gives way where the terminal is too narrow. */
  readonly shrinks?: boolean;
}

const GAP = "  ";
const LEAST = 8;

/**
 * A table as lines, its titles first. Cells are measured as they will be shown; a cell too wide for
 * `width` ends with an ellipsis, nothing wraps. No rows give no lines.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Piece[])[],
  width: number,
): readonly Line[] {
  if (rows.length === 0) return [];
  const widths = fitted(columns, naturalWidths(columns, rows), width);
  const titles = columns.map(({ title }) => styled("strong", title));
  return [titles, ...rows].map((row) => lineOf(columns, row, widths));
}

function naturalWidths(
  columns: readonly Column[],
  rows: readonly (readonly Piece[])[],
): readonly number[] {
  return columns.map(({ title }, index) => {
    let widest = displayWidth(title);
    for (const row of rows) widest = Math.max(widest, displayWidth(cellText(row[index])));
    return widest;
  });
}

/** Takes what is missing from the columns that shrink, the widest first, down to eight each. */
function fitted(
  columns: readonly Column[],
  natural: readonly number[],
  width: number,
): readonly number[] {
  const widths = [...natural];
  let missing = sum(widths) + GAP.length * (columns.length - 1) - width;
  while (missing > 0) {
    const widest = widestShrinking(columns, widths);
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    missing--;
  }
  return widths;
}

function widestShrinking(columns: readonly Column[], widths: readonly number[]): number {
  let widest = -1;
  for (const [index, width] of widths.entries()) {
    if (columns[index]?.shrinks !== true || width <= LEAST) continue;
    if (width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}

function lineOf(
  columns: readonly Column[],
  row: readonly Piece[],
  widths: readonly number[],
): Line {
  const pieces: Piece[] = [];
  for (const [index, column] of columns.entries()) {
    const width = widths[index] ?? 0;
    const piece = row[index] ?? "";
    const text = cut(cellText(piece), width);
    const blank = " ".repeat(Math.max(0, width - displayWidth(text)));
    const cell = typeof piece === "string" ? text : styled(piece.style, text);
    if (index > 0) pieces.push(GAP);
    if (column.align === "right") pieces.push(blank, cell);
    else if (index === columns.length - 1) pieces.push(cell);
    else pieces.push(cell, blank);
  }
  return pieces;
}

function cellText(piece: Piece | undefined): string {
  if (piece === undefined) return "";
  return typeof piece === "string" ? piece : piece.text;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
