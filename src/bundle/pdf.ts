import { digester } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { type PdfSpan, UNSIGNED_BYTE_RANGE, UNSIGNED_TIME } from "../model/pdf.ts";
import { literalText } from "./pdf-token.ts";
import { dictionary, type PdfObject, type PdfStructure, readStructure } from "./pdf-structure.ts";
import type { Problem } from "./problem.ts";

/** What a signed report says of itself and of the bytes its signature covers. */
export interface SignedPdf {
  /** Empty exactly where the signature covers the whole file but its own hex string. */
  readonly problems: readonly Problem[];
  /** DER of the CMS signature; null where the file is not signed or it cannot be read. */
  readonly signature: Buffer | null;
  /** The bytes the signature covers. */
  readonly signedBytes: () => Buffer;
  /** Text members of the information dictionary by name, without the slash. */
  readonly info: ReadonlyMap<string, string>;
  /** /M of the signature, ISO 8601 UTC; null where it has none. */
  readonly claimedTime: string | null;
  /** Digest of the report as drawn, before it was signed; null where it cannot be told. */
  readonly unsignedSha256: Sha256 | null;
}

/** Where the parts that signing fills in stand. */
interface SignaturePlaces {
  readonly byteRange: PdfSpan;
  readonly contents: PdfSpan;
  /** /M with its parentheses. */
  readonly time: PdfSpan;
}

/** Reads a report: whatever is wrong with it stands in `problems`. */
export function readSignedPdf(pdf: Buffer): SignedPdf {
  const structure = readStructure(pdf);
  if (typeof structure === "string")
    return unread({ word: "ALTERED", detail: `the PDF ${structure}` });
  const info = infoOf(pdf, structure);
  const found = placesIn(pdf, structure);
  if (found === null)
    return { ...unread({ word: "UNSIGNED", detail: "the PDF has no signature" }), info };
  if (typeof found === "string") return { ...unread(badSignature(found)), info };
  const signature = signatureIn(pdf, found.contents);
  const problems: Problem[] = [];
  if (
    pdf.toString("latin1", found.byteRange.offset, rangeEnd(found)) !== byteRangeText(pdf, found)
  ) {
    problems.push(badSignature("its ByteRange is not the whole file but its own hex string"));
  }
  if (signature === null)
    problems.push(badSignature("its Contents is not one DER value and zeros"));
  const { offset, length } = found.contents;
  return {
    problems,
    signature,
    signedBytes: () => Buffer.concat([pdf.subarray(0, offset), pdf.subarray(offset + length)]),
    info,
    claimedTime: timeIn(pdf, found.time),
    unsignedSha256: unsignedDigest(pdf, found),
  };
}

function unread(problem: Problem): SignedPdf {
  return {
    problems: [problem],
    signature: null,
    signedBytes: () => Buffer.alloc(0),
    info: new Map(),
    claimedTime: null,
    unsignedSha256: null,
  };
}

function badSignature(detail: string): Problem {
  return { word: "BAD SIGNATURE", detail };
}

/** The one signature dictionary, which the one signature field points to; null where there is none. */
function placesIn(pdf: Buffer, structure: PdfStructure): SignaturePlaces | string | null {
  const signed = objectsNaming(pdf, structure, "/ByteRange");
  const [object] = signed;
  if (object === undefined) return null;
  if (signed.length > 1) return "it holds more than one signature";
  const members = dictionary(pdf, object.tokens);
  const [byteRange, contents, time] = ["/ByteRange", "/Contents", "/M"].map((key) =>
    members.get(key),
  );
  const isTwice = [...members.keys()].some((key) => key.endsWith(" twice"));
  if (byteRange === undefined || contents === undefined || time === undefined || isTwice) {
    return "its signature dictionary is not as written";
  }
  if (textAt(pdf, members.get("/SubFilter")) !== "/ETSI.CAdES.detached") {
    return "its SubFilter is not ETSI.CAdES.detached";
  }
  const fields = objectsNaming(pdf, structure, "/Sig").filter((other) => other !== object);
  const [field] = fields;
  const value = field === undefined ? null : textAt(pdf, dictionary(pdf, field.tokens).get("/V"));
  if (fields.length !== 1 || value !== `${object.id} 0 R`) {
    return "its one signature field does not point to its signature";
  }
  if (formFields(pdf, structure) !== `[${field?.id} 0 R]`) {
    return "its form does not show its one signature field";
  }
  return { byteRange, contents, time };
}

/** /Fields of the catalog's form; a field that stands nowhere else is shown by no reader. */
function formFields(pdf: Buffer, structure: PdfStructure): string | null {
  const trailer = dictionary(pdf, structure.trailer);
  const catalog = referenced(pdf, structure, trailer.get("/Root"));
  const form = referenced(pdf, structure, dictionary(pdf, catalog?.tokens ?? []).get("/AcroForm"));
  return textAt(pdf, dictionary(pdf, form?.tokens ?? []).get("/Fields"));
}

function objectsNaming(pdf: Buffer, structure: PdfStructure, name: string): readonly PdfObject[] {
  const wanted = Buffer.from(name, "latin1");
  return [...structure.objects.values()].filter((object) =>
    object.tokens.some(
      (token) => token.kind === "name" && wanted.equals(pdf.subarray(token.start, token.end)),
    ),
  );
}

/** The array as signing writes it, padded with blanks to the room it had. */
function byteRangeText(pdf: Buffer, places: SignaturePlaces): string {
  return byteRangeOf(pdf.length, places.contents);
}

/** /ByteRange of a file of `size` bytes that is signed but for `contents`: 36 characters. */
export function byteRangeOf(size: number, contents: PdfSpan): string {
  const after = contents.offset + contents.length;
  const text = `[0 ${contents.offset} ${after} ${size - after}]`;
  return text.padEnd(UNSIGNED_BYTE_RANGE.length, " ");
}

function rangeEnd(places: SignaturePlaces): number {
  return places.byteRange.offset + UNSIGNED_BYTE_RANGE.length;
}

/** Lower-case hex of one DER SEQUENCE, then zeros to the end. */
function signatureIn(pdf: Buffer, contents: PdfSpan): Buffer | null {
  const hex = pdf.toString("latin1", contents.offset + 1, contents.offset + contents.length - 1);
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) return null;
  const bytes = Buffer.from(hex, "hex");
  const length = derLength(bytes);
  if (length === null || length > bytes.length) return null;
  return bytes.subarray(length).every((byte) => byte === 0) ? bytes.subarray(0, length) : null;
}

/** Bytes of the DER SEQUENCE at the start, its own header included; null where there is none. */
function derLength(bytes: Buffer): number | null {
  const first = bytes[1];
  if (bytes[0] !== 0x30 || first === undefined || first === 0x80) return null;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  return count > 4 || bytes.length < 2 + count ? null : 2 + count + bytes.readUIntBE(2, count);
}

function timeIn(pdf: Buffer, span: PdfSpan): string | null {
  const text = pdf.toString("latin1", span.offset, span.offset + span.length);
  const match = /^\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z\)$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}

/** The file with its three places as they were drawn, digested without a second copy of it. */
function unsignedDigest(pdf: Buffer, places: SignaturePlaces): Sha256 {
  const { byteRange, contents, time } = places;
  const patches = [
    { offset: byteRange.offset, text: UNSIGNED_BYTE_RANGE },
    { offset: contents.offset, text: `<${"0".repeat(Math.max(0, contents.length - 2))}>` },
    { offset: time.offset, text: `(${UNSIGNED_TIME})` },
  ].toSorted((a, b) => a.offset - b.offset);
  const digest = digester();
  let at = 0;
  for (const patch of patches) {
    digest.update(pdf.subarray(at, patch.offset));
    digest.update(patch.text);
    at = patch.offset + patch.text.length;
  }
  digest.update(pdf.subarray(at));
  return digest.hex();
}

function infoOf(pdf: Buffer, structure: PdfStructure): ReadonlyMap<string, string> {
  const info = new Map<string, string>();
  const object = referenced(pdf, structure, dictionary(pdf, structure.trailer).get("/Info"));
  for (const [key, span] of object === null ? [] : dictionary(pdf, object.tokens)) {
    const [value] = referenced(pdf, structure, span)?.tokens ?? [];
    if (value?.kind === "literal") {
      info.set(key.slice(1), literalText(pdf.subarray(value.start, value.end)));
    } else if (pdf[span.offset] === 0x28) {
      info.set(key.slice(1), literalText(pdf.subarray(span.offset, span.offset + span.length)));
    }
  }
  return info;
}

function referenced(
  pdf: Buffer,
  structure: PdfStructure,
  span: PdfSpan | undefined,
): PdfObject | null {
  const match = /^(\d{1,8}) 0 R$/.exec(textAt(pdf, span) ?? "");
  return structure.objects.get(Number(match?.[1])) ?? null;
}

/** At most 64 characters are looked at: no value that matters is longer. */
function textAt(pdf: Buffer, span: PdfSpan | undefined): string | null {
  if (span === undefined || span.length > 64) return null;
  return pdf.toString("latin1", span.offset, span.offset + span.length);
}
