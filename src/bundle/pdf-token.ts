/** A piece of PDF syntax (ISO 32000-1 section 7.2) outside streams; `start` and `end` are file offsets. */
export interface PdfToken {
  readonly kind: "<<" | ">>" | "[" | "]" | "literal" | "hex" | "name" | "word";
  readonly start: number;
  readonly end: number;
}

const BLANK = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const DELIMITER = new Set(Buffer.from("()<>[]{}/%"));

const LITERAL = 0x28;
const LITERAL_END = 0x29;
const ESCAPE = 0x5c;
const NAME_ESCAPE = 0x23;
const LESS = 0x3c;
const MORE = 0x3e;

/**
 * The next token at or after `at`, before `end`; null where there is none or the bytes are no PDF
 * syntax. Comments are not taken, since no report has one.
 */
export function nextToken(pdf: Uint8Array, at: number, end: number): PdfToken | null {
  let start = at;
  while (start < end && BLANK.has(pdf[start] ?? 0)) start += 1;
  if (start >= end) return null;
  const first = pdf[start] ?? 0;
  const second = start + 1 < end ? pdf[start + 1] : undefined;
  if (first === LITERAL) return literal(pdf, start, end);
  if (first === LESS && second === LESS) return { kind: "<<", start, end: start + 2 };
  if (first === MORE && second === MORE) return { kind: ">>", start, end: start + 2 };
  if (first === LESS) return hex(pdf, start, end);
  if (first === 0x5b) return { kind: "[", start, end: start + 1 };
  if (first === 0x5d) return { kind: "]", start, end: start + 1 };
  if (first === 0x2f) return name(pdf, start, end);
  const wordEnd = regularEnd(pdf, start, end);
  return wordEnd === start ? null : { kind: "word", start, end: wordEnd };
}

/** No report escapes a character of a name, so that each name has one spelling. */
function name(pdf: Uint8Array, start: number, end: number): PdfToken | null {
  const stop = regularEnd(pdf, start + 1, end);
  return pdf.subarray(start, stop).includes(NAME_ESCAPE)
    ? null
    : { kind: "name", start, end: stop };
}

function regularEnd(pdf: Uint8Array, at: number, end: number): number {
  let stop = at;
  while (stop < end && !BLANK.has(pdf[stop] ?? 0) && !DELIMITER.has(pdf[stop] ?? 0)) stop += 1;
  return stop;
}

/** Parentheses nest, and a backslash takes the sense of the byte after it (7.3.4.2). */
function literal(pdf: Uint8Array, start: number, end: number): PdfToken | null {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const byte = pdf[at];
    if (byte === ESCAPE) at += 1;
    else if (byte === LITERAL) depth += 1;
    else if (byte === LITERAL_END) {
      depth -= 1;
      if (depth === 0) return { kind: "literal", start, end: at + 1 };
    }
  }
  return null;
}

function hex(pdf: Uint8Array, start: number, end: number): PdfToken | null {
  for (let at = start + 1; at < end; at += 1) {
    if (pdf[at] === MORE) return { kind: "hex", start, end: at + 1 };
  }
  return null;
}

const ESCAPED = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
]);

/** Text of a literal string with its parentheses: PDFDocEncoding's ASCII part, or UTF-16BE after its mark. */
export function literalText(token: Buffer): string {
  const raw = token
    .toString("latin1", 1, token.length - 1)
    .replaceAll(/\\([\s\S])/g, (_, escaped: string) => ESCAPED.get(escaped) ?? escaped);
  if (!raw.startsWith("\xfe\xff")) return raw;
  return new TextDecoder("utf-16be").decode(Buffer.from(raw.slice(2), "latin1"));
}
