import { sha256 } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { isSha256 } from "../model/artifact.ts";
import type { BundleDescription } from "../model/production.ts";
import { byName, CUSTODY, MANIFEST, MIMETYPE, REPORT, TAG_MANIFEST } from "./names.ts";

/** A file by name and digest, as a manifest lists it. */
export interface Digested {
  readonly name: string;
  readonly sha256: Sha256;
}

/** bagit.txt, RFC 8493 section 2.1.1. */
export const BAGIT_TEXT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/** True for the files of manifest-sha256.txt. */
export function isPayload(name: string): boolean {
  return name.startsWith("data/");
}

/** True for the files of tagmanifest-sha256.txt: all but the payload, the signatures, the type and itself. */
export function isTagFile(name: string): boolean {
  return (
    !isPayload(name) && !name.startsWith("META-INF/") && name !== MIMETYPE && name !== TAG_MANIFEST
  );
}

/** Manifest lines as `sha256sum` writes and reads them (RFC 8493 section 2.1.3), by name. */
export function manifestText(files: readonly Digested[]): string {
  return files
    .toSorted(byName)
    .map((file) => `${file.sha256}  ${file.name}\n`)
    .join("");
}

/** Reads a manifest; null unless it is exactly what `manifestText` writes. */
export function readManifest(text: string): readonly Digested[] | null {
  const files: Digested[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const digest = line.slice(0, 64);
    if (!isSha256(digest)) return null;
    files.push({ sha256: digest, name: line.slice(66) });
  }
  return manifestText(files) === text ? files : null;
}

/** Where a report is signed and a journal grows, this digest stays: it says whether a production's content changed. */
export function contentDigest(files: readonly Digested[]): Sha256 {
  const content = files.filter(
    ({ name }) => isPayload(name) && name !== REPORT && name !== CUSTODY,
  );
  return sha256(manifestText(content));
}

/** bag-info.txt, RFC 8493 section 2.2.2: the same facts as bundle.json for those who read bags. */
export function bagInfo(
  description: Pick<BundleDescription, "id" | "case" | "created" | "tool">,
  payload: readonly { readonly size: number }[],
): string {
  const lines: readonly (readonly [string, string | null])[] = [
    ["Source-Organization", description.case.agency],
    ["External-Identifier", description.id],
    ["Internal-Sender-Identifier", description.case.number],
    ["Bagging-Date", description.created.slice(0, 10)],
    ["Bag-Software-Agent", `exhibita ${description.tool.exhibita}`],
    ["Payload-Oxum", payloadOxum(payload)],
  ];
  return lines
    .filter(([, value]) => value !== null && value !== "")
    .map(([label, value]) => `${label}: ${oneLine(value ?? "")}\n`)
    .join("");
}

/** Bytes and files of the payload, `bytes.files`. */
export function payloadOxum(payload: readonly { readonly size: number }[]): string {
  return `${payload.reduce((sum, file) => sum + file.size, 0)}.${payload.length}`;
}

/** A line break would start another element. */
function oneLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

/** Names of the two manifests, the payload's first. */
export const MANIFESTS: readonly string[] = [MANIFEST, TAG_MANIFEST];
