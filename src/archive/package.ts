import type { ArchiveEntry } from "./entry.ts";

/** First entry, or an entry anywhere, by which documents and programs that are ZIP files are known. */
const FIRST = new Set(["mimetype", "META-INF/", "META-INF/MANIFEST.MF"]);
const ANYWHERE = new Set(["[Content_Types].xml", "AndroidManifest.xml"]);

/**
 * True for one document in the shape of an archive (Office Open XML, OpenDocument, EPUB, JAR, APK):
 * as an attachment it is one file, not a folder of files.
 */
export function isDocumentPackage(entries: readonly ArchiveEntry[]): boolean {
  const first = entries[0]?.path ?? "";
  return FIRST.has(first) || entries.some((entry) => ANYWHERE.has(entry.path));
}
