import type { PdfSpan } from "../model/pdf.ts";
import { nextToken, type PdfToken } from "./pdf-token.ts";

/** An indirect object; a stream's bytes are passed over, by its length. */
export interface PdfObject {
  readonly id: number;
  readonly tokens: readonly PdfToken[];
}

/**
 * A PDF of one revision, every byte of it claimed: header, objects one after the other, one
 * cross-reference table, one trailer, the end.
 */
export interface PdfStructure {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly trailer: readonly PdfToken[];
}

const HEADER_LENGTH = 15;
const ROW_LENGTH = 20;
const MAX_OBJECTS = 8_388_607;

/**
 * Reads a PDF as pdfkit writes it. Everything else, a second revision above all, is a fault in words:
 * nothing is repaired, and no offset is followed that the objects themselves do not confirm.
 */
export function readStructure(pdf: Buffer): PdfStructure | string {
  if (!/^%PDF-1\.[3-7]\n%\xff\xff\xff\xff\n$/.test(pdf.toString("latin1", 0, HEADER_LENGTH))) {
    return "does not start as a report does";
  }
  const end = /\nstartxref\n(\d{1,15})\n%%EOF\n$/.exec(pdf.toString("latin1", pdf.length - 64));
  if (end === null) return "does not end with its only revision";
  const xref = Number(end[1]);
  const tail = pdf.length - end[0].length;
  const table = readTable(pdf, xref, tail);
  if (typeof table === "string") return table;
  const objects = new Map<number, PdfObject>();
  const rows = [...table.offsets.entries()].toSorted((a, b) => a[1] - b[1]);
  if (rows[0]?.[1] !== HEADER_LENGTH) return "has bytes before its first object";
  for (const [index, [row, offset]] of rows.entries()) {
    const stop = rows[index + 1]?.[1] ?? xref;
    const object = readObject(pdf, row + 1, offset, stop);
    if (object === null) return `has bytes that object ${row + 1} does not account for`;
    if (saysTwice(pdf, object.tokens)) return `says a key twice in object ${row + 1}`;
    objects.set(object.id, object);
  }
  const trailer = tokensOf(pdf, table.end, tail);
  return trailer !== null && isPlainTrailer(pdf, trailer)
    ? { objects, trailer }
    : "has no proper trailer";
}

/** No key that leads to another revision, to objects elsewhere or to a cipher. */
function isPlainTrailer(pdf: Buffer, trailer: readonly PdfToken[]): boolean {
  if (saysTwice(pdf, trailer)) return false;
  return [...dictionary(pdf, trailer).keys()].toSorted().join(" ") === "/ID /Info /Root /Size";
}

/** The table of one section from object 0 (7.5.4); `offsets[i]` belongs to object i + 1. */
function readTable(
  pdf: Buffer,
  xref: number,
  tail: number,
): { readonly offsets: readonly number[]; readonly end: number } | string {
  const fault = "has no single cross-reference table";
  if (xref < HEADER_LENGTH || xref >= tail) return fault;
  const head = /^xref\n0 (\d{1,8})\n0{10} 65535 f \n/.exec(pdf.toString("latin1", xref, xref + 48));
  const count = Number(head?.[1] ?? 0) - 1;
  const start = xref + (head?.[0].length ?? 0);
  const end = start + count * ROW_LENGTH;
  if (head === null || count < 1 || count > MAX_OBJECTS || end > tail) return fault;
  const offsets: number[] = [];
  for (let at = start; at < end; at += ROW_LENGTH) {
    const row = /^(\d{10}) 00000 n \n$/.exec(pdf.toString("latin1", at, at + ROW_LENGTH));
    if (row === null) return fault;
    offsets.push(Number(row[1]));
  }
  if (pdf.toString("latin1", end, end + 8) !== "trailer\n") return "has no trailer after its table";
  return { offsets, end: end + 8 };
}

function readObject(pdf: Buffer, id: number, start: number, stop: number): PdfObject | null {
  const head = `${id} 0 obj\n`;
  if (pdf.toString("latin1", start, start + head.length) !== head) return null;
  const tokens: PdfToken[] = [];
  for (let at = start + head.length; ;) {
    const token = nextToken(pdf, at, stop);
    if (token === null) return null;
    if (token.kind === "word") {
      const word = pdf.toString("latin1", token.start, token.end);
      if (word === "endobj") return token.end + 1 === stop ? { id, tokens } : null;
      if (word === "stream") return isStreamEnd(pdf, tokens, token, stop) ? { id, tokens } : null;
    }
    tokens.push(token);
    at = token.end;
  }
}

/** A stream's bytes end where its own dictionary says, and the object with them. */
function isStreamEnd(
  pdf: Buffer,
  tokens: readonly PdfToken[],
  keyword: PdfToken,
  stop: number,
): boolean {
  const length = dictionary(pdf, tokens).get("/Length");
  if (length === undefined) return false;
  const text = pdf.toString("latin1", length.offset, length.offset + length.length);
  if (!/^\d{1,12}$/.test(text) || pdf[keyword.end] !== 0x0a) return false;
  const end = keyword.end + 1 + Number(text);
  return pdf.toString("latin1", end, Math.min(stop, end + 32)) === "\nendstream\nendobj\n";
}

function tokensOf(pdf: Buffer, start: number, stop: number): readonly PdfToken[] | null {
  const tokens: PdfToken[] = [];
  let at = start;
  for (let token = nextToken(pdf, at, stop); token !== null; token = nextToken(pdf, at, stop)) {
    tokens.push(token);
    at = token.end;
  }
  return pdf.subarray(at, stop).every((byte) => byte === 0x0a) ? tokens : null;
}

/** Whether a dictionary of these tokens, at any depth, says a key twice: readers differ on which they take. */
function saysTwice(pdf: Buffer, tokens: readonly PdfToken[]): boolean {
  const open: { readonly keys: Set<string> | null; isKeyNext: boolean }[] = [];
  for (const { kind, start, end } of tokens) {
    const inner = open.at(-1);
    if (kind === ">>" || kind === "]") {
      open.pop();
      continue;
    }
    if (kind === "name" && inner !== undefined && inner.keys !== null && inner.isKeyNext) {
      const key = pdf.toString("latin1", start, end);
      if (inner.keys.has(key)) return true;
      inner.keys.add(key);
      inner.isKeyNext = false;
      continue;
    }
    // The second and third word of a reference change nothing.
    if (inner !== undefined) inner.isKeyNext = true;
    if (kind === "<<") open.push({ keys: new Set(), isKeyNext: true });
    if (kind === "[") open.push({ keys: null, isKeyNext: false });
  }
  return false;
}

/**
 * The members of the dictionary these tokens open with, each with the span of its value. A key that
 * comes twice is given as `/key twice`, so that nobody can take the other of the two.
 */
export function dictionary(pdf: Buffer, tokens: readonly PdfToken[]): ReadonlyMap<string, PdfSpan> {
  const members = new Map<string, PdfSpan>();
  if (tokens[0]?.kind !== "<<") return members;
  let depth = 0;
  let key: string | null = null;
  let first: PdfToken | null = null;
  let last: PdfToken | null = null;
  const settle = (): void => {
    if (key !== null && first !== null && last !== null) {
      const name = members.has(key) ? `${key} twice` : key;
      members.set(name, { offset: first.start, length: last.end - first.start });
    }
    first = null;
  };
  for (const token of tokens) {
    const closes = token.kind === ">>" || token.kind === "]";
    if (closes) depth -= 1;
    if (depth === 0 && closes) {
      settle();
      break;
    }
    const isKey = depth === 1 && token.kind === "name" && (key === null || first !== null);
    if (isKey) {
      settle();
      key = pdf.toString("latin1", token.start, token.end);
    } else if (depth > 0) {
      first ??= token;
      last = token;
    }
    if (token.kind === "<<" || token.kind === "[") depth += 1;
  }
  return members;
}
