import type { Sheet } from "./sheet.ts";
import { LEADING, STYLE, TEXT_WIDTH } from "./style.ts";
import type { Span, Style } from "./span.ts";

/** One column of a row: `indent` from the left margin and `width`, both in points. */
export interface Cell {
  readonly text: string;
  readonly style: Style;
  readonly indent: number;
  readonly width: number;
  readonly align?: "right";
}

/** A row of so many lines is not parted between two pages. */
const KEPT_LINES = 5;

/** Draws cells side by side; each may take several lines, and a long row goes on over pages. */
export function drawCells(sheet: Sheet, cells: readonly Cell[]): void {
  const size = Math.max(...cells.map((cell) => cell.style.size));
  const columns = cells.map((cell) => ({ cell, lines: sheet.wrap([spanOf(cell)], cell.width) }));
  const height = Math.max(...columns.map((column) => column.lines.length));
  if (height <= KEPT_LINES) sheet.need(height * size * LEADING);
  for (let i = 0; i < height; i += 1) {
    sheet.need(size * LEADING);
    for (const { cell, lines } of columns) {
      const line = lines[i];
      if (line === undefined) continue;
      const shift = cell.align === "right" ? cell.width - line.width : 0;
      sheet.put(line, cell.indent + shift, size);
    }
    sheet.advance(size);
  }
}

function spanOf(cell: Cell): Span {
  return { text: cell.text, style: cell.style };
}

const LABEL_WIDTH = 122;

/** A label and what it stands for; `style` is the look of the value. */
export function drawPair(
  sheet: Sheet,
  label: string,
  value: string,
  style: Style = STYLE.value,
): void {
  drawCells(sheet, [
    { text: label, style: STYLE.label, indent: 0, width: LABEL_WIDTH - 8 },
    { text: value, style, indent: LABEL_WIDTH, width: TEXT_WIDTH - LABEL_WIDTH },
  ]);
}

/** A heading that keeps room for what follows it. */
export function drawHeading(sheet: Sheet, text: string, follows = 40): void {
  sheet.space(12);
  sheet.need(STYLE.heading.size * LEADING + follows);
  sheet.say(text, STYLE.heading);
  sheet.rule(0.8);
  sheet.space(3);
}

/** A paragraph of running text, with a little room below it. */
export function drawParagraph(sheet: Sheet, text: string, style: Style = STYLE.body): void {
  sheet.say(text, style);
  sheet.space(3);
}

/** An item of a list, its mark hanging in the indent. */
export function drawItem(
  sheet: Sheet,
  mark: string,
  text: string,
  style: Style = STYLE.body,
): void {
  drawCells(sheet, [
    { text: mark, style, indent: 0, width: 14 },
    { text, style, indent: 16, width: TEXT_WIDTH - 16 },
  ]);
  sheet.space(2);
}
