import type { DrawnPdf } from "../../src/model/pdf.ts";
import { collect, openPdf } from "../../src/report/pdf.ts";
import { writeSignatureRoom } from "../../src/report/room.ts";

/** A report of one empty page; an object of it holds text that could be taken for the file's structure. */
export function drawPdf(info: Readonly<Record<string, string>>): DrawnPdf {
  const file = openPdf({ CreationDate: new Date(0), ...info }, "en");
  const gather = collect(file);
  file.addPage();
  const room = writeSignatureRoom(file);
  const misleading = "endobj %%EOF startxref 9 /ByteRange [0 1 2 3] \\) /Type /Sig (nested)";
  file.ref({ Note: Object(misleading) }).end();
  return room.locate(gather());
}
