import { TITLES } from "./words/tables.ts";

/**
 * The chat's title as the file name gives it (`WhatsApp Chat with NAME.txt`), null where the name says
 * none (`_chat.txt`). ` (1)` that a copy adds is taken off.
 */
export function titleOf(fileName: string): string | null {
  const base = fileName.slice(fileName.lastIndexOf("/") + 1).normalize("NFC");
  const stem = base.replace(/\.(?:txt|zip)$/i, "").replace(/ ?\(\d{1,3}\)$/, "");
  const prefix = TITLES.find((words) => stem.startsWith(words));
  if (prefix !== undefined) return stem.slice(prefix.length).trim() || null;
  const turkish = " ile WhatsApp Sohbeti";
  return stem.endsWith(turkish) ? stem.slice(0, -turkish.length).trim() || null : null;
}

/** True where the name is one that WhatsApp gives its exports. */
export function isExportName(fileName: string): boolean {
  const base = fileName.slice(fileName.lastIndexOf("/") + 1);
  return /^_chat(?: ?\(\d{1,3}\))?\.txt$/i.test(base) || titleOf(fileName) !== null;
}
