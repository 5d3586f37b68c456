import type { Sha256 } from "../model/artifact.ts";
import type { Language } from "../model/production.ts";
import type { FingerprintSheetWords } from "../words/fingerprint-sheet.ts";
import { fingerprintSheetEn } from "../words/fingerprint-sheet.en.ts";
import { fingerprintSheetFr } from "../words/fingerprint-sheet.fr.ts";
import { type Fonts, loadFonts } from "./fonts.ts";
import { GlyphBook } from "./glyphs.ts";
import { collect, openPdf } from "./pdf.ts";
import { Sheet } from "./sheet.ts";
import { STYLE } from "./style.ts";
import { drawCells } from "./table.ts";

/** What is printed of a key. Times are ISO 8601 in UTC. */
export interface FingerprintFacts {
  readonly id: string;
  readonly holder: string;
  /** Null where the certificate names no agency. */
  readonly agency: string | null;
  readonly algorithm: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly signer: Sha256;
  /** Null where the certificate came without that of its root. */
  readonly root: {
    readonly name: string;
    readonly fingerprint: Sha256;
    readonly validTo: string;
  } | null;
  /** When the page is drawn. */
  readonly drawn: string;
}

const WORDS: Readonly<Record<Language, FingerprintSheetWords>> = {
  en: fingerprintSheetEn,
  fr: fingerprintSheetFr,
};

const COMMANDS = [
  "openssl x509 -in agency-root.pem -noout -fingerprint -sha256",
  "exhibita key trust agency-root.pem --dry-run",
];

/** As large as a page lets it be: it is read out, and compared by eye. */
const DIGITS = { ...STYLE.figure, size: 15 } as const;
const LABEL_WIDTH = 80;
const VALUE_WIDTH = 380;

/**
 * One A4 page: whose key it is, the fingerprints of root and signer, how to compare them, and room to sign
 * for them. The bytes are a pure function of the arguments and of the versions of pdfkit and the fonts.
 */
export function drawFingerprintSheet(
  facts: FingerprintFacts,
  language: Language,
  fonts: Fonts = loadFonts(),
): Uint8Array {
  const words = WORDS[language];
  const drawn = facts.drawn.slice(0, 10);
  const info = {
    Producer: "exhibita",
    Creator: "exhibita",
    CreationDate: new Date(facts.drawn),
    Title: `${words.title}: ${facts.holder}`,
  };
  const file = openPdf(info, language);
  const gather = collect(file);
  const sheet = new Sheet(file, new GlyphBook(file, fonts), {
    head: facts.id,
    foot: words.foot(drawn),
    range: () => "",
    page: words.page,
  });
  sheet.say(words.title, STYLE.title);
  sheet.space(6);
  sheet.say(words.purpose, STYLE.body);
  sheet.space(12);
  drawHolder(sheet, facts, words);
  drawRoot(sheet, facts, words);
  drawDigest(sheet, words.signerHeading, words.signer(facts.holder), facts.signer);
  drawComparison(sheet, words);
  sheet.close();
  return gather();
}

function drawHolder(sheet: Sheet, facts: FingerprintFacts, words: FingerprintSheetWords): void {
  const { labels } = words;
  const validity = words.validity(facts.validFrom.slice(0, 10), facts.validTo.slice(0, 10));
  const rows: readonly (readonly [string, string])[] = [
    [labels.holder, facts.holder],
    ...(facts.agency === null ? [] : [[labels.agency, facts.agency] as const]),
    [labels.key, facts.id],
    [labels.algorithm, facts.algorithm],
    [labels.valid, validity],
  ];
  for (const [label, value] of rows) {
    drawCells(sheet, [
      { text: label, style: STYLE.label, indent: 0, width: LABEL_WIDTH },
      { text: value, style: STYLE.value, indent: LABEL_WIDTH, width: VALUE_WIDTH },
    ]);
  }
}

function drawRoot(sheet: Sheet, { root }: FingerprintFacts, words: FingerprintSheetWords): void {
  if (root === null) {
    sheet.space(16);
    sheet.say(words.rootHeading, STYLE.heading);
    sheet.say(words.noRoot, STYLE.body);
    return;
  }
  const caption = words.root(root.name, root.validTo.slice(0, 10));
  drawDigest(sheet, words.rootHeading, caption, root.fingerprint);
}

function drawDigest(sheet: Sheet, heading: string, caption: string, digest: Sha256): void {
  sheet.space(16);
  sheet.say(heading, STYLE.heading);
  sheet.say(caption, STYLE.body);
  sheet.space(4);
  for (const line of linesOf(digest)) sheet.say(line, DIGITS, { indent: 12 });
}

function drawComparison(sheet: Sheet, words: FingerprintSheetWords): void {
  sheet.space(16);
  sheet.say(words.compareHeading, STYLE.heading);
  sheet.space(3);
  sheet.say(words.print, STYLE.body);
  for (const command of COMMANDS) sheet.say(command, STYLE.figure, { indent: 12 });
  for (const paragraph of words.compare) {
    sheet.space(3);
    sheet.say(paragraph, STYLE.body);
  }
  sheet.space(18);
  sheet.say(words.handedOver, STYLE.heading);
  for (const line of [words.by, words.to]) {
    sheet.space(30);
    sheet.rule(0.4);
    sheet.say(line, STYLE.label);
  }
}

/** Four lines of four groups of four digits, so that a voice can name each by its place. */
function linesOf(digest: Sha256): readonly string[] {
  const groups = digest.match(/.{4}/g) ?? [];
  return [0, 4, 8, 12].map((at) => groups.slice(at, at + 4).join("  "));
}
