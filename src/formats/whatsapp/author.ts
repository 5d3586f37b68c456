import { GROUP, OPENING_UNITS, OPENINGS, QUOTING, withoutMarks } from "./words/tables.ts";

/** No contact name is longer; a colon further on belongs to a notice. */
const NAME_LIMIT = 100;

/**
 * Index of the colon that ends the author's name in `rest` (what follows the header), -1 where the row
 * names no author. The first `: ` ends a name that is known or can be one: short, on one line, quotes
 * closed, and not a notice that quotes a user's own words (`A changed the subject to "x: y"`).
 */
export function authorEnd(rest: string, isKnown: (name: string) => boolean): number {
  const colon = rest.indexOf(":");
  if (colon < 1) return -1;
  const parted = rest.charCodeAt(colon + 1) === 0x20 ? colon : rest.indexOf(": ");
  if (parted > 0 && parted <= NAME_LIMIT) {
    const name = rest.slice(0, parted);
    if (isKnown(name)) return parted;
    if (!name.includes("\n")) return isName(name, rest) ? parted : -1;
  }
  return emptyBody(rest);
}

/** `NAME:` with nothing after it, or the `NAME:.` of a message that could be opened once. */
function emptyBody(rest: string): number {
  const feed = rest.indexOf("\n");
  const line = (feed < 0 ? rest : rest.slice(0, feed)).trimEnd();
  const end = line.endsWith(":") ? line.length - 1 : line.endsWith(":.") ? line.length - 2 : -1;
  if (end < 1 || end > NAME_LIMIT) return -1;
  return isName(line.slice(0, end), "") ? end : -1;
}

function isName(name: string, rest: string): boolean {
  if (opensQuote(name) && CLOSING.test(rest.slice(name.length, name.length + QUOTE_LIMIT))) {
    return false;
  }
  if (QUOTING.some((words) => name.includes(words))) return false;
  return !opensNotice(name);
}

/** A notice that quotes a user's own words closes the quote; a name with a stray quote in it does not. */
const CLOSING = /["”»“]/;
const QUOTE_LIMIT = 1000;

function opensQuote(name: string): boolean {
  let straight = 0;
  let open = 0;
  for (const character of name) {
    if (character === '"') straight++;
    else if (character === "“" || character === "«" || character === "„") open++;
    else if (character === "”" || character === "»") open--;
  }
  return straight % 2 === 1 || open > 0;
}

/** True where the text begins as a notice does that the app writes in its own name. */
export function opensNotice(text: string): boolean {
  const first = text.charCodeAt(0);
  if (OPENING_UNITS[first] !== 1) return false;
  return (OPENINGS.get(first) ?? []).some((phrase) => text.startsWith(phrase));
}

/** True for a notice that only a group has. */
export function isGroupNotice(text: string): boolean {
  const head = text.slice(0, 300);
  return GROUP.some((words) => head.includes(words));
}

/**
 * Where the chat's own title holds `: ` (a file name has `_` or nothing in its place), the author may be
 * longer than the first `: ` says. Gives the colon after the longer name, -1 where the title is no such.
 */
export function titledEnd(rest: string, title: string | null): number {
  if (title === null || title.length > NAME_LIMIT || rest.length <= title.length) return -1;
  if (rest.charCodeAt(title.length) !== 0x3a) return -1;
  let parted = false;
  for (let index = 0; index < title.length; index++) {
    const unit = rest.charCodeAt(index);
    if (unit === title.charCodeAt(index)) continue;
    if (title[index] !== "_" || unit !== 0x3a) return -1;
    parted = true;
  }
  return parted ? title.length : -1;
}

/** The name without invisible marks, the key of its account; a name of marks alone stays as it is. */
export function accountKey(name: string): string {
  const plain = withoutMarks(name).trim();
  return plain === "" ? name : plain;
}
