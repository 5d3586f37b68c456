/** What can be done to a signed report: revisions appended, objects rebuilt, other ranges signed. */
import type { Signer } from "../../src/model/signature.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { overwritten } from "./archive.ts";

/** Objects by number, as the text between `N 0 obj` and `endobj`, line ends and all. */
export type Objects = ReadonlyMap<number, string>;

export interface Layout {
  readonly objects: Objects;
  readonly root: number;
  readonly info: number;
  readonly start: number;
  readonly trailer: string;
}

const LAYOUTS = new WeakMap<Buffer, Layout>();

/** Takes an unharmed report apart by its cross-reference table. */
export function layoutOf(pdf: Buffer): Layout {
  const known = LAYOUTS.get(pdf) ?? readLayout(pdf);
  LAYOUTS.set(pdf, known);
  return known;
}

function readLayout(pdf: Buffer): Layout {
  const text = pdf.toString("latin1");
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const table = text.slice(start);
  const trailer = /trailer\n<<\n([\s\S]*?)\n>>\nstartxref/.exec(table)?.[1] ?? "";
  const places = [...table.matchAll(/(\d{10}) 00000 n \n/g)].map(([, at]) => Number(at));
  const order = places.map((place, at) => ({ place, number: at + 1 }));
  order.sort((left, right) => left.place - right.place);
  const objects = new Map(
    order.map(({ place, number }, at) => {
      const end = order[at + 1]?.place ?? start;
      const head = `${number} 0 obj\n`.length;
      return [number, text.slice(place + head, end - "endobj\n".length)];
    }),
  );
  const root = Number(/\/Root (\d+)/.exec(trailer)?.[1]);
  return { objects, root, info: Number(/\/Info (\d+)/.exec(trailer)?.[1]), start, trailer };
}

export function objectOf(pdf: Buffer, number: number): string {
  const body = layoutOf(pdf).objects.get(number);
  if (body === undefined) throw new Error(`no object ${number}`);
  return body;
}

/** Number of the only or first object whose text has `mark`. */
export function numberOf(pdf: Buffer, mark: string): number {
  const found = [...layoutOf(pdf).objects].find(([, body]) => body.includes(mark));
  if (found === undefined) throw new Error(`no object with ${mark}`);
  return found[0];
}

/** The report with a revision behind it that brings these objects. */
export function revised(
  pdf: Buffer,
  objects: Readonly<Record<number, string>>,
  trailer = "",
): Buffer {
  const { objects: known, root, info, start } = layoutOf(pdf);
  let body = "";
  let table = "xref\n0 1\n0000000000 65535 f \n";
  for (const [number, content] of Object.entries(objects)) {
    table += `${number} 1\n${String(pdf.length + body.length).padStart(10, "0")} 00000 n \n`;
    body += `${number} 0 obj\n${content}endobj\n`;
  }
  const size = Math.max(known.size, ...Object.keys(objects).map(Number)) + 1;
  const end = `trailer\n<<\n/Size ${size}\n/Root ${root} 0 R\n/Info ${info} 0 R\n/Prev ${start}\n${trailer}>>\n`;
  return Buffer.concat([
    pdf,
    Buffer.from(`${body}${table}${end}startxref\n${pdf.length + body.length}\n%%EOF\n`, "latin1"),
  ]);
}

/** One revision anew, with some objects changed or added; what was signed no longer fits. */
export function rebuilt(pdf: Buffer, changes: Readonly<Record<number, string>>, more = ""): Buffer {
  const { objects, trailer } = layoutOf(pdf);
  const all = new Map([
    ...objects,
    ...Object.entries(changes).map(([n, body]) => [Number(n), body] as const),
  ]);
  const head = pdf.subarray(0, pdf.indexOf(" 0 obj")).toString("latin1").replace(/\d+$/, "");
  const places: number[] = [];
  let out = head;
  for (const [number, body] of all) {
    places[number] = out.length;
    out += `${number} 0 obj\n${body}endobj\n`;
  }
  const rows = Array.from(
    { length: places.length - 1 },
    (_, at) => `${String(places[at + 1]).padStart(10, "0")} 00000 n \n`,
  );
  const size = `${trailer.replace(/\/Size \d+/, `/Size ${places.length}`)}${more}`;
  const table = `xref\n0 ${places.length}\n0000000000 65535 f \n${rows.join("")}trailer\n<<\n${size}\n>>\n`;
  return Buffer.from(`${out}${table}startxref\n${out.length}\n%%EOF\n`, "latin1");
}

export interface Span {
  readonly at: number;
  readonly end: number;
}

/** Places of the byte range with its brackets and blanks, and of the hex string with its own brackets. */
export function spansOf(pdf: Buffer): { readonly range: Span; readonly hex: Span } {
  const text = pdf.toString("latin1");
  const range = text.indexOf("/ByteRange [") + "/ByteRange ".length;
  const hex = text.indexOf("/Contents <", range) + "/Contents ".length;
  return {
    range: { at: range, end: range + 36 },
    hex: { at: hex, end: text.indexOf(">", hex) + 1 },
  };
}

/** The four numbers that cover everything but the hex string. */
export function wholeRange(pdf: Buffer): readonly [number, number, number, number] {
  const { hex } = spansOf(pdf);
  return [0, hex.at, hex.end, pdf.length - hex.end];
}

/** The report with another text for its byte range. */
export function withRange(pdf: Buffer, text: string): Buffer {
  return overwritten(pdf, spansOf(pdf).range.at, Buffer.from(text.padEnd(36)));
}

/** Signs the parts that `range` names, by the signer's own key: each part a start and a length. */
export async function signedOver(
  pdf: Buffer,
  signer: Signer,
  range: readonly number[],
  text = `[${range.join(" ")}]`,
): Promise<Buffer> {
  const named = withRange(pdf, text);
  const parts = range.flatMap((start, at) =>
    at % 2 === 0 ? [named.subarray(start, start + (range[at + 1] ?? 0))] : [],
  );
  const cms = await signDetached(Buffer.concat(parts), signer, { signingTime: null });
  const { hex } = spansOf(named);
  const digits = Buffer.from(cms)
    .toString("hex")
    .padEnd(hex.end - hex.at - 2, "0");
  return overwritten(named, hex.at + 1, Buffer.from(digits));
}

/** One revision with changed objects, signed again in full by the signer's own key. */
export async function signedAnew(
  pdf: Buffer,
  changes: Readonly<Record<number, string>>,
  signer: Signer,
  trailer = "",
): Promise<Buffer> {
  const next = rebuilt(pdf, changes, trailer);
  return signedOver(next, signer, wholeRange(next));
}
