import { canonical } from "../hash/canonical.ts";
import type { ArtifactLine } from "../model/production.ts";
import type { ReportWords } from "../words/catalogue.ts";
import type { Drawing } from "./drawing.ts";
import { figure, grouped } from "./figures.ts";
import { STYLE, TEXT_WIDTH } from "./style.ts";
import { drawCells, drawHeading, drawParagraph } from "./table.ts";

const INDENT = 40;

/** Draws every file behind the bundle: where it was found, what was read of it, what proves it. */
export function drawArtifacts({ sheet, words, production }: Drawing): void {
  drawHeading(sheet, words.artifactsHeading);
  sheet.bookmark(words.artifactsHeading);
  drawParagraph(sheet, words.artifactsLead);
  for (const artifact of production.artifacts) {
    const place = { indent: INDENT };
    sheet.need(44);
    drawCells(sheet, [
      { text: `A${artifact.number}`, style: STYLE.number, indent: 0, width: 30, align: "right" },
      {
        text: headText(artifact, words),
        style: STYLE.strong,
        indent: INDENT,
        width: TEXT_WIDTH - INDENT,
      },
    ]);
    for (const text of factsOf(artifact, words)) sheet.say(text, STYLE.small, place);
    const digest = artifact.sha256;
    const proof = digest === null ? words.digestWithheld : `SHA-256 ${grouped(digest)}`;
    sheet.say(proof, STYLE.digest, place);
    sheet.space(5);
  }
}

function headText(artifact: ArtifactLine, words: ReportWords): string {
  return [
    words.roles[artifact.role],
    artifact.exhibit === null ? words.noExhibit : words.exhibit(artifact.exhibit),
    words.bytes(figure(artifact.size, words)),
  ].join(" · ");
}

function factsOf(artifact: ArtifactLine, words: ReportWords): string[] {
  const { name, container, entry, format, formatVersion, counts, findings, file, ground } =
    artifact;
  const facts: string[] = [];
  if (name !== null) facts.push(words.originalName(name));
  facts.push(words.acquiredAt(artifact.acquired));
  if (container !== null) facts.push(words.containedIn(container, entry ?? "–"));
  facts.push(format === null ? words.notParsed : words.parsedAs(format, formatVersion ?? 0));
  if (counts !== null) {
    const { units, messages, events, exceptions } = counts;
    const [u, m, e, x] = [units, messages, events, exceptions].map((n) => figure(n, words));
    facts.push(words.readAs(u ?? "", m ?? "", e ?? "", x ?? ""));
  }
  if (Object.keys(artifact.options).length > 0) {
    facts.push(words.parseOptions(canonical(artifact.options)));
  }
  for (const { code, detail, count } of findings) {
    facts.push(words.finding(`${code}: ${detail} (${figure(count, words)})`));
  }
  if (ground !== undefined) facts.push(words.ground(ground));
  const inside = artifact.fileEntry === undefined ? file : `${file} / ${artifact.fileEntry}`;
  if (inside !== null) facts.push(words.inTheBundle(inside));
  return facts;
}
