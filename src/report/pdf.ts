import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import PDFDocument from "pdfkit";
import { Failure } from "../model/failure.ts";
import { isObject } from "../model/json.ts";

/**
 * The part of pdfkit this report stands on. pdfkit numbers, compresses and writes the objects of the
 * file and embeds the fonts; lines are broken and placed here, and written as content streams. The
 * members below are not all in pdfkit's typings, so they are looked at before they are used, and the
 * version is pinned.
 */

/** An indirect object of the file. */
export interface Reference {
  readonly data: Record<string, unknown>;
  readonly write: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/** A font in one file: `subset.glyphs[code]` is the glyph drawn for a code, `unicode[code]` what it says. */
export interface EmbeddedFont {
  readonly id: string;
  /** The parsed font, which other documents may share. */
  readonly font: unknown;
  readonly subset: { readonly glyphs: number[]; encode: () => Uint8Array };
  /** In thousandths of the font size. */
  readonly widths: number[];
  readonly unicode: number[][];
  readonly ref: () => Reference;
}

/** The stream of a page, with what is to be written of it. */
interface PageContent extends Reference {
  compress: boolean;
  readonly buffer: Uint8Array[];
}

interface Page {
  readonly content: PageContent;
  readonly dictionary: Reference;
  readonly fonts: Record<string, unknown>;
  readonly xobjects: Record<string, unknown>;
  readonly annotations: unknown[];
}

/** pdfkit's document, by the members the report uses. */
export interface PdfFile {
  readonly ref: (data: Record<string, unknown>) => Reference;
  readonly addPage: () => unknown;
  readonly page: Page;
  readonly font: (source: unknown) => unknown;
  readonly outline: { readonly addItem: (title: string) => unknown };
  readonly end: () => void;
  readonly read: () => Uint8Array | null;
  /** Takes the bytes of the file in order, null at its end. */
  push: (bytes: Uint8Array | null) => boolean;
  endAcroForm: () => unknown;
  /** Length of the file so far. */
  readonly _offset: number;
  readonly _root: Reference;
  readonly _font: unknown;
}

export type PdfInfo = { readonly CreationDate: Date } & Readonly<Record<string, string | Date>>;

/**
 * Opens an empty file of A4 pages. Nothing in it depends on the clock, the zone or the machine.
 *
 * @throws Failure `bug` where pdfkit is not the one this was written for.
 */
export function openPdf(info: PdfInfo, language: string): PdfFile {
  const file: unknown = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: "1.7",
    size: "A4",
    margin: 0,
    // An empty name keeps pdfkit from loading Helvetica, which it would not embed.
    font: "",
    lang: language,
    displayTitle: true,
    info,
  });
  if (!isPdfFile(file)) throw new Failure("bug", "pdfkit has no members the report can stand on");
  return file;
}

/** Embeds a font: its bytes, or the `font` of another document's embedding. */
export function embed(file: PdfFile, source: unknown): EmbeddedFont {
  file.font(source);
  const font = file["_font"];
  if (!isEmbeddedFont(font)) throw new Failure("bug", "pdfkit embeds fonts in another way");
  return font;
}

/**
 * Writes the whole content of a page, after the turn of the page that pdfkit began it with. Level 3 costs
 * half the time of the default and adds a few bytes in a hundred.
 */
export function writeContent(content: PageContent, bytes: Uint8Array): void {
  const turned = Buffer.concat([...content.buffer, bytes]);
  content.buffer.length = 0;
  content.compress = false;
  content.data["Filter"] = "FlateDecode";
  content.data["Length"] = 0;
  content.write(deflateSync(turned, { level: 3 }));
}

/** Length of the file so far: where the next object will begin. */
export function lengthOf(file: PdfFile): number {
  return file["_offset"];
}

/** The document catalogue (ISO 32000-1 section 7.7.2). */
export function catalogueOf(file: PdfFile): Record<string, unknown> {
  return file["_root"].data;
}

const BLOCK = 1 << 20;

/**
 * Gathers the bytes of the file as they are written, and gives them once it has ended. pdfkit would
 * queue every chunk in a stream of its own until the last page is drawn.
 */
export function collect(file: PdfFile): () => Buffer {
  const full: Uint8Array[] = [];
  let block = Buffer.allocUnsafe(BLOCK);
  let length = 0;
  const begun = file.read();
  file.push = (chunk) => {
    if (chunk === null) return false;
    if (length + chunk.length > block.length) {
      full.push(block.subarray(0, length));
      block = Buffer.allocUnsafe(Math.max(BLOCK, chunk.length));
      length = 0;
    }
    block.set(chunk, length);
    length += chunk.length;
    return true;
  };
  // The file's first line is written when it is opened.
  if (begun !== null) file.push(begun);
  return () => {
    file.end();
    return Buffer.concat([...full, block.subarray(0, length)]);
  };
}

function isPdfFile(value: unknown): value is PdfFile {
  return (
    isObject(value) &&
    ["ref", "addPage", "font", "end", "push", "read", "endAcroForm"].every((name) =>
      isFunction(value[name]),
    ) &&
    typeof value["_offset"] === "number" &&
    isObject(value["_root"]) &&
    isObject(value["outline"])
  );
}

function isEmbeddedFont(value: unknown): value is EmbeddedFont {
  return (
    isObject(value) &&
    typeof value["id"] === "string" &&
    isFunction(value["ref"]) &&
    isObject(value["subset"]) &&
    Array.isArray(value["subset"]["glyphs"]) &&
    isFunction(value["subset"]["encode"]) &&
    Array.isArray(value["widths"]) &&
    Array.isArray(value["unicode"])
  );
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}
