import type { JsonObject } from "../../model/json.ts";
import type { AttachmentRecord, MessageKind } from "../../model/record.ts";
import type { MessageTime } from "../../model/time.ts";
import { unknownTime } from "../../time/read.ts";
import { type Attached, readAttachment } from "./attachment.ts";
import { readPlace } from "./place.ts";
import { readPoll } from "./poll.ts";
import type { Siblings } from "./siblings.ts";
import { CALLS, EDITED, mayBePhrase, MEANINGS, phraseOf, withoutMarks } from "./words/tables.ts";

/** What a body is beside its text. */
export interface Body {
  readonly kind: MessageKind;
  readonly attachments: readonly AttachmentRecord[];
  readonly flags: readonly string[];
  readonly edited: MessageTime | null;
  readonly extra: JsonObject;
}

/** A body that is its text and nothing else; shared by nearly all rows. */
export const PLAIN: Body = { kind: "text", attachments: [], flags: [], edited: null, extra: {} };

const LRM = "\u200e";
const LRM_UNIT = 0x200e;
const LESS = 0x3c;
const GREATER = 0x3e;
const PARENTHESIS = 0x29;

/** False where the text surely is PLAIN: asked of every row, so it looks at few characters. */
export function mayBeMore(text: string, folded: boolean): boolean {
  if (folded) return true;
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  if (first === LESS || first === LRM_UNIT || last === GREATER || last === PARENTHESIS) return true;
  if (mayBePhrase(text, first)) return true;
  if (isHex(last) && text.length > 30 && text.includes("https://")) return true;
  return text.includes(LRM);
}

function isHex(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x66);
}

export type BodyReader = (text: string) => Body;

/** Bodies remembered, and the units of the longest. */
const MEMORY = 64;
const REMEMBERED = 60;

/** A reader that remembers short bodies: `<Media omitted>` is every twentieth row of many chats. */
export function newBodyReader(siblings: Siblings): BodyReader {
  const memory = new Map<string, Body>();
  return (text) => {
    if (text.length > REMEMBERED) return readBody(text, siblings);
    const known = memory.get(text);
    if (known !== undefined) return known;
    const body = readBody(text, siblings);
    if (body.kind === "media" && memory.size < MEMORY) {
      // a copy, or the key would keep its whole row in memory
      memory.set(Buffer.from(text, "utf16le").toString("utf16le"), body);
    }
    return body;
  };
}

/** Reads a message's body. */
export function readBody(text: string, siblings: Siblings): Body {
  const mark = editMark(text);
  const rest = mark === null ? text : text.slice(0, -mark.length);
  const body = bodyMeaning(rest, siblings) ?? PLAIN;
  if (mark === null) return body;
  const literal = withoutMarks(mark).trim();
  return { ...body, edited: unknownTime(literal), extra: { ...body.extra, edited: true } };
}

/** The edit mark with all that parts it from the text; null where there is none. */
function editMark(text: string): string | null {
  if (text.charCodeAt(text.length - 1) !== GREATER) return null;
  const open = text.lastIndexOf("<");
  if (open < 0 || text.length - open > 100 || !EDITED.has(phraseOf(text.slice(open)))) return null;
  let from = open;
  while (from > 0 && (text[from - 1] === LRM || text[from - 1] === " ")) from--;
  return text.slice(from);
}

/** What the body is, if it is more than a text; null where it is not. */
function bodyMeaning(text: string, siblings: Siblings): Body | null {
  const phrase = readPhrase(text);
  if (phrase !== null) return phrase;
  const attached = readAttachment(text, siblings);
  if (attached !== null) return attachedBody(attached);
  const poll = readPoll(text);
  if (poll !== null) return { ...PLAIN, kind: "poll", extra: { poll } };
  const location = text.includes("https://") ? readPlace(text) : null;
  if (location !== null) return { ...PLAIN, kind: "location", extra: { location } };
  return readCall(text);
}

/** Android writes the word `null` for media that could be opened once. */
function viewOnce(): Body {
  const attachment: AttachmentRecord = absent("null", null, null);
  return { ...PLAIN, kind: "media", attachments: [attachment], flags: ["view-once"] };
}

function attachedBody({ attachment, caption, sibling }: Attached): Body {
  const said = isFileName(caption) ? { originalName: caption.trim() } : { caption };
  const extra: JsonObject = {
    ...(caption === "" ? {} : said),
    ...(sibling === null ? {} : { sibling }),
  };
  const kind = attachment.media === "contact" ? "contact" : "media";
  return { ...PLAIN, kind, attachments: [attachment], extra };
}

/** Media left out and messages taken back, by the phrases of the known languages. */
function readPhrase(text: string): Body | null {
  const feed = text.indexOf("\n");
  const line = feed < 0 ? text : text.slice(0, feed);
  if (text === "null") return viewOnce();
  if (!mayBeMeaning(line)) return null;
  const found = meaningOf(line);
  if (found === null) return null;
  const rest = feed < 0 ? "" : text.slice(feed + 1);
  if (found.kind === "deleted") return rest.trim() === "" ? { ...PLAIN, kind: "deletion" } : null;
  const { literal, media, before } = found;
  const name = isFileName(rest) ? rest.trim() : null;
  const caption = [before, name === null ? rest : ""].filter((part) => part !== "").join("\n");
  const extra: JsonObject = caption === "" ? {} : { caption };
  const kind = media === "contact" ? "contact" : "media";
  return { ...PLAIN, kind, attachments: [absent(literal, name, media)], extra };
}

function mayBeMeaning(line: string): boolean {
  if (line.length > 300) return false;
  const first = line.charCodeAt(0);
  return first === LESS || mayBePhrase(line, first) || line.includes(LRM);
}

interface Found {
  readonly kind: "omitted" | "deleted";
  readonly literal: string;
  readonly media: string | null;
  readonly before: string;
}

function meaningOf(line: string): Found | null {
  const whole = phraseOf(line);
  const meaning = MEANINGS.get(whole);
  if (meaning !== undefined) return found(meaning, withoutMarks(line).trim(), "");
  if (whole.startsWith("this message was deleted by admin ")) {
    return found({ kind: "deleted" }, line, "");
  }
  const mark = line.lastIndexOf(LRM);
  const tail = mark < 1 ? undefined : MEANINGS.get(phraseOf(line.slice(mark)));
  if (tail === undefined || tail.kind === "deleted") return null;
  return found(
    tail,
    withoutMarks(line.slice(mark)).trim(),
    withoutMarks(line.slice(0, mark)).trim(),
  );
}

function found(
  meaning: { readonly kind: "omitted" | "deleted"; readonly media?: string | null },
  literal: string,
  before: string,
): Found {
  return { kind: meaning.kind, literal, media: meaning.media ?? null, before };
}

function absent(literal: string, name: string | null, media: string | null): AttachmentRecord {
  return { name, state: "absent", literal, media, mime: null };
}

/** A line that can only be a file name: one line, a stem and an extension of letters and digits. */
function isFileName(text: string): boolean {
  const line = text.trim();
  return line.length <= 260 && /^[^\n/\\]{1,250}\.[\p{L}][\p{L}\p{N}]{1,4}$/u.test(line);
}

/**
 * A call. A finished call is known only by the mark that iOS puts in it, since anybody may write
 * `Voice call, later`; a missed one by the phrase alone or followed by its time.
 */
function readCall(text: string): Body | null {
  if (text.length > 160 || text.includes("\n")) return null;
  const plain = withoutMarks(text);
  for (const [phrase, medium, missed] of CALLS.get(plain.charCodeAt(0)) ?? []) {
    if (!plain.startsWith(phrase)) continue;
    const detail = plain.slice(phrase.length).trim();
    const marked = text.includes(LRM);
    const ends = detail === "" || /^(?:[,.]|at |à |um |a las )/.test(detail);
    if (!marked && (!missed || !ends)) continue;
    const call: JsonObject = { medium, missed, detail: detail.replace(/^[,.] ?/, "") };
    return { ...PLAIN, kind: "call", extra: { call } };
  }
  return null;
}
