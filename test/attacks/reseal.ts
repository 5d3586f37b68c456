/** What someone does who changes a bundle and makes its lists, or its signature too, fit again. */
import { createHash } from "node:crypto";
import type { Signer } from "../../src/model/signature.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { entriesOf, inOrder, pack } from "./archive.ts";

export const LIST = "META-INF/ASiCManifest001.xml";
export const SIGNATURE = "META-INF/signature001.p7s";
export const REPORT = "data/report.pdf";
export const MESSAGES = "data/messages.jsonl";

export const SIGNED_AT: Date = new Date("2024-06-26T08:00:30Z");

/** The files of a bundle by name. */
export type Files = ReadonlyMap<string, Buffer>;

export function filesOf(zip: Buffer): Files {
  return new Map(entriesOf(zip).map(({ name, data }) => [name, data]));
}

export function contentOf(files: Files, name: string): Buffer {
  const data = files.get(name);
  if (data === undefined) throw new Error(`no ${name} in the bundle`);
  return data;
}

export function textOf(files: Files, name: string): string {
  return contentOf(files, name).toString("utf8");
}

/** Content by name; null takes the file out. */
export type Changes = Readonly<Record<string, Buffer | string | null>>;

export function edited(files: Files, changes: Changes): Files {
  const next = new Map(files);
  for (const [name, content] of Object.entries(changes)) {
    if (content === null) next.delete(name);
    else next.set(name, Buffer.from(content));
  }
  return next;
}

/** The bundle of these files, in the one layout. */
export function packed(files: Files): Buffer {
  return pack(inOrder([...files].map(([name, data]) => ({ name, data }))));
}

/** The file without some, changed, or with others: layout and checksums fit, lists and signature do not. */
export function altered(files: Files, changes: Changes): Buffer {
  return packed(edited(files, changes));
}

/** The same with lists made to fit; the signature stays. */
export function relisted(files: Files, changes: Changes): Files {
  const next = edited(files, changes);
  const payload = [...next].filter(([name]) => name.startsWith("data/"));
  const bytes = payload.reduce((sum, [, data]) => sum + data.length, 0);
  const info = textOf(next, "bag-info.txt").replace(
    /Payload-Oxum: .*/,
    `Payload-Oxum: ${bytes}.${payload.length}`,
  );
  const bagged = edited(next, {
    "bag-info.txt": info,
    "manifest-sha256.txt": manifest(payload),
    "tagmanifest-sha256.txt": null,
  });
  const tags = [...bagged].filter(([name]) => !/^(?:data\/|META-INF\/|mimetype$)/.test(name));
  const listed = edited(bagged, { "tagmanifest-sha256.txt": manifest(tags) });
  return edited(listed, { [LIST]: signedList(listed) });
}

/** The same, and signed again, the report excepted. */
export async function resigned(files: Files, changes: Changes, signer: Signer): Promise<Files> {
  const next = relisted(files, changes);
  return edited(next, { [SIGNATURE]: await signatureOf(contentOf(next, LIST), signer) });
}

/** The bundle with a change that its own signer signed. */
export async function resealed(files: Files, changes: Changes, signer: Signer): Promise<Buffer> {
  return packed(await resigned(files, changes, signer));
}

export async function signatureOf(content: Uint8Array, signer: Signer): Promise<Buffer> {
  return Buffer.from(await signDetached(content, signer, { signingTime: SIGNED_AT }));
}

function manifest(files: readonly (readonly [string, Buffer])[]): string {
  return files
    .toSorted(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([name, data]) => `${createHash("sha256").update(data).digest("hex")}  ${name}\n`)
    .join("");
}

function signedList(files: Files): string {
  const references = [...files]
    .filter(([name]) => name !== "mimetype" && !name.startsWith("META-INF/"))
    .toSorted(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([name, data]) => {
      const digest = createHash("sha256").update(data).digest("base64");
      return `  <asic:DataObjectReference URI="${name}">
    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
    <ds:DigestValue>${digest}</ds:DigestValue>
  </asic:DataObjectReference>
`;
    });
  return `<?xml version="1.0" encoding="UTF-8"?>
<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
  <asic:SigReference URI="${SIGNATURE}" MimeType="application/pkcs7-signature"/>
${references.join("")}</asic:ASiCManifest>
`;
}
