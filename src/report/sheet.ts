import { Buffer } from "node:buffer";
import type { GlyphBook } from "./glyphs.ts";
import { strokeOps, textOps } from "./operators.ts";
import type { PdfFile, Reference } from "./pdf.ts";
import { writeContent } from "./pdf.ts";
import { LEADING, PAGE, STYLE, TEXT_WIDTH } from "./style.ts";
import type { Line } from "./line.ts";
import type { Span, Style } from "./span.ts";
import { wrap } from "./wrap.ts";

/** What stands on every page beside its own text. */
export interface Running {
  readonly head: string;
  readonly foot: string;
  /** `Messages 12–31` */
  readonly range: (first: number, last: number) => string;
  /** `Page 3 of `; the number of pages follows it. */
  readonly page: (number: number) => string;
}

/** Where a paragraph stands: `indent` from the left margin, `width` of its lines, both in points. */
export interface Place {
  readonly indent?: number;
  readonly width?: number;
}

const RIGHT: number = PAGE.width - PAGE.right;
const HEAD = { baseline: 40, rule: 46 } as const;
const FOOT = { baseline: 813, rule: 802 } as const;

/** Room for the number of pages, right of the page's own. */
const TOTAL_WIDTH = 22;

/**
 * The pages, filled from the top. A page is written to the file as soon as the next begins, so that
 * memory holds one page however long the report is.
 */
export class Sheet {
  readonly #file: PdfFile;
  readonly #book: GlyphBook;
  readonly #running: Running;
  readonly #head: Line;
  readonly #foot: Line;
  /** The number of pages is known last: every page refers to this form, which is written at the end. */
  readonly #total: Reference;
  #operators: string[] = [];
  #fonts = new Set<string>();
  #pages = 0;
  #y: number = PAGE.top;
  #first: number | null = null;
  #last = 0;
  #section = "";
  #carried: { readonly text: string; readonly message: number | null } | null = null;
  #bar: number | null = null;

  /** Opens the first page of a file. */
  constructor(file: PdfFile, book: GlyphBook, running: Running) {
    this.#file = file;
    this.#book = book;
    this.#running = running;
    this.#head = this.#single(running.head, STYLE.running);
    this.#foot = this.#single(running.foot, STYLE.running);
    this.#total = file.ref({ Type: "XObject", Subtype: "Form", BBox: [-2, -10, 60, 4] });
    this.#open();
  }

  /** Draws spans as lines, going on over as many pages as it takes. */
  text(spans: readonly Span[], place: Place = {}): void {
    const indent = place.indent ?? 0;
    const width = place.width ?? TEXT_WIDTH - indent;
    const size = Math.max(...spans.map((span) => span.style.size));
    for (const line of this.wrap(spans, width)) {
      this.need(size * LEADING);
      this.put(line, indent + (line.rightToLeft ? width - line.width : 0), size);
      this.advance(size);
    }
  }

  /** A text of its own, which runs in the direction of its first letter. */
  quote(text: string, style: Style, place: Place = {}): void {
    this.text([{ text, style, direction: "auto" }], place);
  }

  /** One string in one style. */
  say(text: string, style: Style, place: Place = {}): void {
    this.text([{ text, style }], place);
  }

  wrap(spans: readonly Span[], width: number): Line[] {
    return wrap(this.#book, spans, width);
  }

  /** Draws a line on the baseline of a text of this size without moving on. */
  put(line: Line, indent: number, size: number): void {
    this.#draw(line, PAGE.left + indent, this.#y + size);
  }

  /** Moves down by a line of this size. */
  advance(size: number): void {
    const below = this.#y + size * LEADING;
    if (this.#bar !== null) this.#stroke(this.#bar, this.#y, this.#bar, below, 1.2);
    this.#y = below;
  }

  /** Blank height, left out at the top of a page. */
  space(height: number): void {
    if (this.#y > PAGE.top) this.#y += height;
  }

  /** Begins a new page unless this much height is left on this one. */
  need(height: number): void {
    if (this.#y + height > PAGE.bottom && this.#y > PAGE.top) this.newPage();
  }

  newPage(): void {
    this.#finish();
    this.#open();
  }

  /** A horizontal rule below the last text. */
  rule(weight: number, indent = 0): void {
    this.#stroke(PAGE.left + indent, this.#y + 2, RIGHT, this.#y + 2, weight);
    this.#y += 4;
  }

  /** A vertical bar at `indent` beside every line from here on, until it is set to null. */
  bar(indent: number | null): void {
    this.#bar = indent === null ? null : PAGE.left + indent;
  }

  /** Names a message as standing on this page. */
  number(message: number): void {
    this.#first ??= message;
    this.#last = message;
  }

  /** Text to be repeated at the top of the next pages until it is set to null; they hold `message` too. */
  carry(text: string | null, message: number | null = null): void {
    this.#carried = text === null ? null : { text, message };
  }

  /** Names the part of the report that the running head shows from this page on. */
  section(name: string): void {
    this.#section = name;
  }

  bookmark(title: string): void {
    this.#file.outline.addItem(title);
  }

  /** Writes the last page and the number of pages. */
  close(): void {
    this.#finish();
    const line = this.#single(String(this.#pages), STYLE.running);
    const fonts = line.runs.map((run) => [run.font, this.#book.fontRef(run.font)] as const);
    this.#total.data["Resources"] = { Font: Object.fromEntries(fonts) };
    this.#total.write(Buffer.from(textOps(line, 0, 0), "latin1"));
    this.#total.end();
  }

  #open(): void {
    this.#file.addPage();
    this.#pages += 1;
    this.#operators = [];
    this.#fonts = new Set();
    this.#first = null;
    this.#y = PAGE.top;
    if (this.#carried === null) return;
    const { text, message } = this.#carried;
    if (message !== null) this.number(message);
    this.#draw(this.#single(text, STYLE.caption), PAGE.left, this.#y + 7);
    this.#y += 14;
  }

  #finish(): void {
    const { page } = this.#file;
    this.#draw(this.#head, PAGE.left, HEAD.baseline);
    const range = this.#first === null ? "" : this.#running.range(this.#first, this.#last);
    const names = [this.#section, range].filter((part) => part !== "").join(" · ");
    const place = this.#single(names, STYLE.running);
    this.#draw(place, RIGHT - place.width, HEAD.baseline);
    this.#stroke(PAGE.left, HEAD.rule, RIGHT, HEAD.rule, 0.4);
    this.#stroke(PAGE.left, FOOT.rule, RIGHT, FOOT.rule, 0.4);
    this.#draw(this.#foot, PAGE.left, FOOT.baseline);
    const number = this.#single(this.#running.page(this.#pages), STYLE.running);
    const end = RIGHT - TOTAL_WIDTH;
    this.#draw(number, end - number.width, FOOT.baseline);
    this.#operators.push(`q 1 0 0 1 ${end} ${FOOT.baseline} cm /Total Do Q`);
    page.xobjects["Total"] = this.#total;
    for (const font of this.#fonts) page.fonts[font] = this.#book.fontRef(font);
    writeContent(page.content, Buffer.from(this.#operators.join("\n"), "latin1"));
  }

  #draw(line: Line, x: number, baseline: number): void {
    if (line.runs.length === 0) return;
    this.#operators.push(textOps(line, x, baseline));
    for (const run of line.runs) this.#fonts.add(run.font);
  }

  #stroke(x1: number, y1: number, x2: number, y2: number, weight: number): void {
    this.#operators.push(strokeOps(x1, y1, x2, y2, weight));
  }

  #single(text: string, style: Style): Line {
    const [line] = this.wrap([{ text, style }], Number.POSITIVE_INFINITY);
    return line ?? { runs: [], width: 0, rightToLeft: false, hang: 0 };
  }
}
