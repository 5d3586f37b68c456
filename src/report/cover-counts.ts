import type { Drawing } from "./drawing.ts";
import { figure } from "./figures.ts";
import { STYLE } from "./style.ts";
import { drawCells, drawHeading } from "./table.ts";

const LABEL = { indent: 0, width: 372 } as const;
const PART = { indent: 14, width: 358 } as const;
const FIGURE = { indent: 392, width: 90, align: "right" } as const;

/** Draws the counts as sums: each total stands over the parts it is made of. */
export function drawCounts(drawing: Drawing): void {
  const { words, production } = drawing;
  const { counts } = production.description;
  const { sources } = counts;
  drawHeading(drawing.sheet, words.countsHeading);
  drawSum(drawing, words.countUnits, sources.units, [
    [words.countMessages, sources.messages],
    [words.countEvents, sources.events],
    [words.countExceptions, sources.exceptions],
  ]);
  drawSum(drawing, words.countInConversations, counts.messagesInConversations, [
    [words.countGiven, counts.messages],
    [words.countNotGiven, counts.messagesInConversations - counts.messages],
  ]);
  drawSum(drawing, words.countGiven, counts.messages, [
    [words.countMatched, counts.messages - counts.context],
    [words.countContext, counts.context],
  ]);
  drawSum(drawing, words.countAttachments, counts.attachments, [
    [words.countAttachmentsGiven, counts.attachmentsIncluded],
    [words.countAttachmentsListed, counts.attachments - counts.attachmentsIncluded],
  ]);
  drawFigure(drawing, words.countEventsGiven, counts.events);
  drawFigure(drawing, words.countExceptionsListed, counts.exceptions);
  drawFigure(drawing, words.countWithheld, counts.withheld);
  drawFigure(drawing, words.countWithheldRows, drawing.survey.withheldRows, PART);
  drawFigure(drawing, words.countEdge, counts.edgeOfRange);
  const { conversations, accounts, artifacts } = counts;
  const { sheet } = drawing;
  sheet.space(2);
  sheet.say(words.countNouns(conversations, accounts, artifacts), STYLE.body);
}

type Part = readonly [label: string, value: number];

/** A total and its parts; a difference between them is a line of its own, never smoothed over. */
function drawSum({ sheet, words }: Drawing, label: string, total: number, parts: Part[]): void {
  const left = total - parts.reduce((sum, [, value]) => sum + value, 0);
  sheet.need((parts.length + 1) * 13);
  drawCells(sheet, [
    { text: label, style: STYLE.strong, ...LABEL },
    { text: figure(total, words), style: STYLE.strong, ...FIGURE },
  ]);
  const rows: readonly Part[] = left === 0 ? parts : [...parts, [words.countUnaccounted, left]];
  for (const [index, [name, value]] of rows.entries()) {
    drawCells(sheet, [
      { text: `${index === 0 ? "=" : "+"} ${name}`, style: STYLE.body, ...PART },
      { text: figure(value, words), style: STYLE.body, ...FIGURE },
    ]);
  }
  sheet.rule(0.3);
  sheet.space(1);
}

function drawFigure(
  { sheet, words }: Drawing,
  label: string,
  value: number,
  place: typeof LABEL | typeof PART = LABEL,
): void {
  drawCells(sheet, [
    { text: label, style: STYLE.body, ...place },
    { text: figure(value, words), style: STYLE.body, ...FIGURE },
  ]);
}
