import { canonical } from "../hash/canonical.ts";
import { leafHash } from "../hash/merkle.ts";
import type { CustodyEntry } from "../model/custody.ts";
import { drawArtifacts } from "./appendix-artifacts.ts";
import { hexOf, markOf } from "./characters.ts";
import type { Drawing } from "./drawing.ts";
import { figure, grouped } from "./figures.ts";
import { STYLE, TEXT_WIDTH } from "./style.ts";
import { drawCells, drawHeading, drawItem, drawPair, drawParagraph } from "./table.ts";

/**
 * Draws the appendices. `substituted` counts the characters that the pages before could not draw, and
 * goes on counting while the first two appendices are drawn.
 */
export function drawAppendices(drawing: Drawing, substituted: ReadonlyMap<number, number>): void {
  drawing.sheet.newPage();
  drawing.sheet.section(drawing.words.appendices);
  drawArtifacts(drawing);
  drawExceptions(drawing);
  drawCustody(drawing);
  drawSubstituted(drawing, substituted);
  drawGlossary(drawing);
  drawSourceCheck(drawing);
}

function drawAppendixHeading({ sheet }: Drawing, title: string): void {
  drawHeading(sheet, title);
  sheet.bookmark(title);
}

function drawExceptions(drawing: Drawing): void {
  const { sheet, words, production } = drawing;
  drawAppendixHeading(drawing, words.exceptionsHeading);
  drawParagraph(sheet, words.exceptionsLead);
  if (production.exceptions.length === 0) sheet.say(words.none, STYLE.body);
  for (const exception of production.exceptions) {
    const { offset, length } = exception.locator;
    sheet.need(26);
    sheet.say(`${exception.id} · ${exception.code}`, STYLE.smallStrong);
    const place = words.sourcePlace(exception.artifact, offset, length);
    sheet.say(`${place} · ${exception.detail}`, STYLE.small);
    sheet.space(3);
  }
}

function drawCustody(drawing: Drawing): void {
  const { sheet, words, production } = drawing;
  const { custody } = production.description;
  drawAppendixHeading(drawing, words.custodyHeading);
  drawParagraph(sheet, words.custodyLead(figure(custody.size, words)));
  drawPair(sheet, words.custodyRoot, grouped(custody.root), STYLE.digest);
  drawPair(sheet, words.custodyLast, grouped(custody.last), STYLE.digest);
  sheet.space(6);
  for (const { entry } of production.custody) drawEntry(drawing, entry);
}

function drawEntry({ sheet, words }: Drawing, entry: CustodyEntry): void {
  const facts = [
    entry.at,
    words.custodyActions[entry.action],
    entry.actor,
    entry.exhibit === undefined ? null : words.exhibit(entry.exhibit),
    entry.authority,
    entry.artifacts.length === 0 ? null : numbersText(entry.artifacts.map((a) => a.number)),
    entry.note,
    entry.clockBackwards === true ? words.clockBackwards : null,
  ].filter((fact) => fact !== null && fact !== undefined);
  sheet.need(24);
  drawCells(sheet, [
    { text: String(entry.seq), style: STYLE.number, indent: 0, width: 30, align: "right" },
    { text: facts.join(" · "), style: STYLE.small, indent: 40, width: TEXT_WIDTH - 160 },
    {
      text: lineDigest(entry).slice(0, 16),
      style: STYLE.digest,
      indent: TEXT_WIDTH - 110,
      width: 110,
      align: "right",
    },
  ]);
  sheet.space(2);
}

/** The digest that the next line of the journal carries as `prev`. */
function lineDigest(entry: CustodyEntry): string {
  const { private: _, ...shown } = entry;
  return leafHash(canonical(shown));
}

/** `A1-A4, A7`: what may be thousands of files stays a line. */
function numbersText(numbers: readonly number[]): string {
  const parts: string[] = [];
  let from: number | null = null;
  let to = 0;
  for (const number of [...numbers.toSorted((a, b) => a - b), Number.POSITIVE_INFINITY]) {
    if (from !== null && number <= to + 1) {
      to = number;
      continue;
    }
    if (from !== null) parts.push(from === to ? `A${from}` : `A${from}–A${to}`);
    from = number;
    to = number;
  }
  return parts.join(", ");
}

function drawSubstituted(drawing: Drawing, substituted: ReadonlyMap<number, number>): void {
  const { sheet, words } = drawing;
  drawAppendixHeading(drawing, words.substitutedHeading);
  drawParagraph(sheet, words.substitutedLead);
  const found = [...substituted].toSorted(([a], [b]) => a - b);
  if (found.length === 0) sheet.say(words.none, STYLE.body);
  const columns = 5;
  const width = TEXT_WIDTH / columns;
  for (let at = 0; at < found.length; at += columns) {
    drawCells(
      sheet,
      found.slice(at, at + columns).map(([codePoint, count], column) => ({
        text: `${markOf(codePoint)} × ${count}`,
        style: STYLE.digest,
        indent: column * width,
        width: width - 8,
      })),
    );
  }
  if (found.length > 0) {
    sheet.space(3);
    const total = found.reduce((sum, [, count]) => sum + count, 0);
    const highest = hexOf(found.at(-1)?.[0] ?? 0);
    sheet.say(words.substitutedTotal(found.length, figure(total, words), highest), STYLE.small);
  }
}

function drawGlossary(drawing: Drawing): void {
  const { sheet, words } = drawing;
  drawAppendixHeading(drawing, words.glossaryHeading);
  for (const [term, meaning] of words.glossary) {
    drawPair(sheet, term, meaning, STYLE.body);
    sheet.space(2);
  }
}

function drawSourceCheck(drawing: Drawing): void {
  const { sheet, words } = drawing;
  drawAppendixHeading(drawing, words.sourceCheckHeading);
  for (const [index, step] of words.sourceCheckSteps.entries()) {
    drawItem(sheet, String(index + 1), step);
  }
}
