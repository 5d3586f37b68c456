import { Buffer } from "node:buffer";
import { Failure } from "../model/failure.ts";
import type { DrawnPdf, PdfSpan } from "../model/pdf.ts";
import { UNSIGNED_BYTE_RANGE, UNSIGNED_TIME } from "../model/pdf.ts";
import type { PdfFile, Reference } from "./pdf.ts";
import { catalogueOf, lengthOf } from "./pdf.ts";

/** Room for the CMS of a signature with its certificates and a time-stamp, in bytes. */
const CONTENTS = 16_384;

/** Room for a signature in the file: where its object stands is known once it is written. */
export interface SignatureRoom {
  /** Places of the three values that a signature fills in. */
  readonly locate: (bytes: Buffer) => DrawnPdf;
}

/**
 * Writes an unsigned PAdES signature (ETSI EN 319 142-1; ISO 32000-1 section 12.8) and its invisible
 * field on the page that is open, which must be the first.
 */
export function writeSignatureRoom(file: PdfFile): SignatureRoom {
  const signature = file.ref({
    Type: "Sig",
    Filter: "Adobe.PPKLite",
    SubFilter: "ETSI.CAdES.detached",
    ByteRange: [0, 9_999_999_999, 9_999_999_999, 9_999_999_999],
    Contents: Buffer.alloc(CONTENTS),
    M: new Date(0),
  });
  const field = file.ref({
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    T: literal("Signature"),
    Rect: [0, 0, 0, 0],
    // Print and Locked (ISO 32000-1 table 165).
    F: 132,
    V: signature,
    P: file.page.dictionary,
  });
  file.page.annotations.push(field);
  addForm(file, field);
  const begin = lengthOf(file);
  signature.end();
  const end = lengthOf(file);
  field.end();
  return { locate: (bytes) => locate(bytes, begin, end) };
}

/** SignaturesExist and AppendOnly (ISO 32000-1 table 219). pdfkit's own forms would want fonts. */
function addForm(file: PdfFile, field: Reference): void {
  const form = file.ref({ SigFlags: 3, Fields: [field] });
  form.end();
  catalogueOf(file)["AcroForm"] = form;
  file.endAcroForm = () => file;
}

/** Looks between the first and the last byte of the signature's own object, which holds no text of a message. */
function locate(bytes: Buffer, begin: number, end: number): DrawnPdf {
  const object = bytes.subarray(begin, end);
  const find = (name: string, value: string): PdfSpan => {
    const at = object.indexOf(`/${name} ${value}`, 0, "latin1");
    if (at < 0) throw new Failure("bug", `the signature object has no /${name} as expected`);
    return { offset: begin + at + name.length + 2, length: value.length };
  };
  return {
    bytes,
    byteRange: find("ByteRange", UNSIGNED_BYTE_RANGE),
    contents: find("Contents", `<${"00".repeat(CONTENTS)}>`),
    time: find("M", `(${UNSIGNED_TIME})`),
  };
}

/** pdfkit writes a String object as a literal string, a plain string as a name. */
function literal(text: string): object {
  return Object(text);
}
