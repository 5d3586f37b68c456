import type { Json, JsonObject } from "../../model/json.ts";
import type { AttachmentRecord } from "../../model/record.ts";

/** Members of a message that name a file, in the order in which they are given. */
export const FILE_MEMBERS = ["photo", "file", "contact_vcard"] as const;

const NONE: readonly AttachmentRecord[] = [];

/** The files a message names; a thumbnail is not one, it stays among the other fields. */
export function readAttachments(raw: JsonObject): readonly AttachmentRecord[] {
  const { photo, file, contact_vcard: card } = raw;
  if (photo === undefined && file === undefined && card === undefined) return NONE;
  const mime = textOf(raw["mime_type"]);
  const found: AttachmentRecord[] = [];
  if (typeof photo === "string") found.push(attachment(photo, "photo", null));
  if (typeof file === "string") {
    found.push(attachment(file, textOf(raw["media_type"]) ?? "file", mime));
  }
  if (typeof card === "string") found.push(attachment(card, "contact", null));
  return found;
}

function attachment(path: string, media: string, mime: string | null): AttachmentRecord {
  return isPlaceholder(path)
    ? { name: null, state: "absent", literal: path, media, mime }
    : { name: path, state: "referenced", literal: null, media, mime };
}

/**
 * In place of a path the exporter writes one of three English sentences in parentheses: not included,
 * exceeds maximum size, unavailable. A path always has a folder, so that a file name in parentheses is
 * not taken for one.
 */
function isPlaceholder(path: string): boolean {
  return path.startsWith("(File ") && path.endsWith(")") && !path.includes("/");
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
