import { Failure } from "../model/failure.ts";
import type { DrawnPdf, PdfSpan } from "../model/pdf.ts";
import { byteRangeOf } from "./pdf.ts";

/**
 * Signs a drawn report in place (PAdES baseline, ETSI EN 319 142-1): the claimed time goes into /M, the
 * whole file but the hex string is signed, and the CMS is written into the room left for it.
 *
 * @param cmsOf gives the detached CMS over the bytes it is handed
 * @throws Failure `bug` where the CMS does not fit or the places are not as drawn
 */
export async function sealPdf(
  drawn: DrawnPdf,
  cmsOf: (bytes: Uint8Array) => Promise<Uint8Array>,
  time: Date,
): Promise<Buffer> {
  const pdf = Buffer.from(drawn.bytes);
  const { offset, length } = drawn.contents;
  patch(pdf, drawn.time, `(${pdfTime(time)})`);
  patch(pdf, drawn.byteRange, byteRangeOf(pdf.length, drawn.contents));
  const signed = Buffer.concat([pdf.subarray(0, offset), pdf.subarray(offset + length)]);
  const hex = Buffer.from(await cmsOf(signed)).toString("hex");
  if (hex.length > length - 2) {
    throw new Failure("bug", `a signature of ${hex.length / 2} bytes does not fit into the report`);
  }
  patch(pdf, drawn.contents, `<${hex.padEnd(length - 2, "0")}>`);
  return pdf;
}

function patch(pdf: Buffer, span: PdfSpan, text: string): void {
  if (text.length !== span.length || span.offset + span.length > pdf.length) {
    throw new Failure("bug", "the report's room for its signature is not where it was drawn");
  }
  pdf.write(text, span.offset, "latin1");
}

/** ISO 32000-1 section 7.9.4, to the second, in UTC. */
function pdfTime(time: Date): string {
  return `D:${time.toISOString().replaceAll(/[-:T]|\..*$/g, "")}Z`;
}
