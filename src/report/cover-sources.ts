import type { ArtifactLine, ConversationLine } from "../model/production.ts";
import type { Drawing } from "./drawing.ts";
import { figure, grouped } from "./figures.ts";
import { STYLE, TEXT_WIDTH } from "./style.ts";
import { drawCells, drawHeading } from "./table.ts";

const NUMBER = 30;
const INDENT = 40;

/** Draws the files as they were received, with what proves them. */
export function drawSources(drawing: Drawing): void {
  const { sheet, words, production } = drawing;
  drawHeading(sheet, words.sourcesHeading);
  for (const artifact of production.artifacts) {
    if (artifact.role === "source") drawSource(drawing, artifact);
  }
}

function drawSource({ sheet, words }: Drawing, artifact: ArtifactLine): void {
  const facts = [
    words.artifactNumber(artifact.number),
    artifact.exhibit === null ? words.noExhibit : words.exhibit(artifact.exhibit),
    artifact.format ?? words.notParsed,
    words.bytes(figure(artifact.size, words)),
  ];
  sheet.need(30);
  drawCells(sheet, [
    { text: `A${artifact.number}`, style: STYLE.number, indent: 0, width: NUMBER, align: "right" },
    { text: facts.join(" · "), style: STYLE.body, indent: INDENT, width: TEXT_WIDTH - INDENT },
  ]);
  const place = { indent: INDENT };
  if (artifact.name !== null) sheet.say(words.quoted(artifact.name), STYLE.small, place);
  const digest = artifact.sha256;
  sheet.say(
    digest === null ? words.digestWithheld : `SHA-256 ${grouped(digest)}`,
    STYLE.digest,
    place,
  );
  sheet.space(4);
}

/** Draws one line for each conversation: how much of it is here, and under which numbers. */
export function drawConversationList(drawing: Drawing): void {
  const { sheet, words, production } = drawing;
  drawHeading(sheet, words.conversationsHeading);
  for (const conversation of production.conversations) drawConversation(drawing, conversation);
}

function drawConversation(drawing: Drawing, conversation: ConversationLine): void {
  const { sheet, words, survey } = drawing;
  const { inBundle, inCase } = conversation.messages;
  const numbers = survey.numbers.get(conversation.id);
  const share = words.inThisBundle(figure(inBundle, words), figure(inCase, words));
  const range = numbers === undefined ? "" : ` ${words.range(numbers.first, numbers.last)}.`;
  sheet.need(28);
  sheet.quote(conversation.title ?? words.untitled, STYLE.strong);
  sheet.say(
    `${words.conversationKinds[conversation.kind]} · ${conversation.service} · ${conversation.id} · ${share}${range}`,
    STYLE.small,
  );
  sheet.space(3);
}
