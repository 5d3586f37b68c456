import { drawCounts } from "./cover-counts.ts";
import { drawConversationList, drawSources } from "./cover-sources.ts";
import type { Drawing } from "./drawing.ts";
import { figure, grouped, longDate } from "./figures.ts";
import { STYLE } from "./style.ts";
import { drawHeading, drawItem, drawPair, drawParagraph } from "./table.ts";

/** Draws the cover sheet: what was given, to whom, on whose word, and how to check it. */
export function drawCover(drawing: Drawing): void {
  drawing.sheet.bookmark(drawing.words.coverBookmark);
  drawTitle(drawing);
  drawSelection(drawing);
  drawCounts(drawing);
  drawSources(drawing);
  drawConversationList(drawing);
  drawTimeRules(drawing);
  drawSigner(drawing);
  drawVerify(drawing);
  drawLimits(drawing);
  drawReceipt(drawing);
}

function drawTitle({ sheet, words, production }: Drawing): void {
  const { description } = production;
  const stated = (value: string | null): string => value ?? words.notStated;
  sheet.say(words.title, STYLE.title);
  sheet.say(words.subtitle(description.procedure ?? description.case.number), STYLE.subheading);
  sheet.rule(1.4);
  sheet.space(6);
  sheet.say(words.authoritative, STYLE.body);
  sheet.space(6);
  drawPair(sheet, words.bundle, description.id, STYLE.strong);
  drawPair(sheet, words.caseNumber, description.case.number);
  if (description.case.title !== null) drawPair(sheet, words.caseTitle, description.case.title);
  drawPair(sheet, words.procedure, stated(description.procedure));
  drawPair(sheet, words.productionNumber, String(description.production));
  drawPair(sheet, words.recipient, stated(description.recipient));
  drawPair(sheet, words.agency, stated(description.case.agency));
  drawPair(sheet, words.officer, stated(description.officer));
  drawPair(sheet, words.preparedBy, description.preparedBy);
  drawPair(sheet, words.authority, stated(description.authority));
  const clock = description.created.slice(11);
  const made = `${longDate(description.created, words)} ${clock}`;
  const epoch = description.createdFrom === "clock" ? "" : ` · ${words.createdFromEpoch}`;
  drawPair(sheet, words.created, `${made}${epoch}`);
  drawPair(sheet, words.language, words.languageName);
  const { previous } = description;
  drawPair(sheet, words.previous, previous === null ? words.none : previous.id);
  if (previous !== null) drawPair(sheet, "", grouped(previous.sha256), STYLE.digest);
  const { exhibita, node, sqlite, tz, unicode } = description.tool;
  const tool = `exhibita ${exhibita} · Node ${node} · SQLite ${sqlite ?? "–"} · tz ${tz} · Unicode ${unicode}`;
  drawPair(sheet, words.tool, tool);
}

function drawSelection({ sheet, words, production }: Drawing): void {
  const { selection, selectionText, options } = production.description;
  drawHeading(sheet, words.selectionHeading);
  sheet.say(words.selectionLead, STYLE.soft);
  drawParagraph(sheet, selectionText, STYLE.strong);
  const said = [
    selection.wholeCase ? words.wholeCase : null,
    selection.wholeConversations ? words.wholeConversations : null,
    selection.context > 0 ? words.contextAdded(selection.context) : null,
    options.media ? words.withMedia : words.withoutMedia,
    options.originals ? words.withOriginals : words.withoutOriginals,
    options.raw ? words.withRaw : words.withoutRaw,
    options.private ? words.withPrivate : words.withoutPrivate,
  ];
  for (const text of said) if (text !== null) drawItem(sheet, "–", text);
}

function drawTimeRules({ sheet, words, production, survey }: Drawing): void {
  const { displayZone, timeRules } = production.description;
  drawHeading(sheet, words.timeHeading);
  drawParagraph(sheet, words.timeLead);
  const { bases } = survey;
  drawItem(sheet, "–", words.meansUtc(figure(bases.utc, words)));
  drawItem(sheet, "–", words.meansOffset(figure(bases.offset, words)));
  drawItem(sheet, "–", words.meansDeclared(figure(bases.declared, words)));
  drawItem(sheet, "–", words.meansUnknown(figure(bases.unknown, words)));
  drawItem(sheet, "–", words.ambiguousRows(figure(survey.ambiguousDates, words)));
  drawItem(sheet, "–", words.untimedRows(figure(survey.untimed, words)));
  drawItem(sheet, "–", words.displayZone(displayZone ?? "UTC"));
  for (const rule of timeRules) drawItem(sheet, "–", rule);
}

function drawSigner({ sheet, words, production, signer }: Drawing): void {
  const { description } = production;
  drawHeading(sheet, words.signerHeading);
  drawPair(sheet, words.signerHolder, signer.holder, STYLE.strong);
  drawPair(sheet, words.signerFingerprint, grouped(signer.fingerprint), STYLE.digest);
  drawPair(sheet, words.rootFingerprint, grouped(signer.rootFingerprint), STYLE.digest);
  drawPair(sheet, words.extractDigest, grouped(description.extractSha256), STYLE.digest);
  drawPair(sheet, words.contentDigest, grouped(description.contentDigest), STYLE.digest);
  drawPair(sheet, words.custodyRoot, grouped(description.custody.root), STYLE.digest);
  drawPair(sheet, words.timestamp, words.timestamps[description.timestamp]);
  sheet.space(4);
  drawParagraph(sheet, words.signerProves);
}

function drawVerify({ sheet, words, production }: Drawing): void {
  drawHeading(sheet, words.verifyHeading);
  drawItem(sheet, "1", words.verifyWithTool(`${production.description.id}.zip`));
  drawItem(sheet, "2", words.verifyByHand);
  drawItem(sheet, "3", words.verifyWithReader(`${production.description.id}.pdf`));
}

function drawLimits({ sheet, words, production }: Drawing): void {
  drawHeading(sheet, words.limitsHeading);
  for (const limit of [...production.description.limits, words.limitPage, words.limitListed]) {
    drawItem(sheet, "–", limit);
  }
}

function drawReceipt({ sheet, words, production }: Drawing): void {
  drawHeading(sheet, words.receiptHeading, 150);
  drawParagraph(sheet, words.receiptLead(production.description.id));
  for (const label of [words.receiptName, words.receiptCapacity, words.receiptDate]) {
    sheet.space(9);
    drawPair(sheet, label, "");
    sheet.rule(0.4, 122);
  }
  sheet.space(30);
  drawPair(sheet, words.receiptSignature, "");
  sheet.rule(0.4, 122);
}
