import type { Sha256 } from "../model/artifact.ts";
import type { Digested } from "./bagit.ts";
import { byName } from "./names.ts";

/** ASiCManifest: which signature or time-stamp covers which files (ETSI EN 319 162-1 section A.4). */
export interface AsicManifest {
  /** Place of the signature or token in the container. */
  readonly signature: string;
  readonly files: readonly Digested[];
}

/**
 * The manifest in its one form: files by name, one element a line. Names need no percent-encoding,
 * since every character they may have is unreserved in a URI.
 */
export function asicManifest(manifest: AsicManifest): string {
  const files = manifest.files.toSorted(byName).map((file) => reference(file.name, file.sha256));
  return `${HEAD}${signatureReference(manifest.signature)}${files.join("")}${TAIL}`;
}

/**
 * Reads a manifest; null unless it is exactly what `asicManifest` writes. So there is no XML to
 * interpret: no entity, no other namespace, no element that one reader sees and another does not.
 */
export function readAsicManifest(text: string): AsicManifest | null {
  const signature = /^  <asic:SigReference URI="([A-Za-z0-9._/-]+)"/m.exec(text)?.[1];
  if (signature === undefined) return null;
  const names = [...text.matchAll(/^  <asic:DataObjectReference URI="([A-Za-z0-9._/-]+)">$/gm)];
  const values = [
    ...text.matchAll(/^    <ds:DigestValue>([A-Za-z0-9+/]{43}=)<\/ds:DigestValue>$/gm),
  ];
  if (names.length !== values.length) return null;
  const files = names.map((match, index) => ({
    name: match[1] ?? "",
    sha256: Buffer.from(values[index]?.[1] ?? "", "base64").toString("hex"),
  }));
  const manifest = { signature, files };
  return asicManifest(manifest) === text ? manifest : null;
}

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
`;

const TAIL = "</asic:ASiCManifest>\n";

function signatureReference(name: string): string {
  const type = name.endsWith(".tst")
    ? "application/vnd.etsi.timestamp-token"
    : "application/pkcs7-signature";
  return `  <asic:SigReference URI="${name}" MimeType="${type}"/>\n`;
}

function reference(name: string, digest: Sha256): string {
  const value = Buffer.from(digest, "hex").toString("base64");
  return `  <asic:DataObjectReference URI="${name}">
    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
    <ds:DigestValue>${value}</ds:DigestValue>
  </asic:DataObjectReference>
`;
}
