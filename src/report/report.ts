import { canonical } from "../hash/canonical.ts";
import type { DrawnPdf } from "../model/pdf.ts";
import type { BundleDescription, Language, Production } from "../model/production.ts";
import type { ReportWords } from "../words/catalogue.ts";
import { REPORT_EN } from "../words/report.en.ts";
import { REPORT_FR } from "../words/report.fr.ts";
import { drawAppendices } from "./appendix.ts";
import { drawCover } from "./cover.ts";
import type { ReportSigner } from "./drawing.ts";
import { GlyphBook } from "./glyphs.ts";
import type { PdfInfo } from "./pdf.ts";
import { collect, openPdf } from "./pdf.ts";
import { writeSignatureRoom } from "./room.ts";
import { Sheet } from "./sheet.ts";
import { survey } from "./survey.ts";
import { drawTranscript } from "./transcript.ts";
import type { Fonts } from "./fonts.ts";
import { loadFonts } from "./fonts.ts";

const WORDS: Readonly<Record<Language, ReportWords>> = { en: REPORT_EN, fr: REPORT_FR };

/**
 * Draws the report of a production: cover sheet, transcript, appendices, and room for a signature.
 *
 * The bytes are a pure function of the arguments and of the versions of pdfkit, the fonts and zlib:
 * no clock, zone, locale or random number has a part in them.
 *
 * @throws Failure `bug` where the production contradicts itself: a report must not smooth that over.
 */
export async function drawReport(
  production: Production,
  signer: ReportSigner,
  fonts: Fonts = loadFonts(),
): Promise<DrawnPdf> {
  const { description } = production;
  const words = WORDS[description.language];
  const counted = survey(production);
  const file = openPdf(infoOf(description), description.language);
  const gather = collect(file);
  const book = new GlyphBook(file, fonts);
  const sheet = new Sheet(file, book, {
    head: words.runningHead(description.procedure ?? description.case.number, description.id),
    foot: words.runningFoot(description.extractSha256.slice(0, 32)),
    range: words.range,
    page: words.page,
  });
  const room = writeSignatureRoom(file);
  const drawing = { sheet, words, production, survey: counted, signer };
  drawCover(drawing);
  drawTranscript(drawing);
  drawAppendices(drawing, book.substituted);
  sheet.close();
  return room.locate(gather());
}

/** What a verifier reads without drawing a page; the counts tie the report to bundle.json. */
function infoOf(description: BundleDescription): PdfInfo {
  const { messages, events, exceptions, attachments, withheld } = description.counts;
  return {
    Producer: "exhibita",
    Creator: "exhibita",
    CreationDate: new Date(description.created),
    Title: description.id,
    ExhibitaBundle: description.id,
    ExhibitaExtract: description.extractSha256,
    ExhibitaCounts: canonical({ messages, events, exceptions, attachments, withheld }),
  };
}
