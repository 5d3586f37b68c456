import { Buffer } from "node:buffer";
import type { GlyphBook } from "./glyphs.ts";
import type { PdfFile, Reference } from "./pdf.ts";
import { LEADING, PAGE, STYLE, TEXT_WIDTH } from "./style.ts";
import type { Line, Span, Style } from "./wrap.ts";
import { wrap } from "./wrap.ts";

/** What stands on every page beside its own text. */
export interface Running {
  readonly head: string;
  readonly foot: string;
  /** `Messages 12-31`, or an empty string for a page without messages. */
  readonly range: (first: number, last: number) => string;
  /** `Page 3 of `; the number of pages follows it. */
  readonly page: (number: number) => string;
}

/** Where a paragraph stands: `indent` from the left margin, `width` of its lines, both in points. */
export interface Place {
  readonly indent?: number;
  readonly width?: number;
}

/**
 * The pages, filled from the top. A page is written to the file as soon as the next begins, so that
 * memory holds one page however long the report is.
 */
export interface Sheet {
  /** Draws text as lines, going on over as many pages as it takes. */
  readonly text: (spans: readonly Span[], place?: Place) => void;
  /** One string in one style. */
  readonly say: (text: string, style: Style, place?: Place) => void;
  readonly wrap: (spans: readonly Span[], width: number) => Line[];
  /** Draws a line on the baseline of a text of this size without moving on. */
  readonly put: (line: Line, indent: number, size: number) => void;
  /** Moves down by a line of this size, onto a new page where none is left. */
  readonly advance: (size: number) => void;
  /** Blank height, left out at the top of a page. */
  readonly space: (height: number) => void;
  /** Begins a new page unless this much height is left on this one. */
  readonly need: (height: number) => void;
  readonly newPage: () => void;
  /** A horizontal line below the last text. */
  readonly rule: (weight: number, indent?: number, width?: number) => void;
  /** A vertical bar beside every line from here on, until it is set to null. */
  readonly bar: (indent: number | null) => void;
  /** Names a message as standing on this page. */
  readonly number: (message: number) => void;
  /** Text to be repeated at the top of the next pages until it is set to null; they hold `message` too. */
  readonly carry: (text: string | null, message?: number) => void;
  /** Names the part of the report that the running head shows from this page on. */
  readonly section: (name: string) => void;
  readonly bookmark: (title: string) => void;
  /** Writes the last page and the number of pages. */
  readonly close: () => void;
}

/** Opens the first page of a file. */
export function openSheet(file: PdfFile, book: GlyphBook, running: Running): Sheet {
  const total = file.ref({ Type: "XObject", Subtype: "Form", BBox: [-2, -10, 60, 4] });
  let ops: string[] = [];
  let fonts = new Set<string>();
  let pages = 0;
  let y: number = PAGE.top;
  let first: number | null = null;
  let last = 0;
  let carried: string | null = null;
  let carriedMessage: number | null = null;
  let barAt: number | null = null;
  let section = "";
  const head = single(running.head, STYLE.running);
  const foot = single(running.foot, STYLE.running);

  function draw(line: Line, x: number, baseline: number): void {
    ops.push(textOps(line, x, baseline));
    for (const run of line.runs) fonts.add(run.font);
  }

  function single(text: string, style: Style): Line {
    return wrap(book, [{ text, style }], Number.POSITIVE_INFINITY)[0] ?? { runs: [], width: 0 };
  }

  function open(): void {
    file.addPage();
    pages += 1;
    ops = [];
    fonts = new Set();
    first = null;
    y = PAGE.top;
    if (carried === null) return;
    first = carriedMessage;
    last = carriedMessage ?? last;
    draw(single(carried, STYLE.caption), PAGE.left, y + 7);
    y += 14;
  }

  function finish(): void {
    const right = PAGE.width - PAGE.right;
    draw(head, PAGE.left, 40);
    const range = first === null ? "" : running.range(first, last);
    const place = single([section, range].filter((part) => part !== "").join(" · "), STYLE.running);
    draw(place, right - place.width, 40);
    ops.push(strokeOps(PAGE.left, 46, right, 46, 0.4), strokeOps(PAGE.left, 802, right, 802, 0.4));
    draw(foot, PAGE.left, 813);
    const page = single(running.page(pages), STYLE.running);
    const at = right - 22 - page.width;
    draw(page, at, 813);
    ops.push(`q 1 0 0 1 ${at + page.width} 813 cm /Total Do Q`);
    file.page.xobjects["Total"] = total;
    for (const font of fonts) file.page.fonts[font] = book.fontRef(font);
    file.page.content.write(Buffer.from(ops.join("\n"), "latin1"));
  }

  function newPage(): void {
    finish();
    open();
  }

  function need(height: number): void {
    if (y + height > PAGE.bottom && y > PAGE.top) newPage();
  }

  function put(line: Line, indent: number, size: number): void {
    draw(line, PAGE.left + indent, y + size);
  }

  function advance(size: number): void {
    if (barAt !== null) {
      const x = PAGE.left + barAt;
      ops.push(strokeOps(x, y, x, y + size * LEADING, 1.2));
    }
    y += size * LEADING;
  }

  function text(spans: readonly Span[], place: Place = {}): void {
    const indent = place.indent ?? 0;
    const size = Math.max(...spans.map((span) => span.style.size));
    for (const line of wrap(book, spans, place.width ?? TEXT_WIDTH - indent)) {
      need(size * LEADING);
      draw(line, PAGE.left + indent, y + size);
      advance(size);
    }
  }

  open();
  return {
    text,
    put,
    advance,
    need,
    newPage,
    say: (words, style, place) => text([{ text: words, style }], place),
    wrap: (spans, width) => wrap(book, spans, width),
    space: (height) => {
      if (y > PAGE.top) y += height;
    },
    rule: (weight, indent = 0, width = TEXT_WIDTH - indent) => {
      const x = PAGE.left + indent;
      ops.push(strokeOps(x, y + 2, x + width, y + 2, weight));
      y += 4;
    },
    bar: (indent) => {
      barAt = indent;
    },
    number: (message) => {
      first ??= message;
      last = message;
    },
    carry: (text, message) => {
      carried = text;
      carriedMessage = message ?? null;
    },
    section: (name) => {
      section = name;
    },
    bookmark: (title) => void file.outline.addItem(title),
    close: () => {
      finish();
      writeTotal(total, single(String(pages), STYLE.running), book);
    },
  };
}

/** The number of pages is known last: every page refers to this form, which is written at the end. */
function writeTotal(total: Reference, line: Line, book: GlyphBook): void {
  const fonts = line.runs.map((run) => [run.font, book.fontRef(run.font)] as const);
  total.data["Resources"] = { Font: Object.fromEntries(fonts) };
  total.write(Buffer.from(textOps(line, 0, 0), "latin1"));
  total.end();
}

/** Content stream operators of a line; pdfkit's pages count from the top, text is turned back up. */
function textOps(line: Line, x: number, baseline: number): string {
  if (line.runs.length === 0) return "";
  let ops = `BT 1 0 0 -1 ${short(x)} ${short(baseline)} Tm`;
  for (const run of line.runs) {
    ops += ` /${run.font} ${short(run.size)} Tf ${run.grey} g <${run.codes}> Tj`;
  }
  return `${ops} ET`;
}

function strokeOps(x1: number, y1: number, x2: number, y2: number, weight: number): string {
  return `${weight} w 0.35 G ${short(x1)} ${short(y1)} m ${short(x2)} ${short(y2)} l S`;
}

/** Two decimals: a fortieth of a millimetre of ink. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
