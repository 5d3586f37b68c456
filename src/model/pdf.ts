/** Bytes of a PDF file: `offset` from its start, both in bytes. */
export interface PdfSpan {
  readonly offset: number;
  readonly length: number;
}

/**
 * A report as drawn, before it is signed: one revision, with room for a PAdES signature that is
 * patched in place, so that nothing else of the file moves.
 */
export interface DrawnPdf {
  readonly bytes: Buffer;
  /** The /ByteRange array with its brackets, as `UNSIGNED_BYTE_RANGE` has it. */
  readonly byteRange: PdfSpan;
  /** The /Contents hex string with its angle brackets, all zeros between them. */
  readonly contents: PdfSpan;
  /** The literal /M with its parentheses, `UNSIGNED_TIME` between them. */
  readonly time: PdfSpan;
}

/** The /ByteRange of an unsigned report, as pdfkit writes the array: 36 bytes. */
export const UNSIGNED_BYTE_RANGE = "[0 9999999999 9999999999 9999999999]";

/** The /M of an unsigned report without its parentheses (`new Date(0)`): 17 bytes. */
export const UNSIGNED_TIME = "D:19700101000000Z";
