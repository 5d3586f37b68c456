import { opensNotice } from "./author.ts";
import { PLAIN, readBody } from "./body.ts";
import type { Siblings } from "./siblings.ts";
import { DEEDS } from "./words/tables.ts";

const LRM = 0x200e;

/**
 * True where a row with a nominal author is the app's own notice: on iOS a body that opens with U+200E
 * and is none of the things that messages are; else a body that opens as notices do, or says of its own
 * author what people do in notices (`Ada: Ada updated the message timer`).
 */
export function isNoticeBy(
  name: string,
  text: string,
  bracket: boolean,
  siblings: Siblings,
): boolean {
  if (bracket && text.charCodeAt(0) === LRM) return readBody(text, siblings) === PLAIN;
  return opensNotice(text) || saysDeed(name, text);
}

function saysDeed(name: string, text: string): boolean {
  if (!text.startsWith(name)) return false;
  const rest = text.slice(name.length).trimStart();
  return DEEDS.some((deed) => rest.startsWith(deed));
}
