import { execFileSync } from "node:child_process";
import { Buffer } from "node:buffer";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadFonts } from "../../src/report/fonts.ts";
import { GlyphBook } from "../../src/report/glyphs.ts";
import { textOps } from "../../src/report/operators.ts";
import { collect, openPdf } from "../../src/report/pdf.ts";
import { wrap } from "../../src/report/wrap.ts";
import { BIDI } from "./corpus.ts";
import { has, run } from "./pdf-text.ts";

/** Small, so that every line fits its page. */
const STYLE = { face: "regular", size: 3, grey: 0 } as const;

/** A character and where it stands, in any unit. */
interface Place {
  readonly text: string;
  readonly x: number;
  readonly line: number;
}

/**
 * The letters of lines from left to right. Accents, blanks and marks of hidden characters are left out;
 * a bracket is any bracket, and a sequence of pictographs one.
 */
function seen(places: readonly Place[]): string {
  return places
    .toSorted((a, b) => a.line - b.line || a.x - b.x)
    .map(({ text }) => text)
    .join("")
    .replaceAll(/\[U\+[0-9A-F]+\]/g, "")
    .replaceAll(/[\s\p{M}\p{Cf}\p{Emoji_Modifier}\ufffd]/gu, "")
    .replaceAll(/[()[\]«»]/g, "|")
    .replaceAll(/\p{Extended_Pictographic}+/gu, "*");
}

/** One page for each text, drawn by the report's text engine, read back character by character. */
function drawn(): readonly (readonly Place[])[] {
  const file = openPdf({ CreationDate: new Date(0) }, "en");
  const gather = collect(file);
  const book = new GlyphBook(file, loadFonts());
  for (const { text } of BIDI) {
    file.addPage();
    const lines = wrap(book, [{ text, style: STYLE, direction: "auto" }], Number.POSITIVE_INFINITY);
    const ops = lines.map((line, index) => textOps(line, 20, 100 + 30 * index)).join("\n");
    file.page.content.write(Buffer.from(ops, "latin1"));
    const fonts = lines.flatMap((line) => line.runs.map((run) => run.font));
    for (const font of fonts) file.page.fonts[font] = book.fontRef(font);
  }
  const xml = run("mutool", gather(), (path) => ["draw", "-F", "stext", path]);
  return xml
    .split("<page ")
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<char [^>]*\bx="([-\d.]+)" y="([-\d.]+)"[^>]*\bc="([^"]*)"/g)].map(
        ([, x, y, c = ""]) => ({
          text: unescaped(c),
          x: Number(x),
          line: Math.round((Number(y) - 100) / 30),
        }),
      ),
    );
}

function unescaped(text: string): string {
  return text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number(`0x${hex}`)))
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

const SCRIPT = `
const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });
const found = texts.map((text) => {
  const p = document.createElement("p");
  p.dir = "auto";
  p.style = "font: 20px sans-serif; white-space: pre; margin: 0; line-height: 40px; width: 9000px; position: relative";
  // dir=auto looks into isolates, which the standard does not; plaintext does not, but goes by paragraph.
  if (!text.includes("\\n")) p.style.unicodeBidi = "plaintext";
  p.textContent = text;
  document.body.append(p);
  const top = p.getBoundingClientRect().top;
  return Array.from(clusters.segment(text), ({ segment, index }) => {
    const range = document.createRange();
    range.setStart(p.firstChild, index);
    range.setEnd(p.firstChild, index + segment.length);
    const { left, right, top: y, bottom } = range.getBoundingClientRect();
    return { text: segment, x: (left + right) / 2, line: Math.round(((y + bottom) / 2 - top - 20) / 40) };
  });
});
document.body.textContent = "";
document.body.dataset.found = btoa(unescape(encodeURIComponent(JSON.stringify(found))));
`;

function shownByChromium(): readonly (readonly Place[])[] {
  const folder = mkdtempSync(join(tmpdir(), "chromium-"));
  try {
    const page = join(folder, "page.html");
    const texts = Buffer.from(JSON.stringify(BIDI.map(({ text }) => text))).toString("base64");
    const read = `const texts = JSON.parse(decodeURIComponent(escape(atob("${texts}"))));`;
    writeFileSync(
      page,
      `<!doctype html><meta charset=utf-8><body><script>${read}${SCRIPT}</script>`,
    );
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${folder}/user`];
    const dom = execFileSync("chromium", [...flags, "--dump-dom", `file://${page}`], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 60_000,
    });
    const [, found = ""] = /data-found="([^"]*)"/.exec(dom) ?? [];
    return JSON.parse(Buffer.from(found, "base64").toString("utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const canCompare = has("chromium") && has("mutool");

describe.skipIf(!canCompare)(
  "the order of a text on the page (skipped where chromium or mutool is not installed)",
  () => {
    test("is the order in which Chromium shows it", () => {
      const ours = drawn().map(seen);
      const theirs = shownByChromium().map(seen);
      for (const [index, { name }] of BIDI.entries()) {
        expect({ name, order: ours[index] }).toEqual({ name, order: theirs[index] });
      }
    }, 120_000);
  },
);
