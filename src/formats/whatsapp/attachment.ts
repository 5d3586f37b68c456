import type { AttachmentRecord } from "../../model/record.ts";
import { findSibling, type Siblings } from "./siblings.ts";
import { ATTACHED, phraseOf, TAGS, withoutMarks } from "./words/tables.ts";

/** A file that a body names, and what the body says beside it. */
export interface Attached {
  readonly attachment: AttachmentRecord;
  readonly caption: string;
  /** The path of the file beside the chat, where its name is written in another Unicode form or folder. */
  readonly sibling: string | null;
}

/** No file name that the app writes is longer. */
const NAME_LIMIT = 260;
const EXTENSION = /\.[\p{L}\p{N}]{1,8}$/u;
const NUMBERED = /^\d{8}-/;

/**
 * The attachment of a body, known by its shape: `<word: file.ext>` and `file.ext <word>` of iOS, `file.ext
 * (words)` of Android. Words of known languages do; others do where the file lies beside the chat or bears
 * the app's own numbered name. Null where the body names no file.
 */
export function readAttachment(text: string, siblings: Siblings): Attached | null {
  return readTag(text, siblings) ?? readBracketed(text, siblings);
}

function readTag(text: string, siblings: Siblings): Attached | null {
  const close = text.lastIndexOf(">");
  const open = close < 0 ? -1 : text.lastIndexOf("<", close);
  if (open < 0 || close - open > NAME_LIMIT + 60) return null;
  const inside = text.slice(open + 1, close);
  if (inside.includes("\n")) return null;
  const before = text.slice(0, open);
  const after = text.slice(close + 1);
  const colon = inside.indexOf(":");
  if (colon < 0) return readOldTag(before, inside, after, siblings);
  const name = withoutMarks(inside.slice(colon + 1)).trim();
  if (TAGS.has(phraseOf(inside.slice(0, colon)))) {
    return name === "" ? null : named(name, join(before, after), siblings);
  }
  return attached(name, NUMBERED.test(name), join(before, after), siblings);
}

function readOldTag(
  before: string,
  inside: string,
  after: string,
  siblings: Siblings,
): Attached | null {
  if (!TAGS.has(phraseOf(inside))) return null;
  const line = before.lastIndexOf("\n") + 1;
  const name = withoutMarks(before.slice(line)).trim();
  return attached(name, true, join(before.slice(0, line), after), siblings);
}

function readBracketed(text: string, siblings: Siblings): Attached | null {
  const feed = text.indexOf("\n");
  if (!text.includes(")")) return null;
  const line = withoutMarks(feed < 0 ? text : text.slice(0, Math.min(feed, 600))).trim();
  if (!line.endsWith(")")) return null;
  const open = line.lastIndexOf(" (");
  if (open < 1) return null;
  const known = ATTACHED.has(phraseOf(line.slice(open + 2, -1)));
  const caption = feed < 0 ? "" : text.slice(feed + 1);
  return attached(line.slice(0, open), known, caption, siblings);
}

function attached(
  name: string,
  known: boolean,
  caption: string,
  siblings: Siblings,
): Attached | null {
  if (name.length > NAME_LIMIT || !EXTENSION.test(name)) return null;
  return known || findSibling(siblings, name) !== undefined ? named(name, caption, siblings) : null;
}

function named(name: string, caption: string, siblings: Siblings): Attached {
  const sibling = findSibling(siblings, name);
  return {
    attachment: { name, state: "referenced", literal: null, media: mediaOf(name), mime: null },
    caption,
    sibling: sibling === undefined || sibling === name ? null : sibling,
  };
}

/** What stands before and after the tag, without the marks that parted them from it. */
function join(before: string, after: string): string {
  const parts = [before, after].map((part) => trimMarks(part));
  return parts.filter((part) => part !== "").join("\n");
}

function trimMarks(text: string): string {
  return text.replace(/^[\s\u200e\u200f]{1,20}/, "").replace(/[\s\u200e\u200f]{1,20}$/, "");
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["IMG", "photo"],
  ["PHOTO", "photo"],
  ["VID", "video"],
  ["VIDEO", "video"],
  ["AUD", "audio"],
  ["AUDIO", "audio"],
  ["PTT", "voice"],
  ["STK", "sticker"],
  ["STICKER", "sticker"],
  ["GIF", "gif"],
  ["DOC", "document"],
]);

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ...["jpg", "jpeg", "png", "heic"].map((name): [string, string] => [name, "photo"]),
  ...["mp4", "mov", "3gp"].map((name): [string, string] => [name, "video"]),
  ...["opus", "m4a", "mp3", "aac", "amr"].map((name): [string, string] => [name, "audio"]),
  ...["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt"].map((name): [string, string] => [
    name,
    "document",
  ]),
  ["vcf", "contact"],
]);

/** What the app's own name for a file says it is (`PTT-...`, `00000042-PHOTO-...`), or its extension does. */
function mediaOf(name: string): string | null {
  const parts = name.split("-", 2);
  const kind = NUMBERED.test(name) ? parts[1] : parts[0];
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return KINDS.get(kind ?? "") ?? EXTENSIONS.get(extension) ?? null;
}
