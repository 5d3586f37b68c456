import { isUtf8 } from "node:buffer";
import type { ParseOptions } from "../../model/format.ts";
import type { FormatRecord } from "../../model/record.ts";
import type { MessageTime } from "../../model/time.ts";
import { type Accounts, type Known, newAccounts } from "./accounts.ts";
import { authorEnd, titledEnd } from "./author.ts";
import { type Body, type BodyReader, mayBeMore, newBodyReader, PLAIN } from "./body.ts";
import { isNoticeBy } from "./notice.ts";
import type { Row } from "./rows.ts";
import { newOrder } from "./roworder.ts";
import { newRowClock } from "./rowtime.ts";
import type { Siblings } from "./siblings.ts";
import type { Tally } from "./tally.ts";

/** The one conversation of a file. */
export const CHAT = "chat";

const NO_FLAGS: readonly string[] = [];
const NO_EXTRA = {};

/** A row's text parted into its author and what the author said. */
interface Said {
  readonly author: Known | null;
  readonly text: string;
  readonly colons: boolean;
}

/** What reading a row needs beside the row. */
interface Context {
  readonly title: string | null;
  readonly siblings: Siblings;
  readonly accounts: Accounts;
  readonly bodies: BodyReader;
  readonly tally: Tally;
}

/** Turns whole rows into records, handed to `push` in the order of the file. */
export function newReader(
  title: string | null,
  siblings: Siblings,
  options: ParseOptions,
  tally: Tally,
  push: (record: FormatRecord) => void,
): (row: Row) => void {
  const accounts = newAccounts(push);
  const bodies = newBodyReader(siblings);
  const context: Context = { title, siblings, accounts, bodies, tally };
  const clock = newRowClock(options.zone);
  const order = newOrder(tally);
  return (row) => {
    const { header, step, bytes, from } = row;
    const { raw, rest } = textOf(row);
    const time = clock.read(header, raw, step.reading, step.left);
    const isDoubted = order(clock.day, clock.seconds) || step.doubt;
    const said = parted(rest, context);
    const bad = rest.includes("\ufffd") && !isUtf8(bytes.subarray(from, row.to));
    if (time.flags.length > 0) countTime(tally, time);
    push(recordOf(row, said, time, flagsOf(row, said, isDoubted, bad, tally), context));
  };
}

/** The header's date and time, and everything after the header. */
function textOf(row: Row): { readonly raw: string; readonly rest: string } {
  const { bytes, from, header, textTo } = row;
  const body = Math.min(from + header.bodyFrom, textTo);
  if (!header.ascii) {
    const raw = bytes.toString(undefined, from + header.rawFrom, from + header.rawTo);
    return { raw, rest: unfolded(row, bytes.toString(undefined, body, textTo)) };
  }
  // a byte of an ASCII header is a unit of the string: decoding once is enough
  const whole = bytes.toString(undefined, from, textTo);
  const raw = whole.slice(header.rawFrom, header.rawTo);
  return { raw, rest: unfolded(row, whole.slice(body - from)) };
}

/** Line ends as U+000A: whether a copy of the file has CRLF says nothing of the message. */
function unfolded(row: Row, text: string): string {
  if (!row.folded) return text;
  if (text.includes("\r\n")) return text.replaceAll("\r\n", "\n");
  return text.includes("\n") ? text : text.replaceAll("\r", "\n");
}

function parted(rest: string, { title, accounts }: Context): Said {
  const known = accounts.atStart(rest);
  if (known !== null) {
    return { author: known, text: rest.slice(known.opening.length), colons: false };
  }
  const titled = titledEnd(rest, title);
  const end = titled < 0 ? authorEnd(rest, accounts.isKnown) : titled;
  if (end < 0) return { author: null, text: rest, colons: false };
  const skip = rest.charCodeAt(end + 1) === 0x20 ? 2 : 1;
  const author = accounts.of(rest.slice(0, end));
  return { author, text: rest.slice(end + skip), colons: titled >= 0 };
}

function flagsOf(
  row: Row,
  said: Said,
  doubt: boolean,
  bad: boolean,
  tally: Tally,
): readonly string[] {
  if (!row.pasted && !doubt && !bad && !row.cut && !said.colons) return NO_FLAGS;
  const flags: string[] = [];
  if (row.pasted || doubt) {
    flags.push("pasted-header");
    tally.pasted++;
  }
  if (said.colons) flags.push("name-with-colon");
  if (bad) {
    flags.push("bad-utf8");
    tally.badUtf8++;
  }
  if (row.cut) {
    flags.push("text-cut");
    tally.cut++;
  }
  return flags;
}

function countTime(tally: Tally, time: MessageTime): void {
  for (const flag of time.flags) {
    if (flag === "ambiguous-date") tally.ambiguous++;
    else if (flag === "unreadable") tally.unreadable++;
    else if (flag === "out-of-range") tally.outOfRange++;
    else if (flag === "clock-24h-with-meridiem") tally.clock++;
  }
}

function recordOf(
  row: Row,
  said: Said,
  time: MessageTime,
  flags: readonly string[],
  { siblings, bodies, tally }: Context,
): FormatRecord {
  const { author, text } = said;
  const body = mayBeMore(text, row.folded) ? bodies(text) : PLAIN;
  const isEvent =
    author === null
      ? body.kind !== "call"
      : body === PLAIN && isNoticeBy(author.name, text, row.header.bracket, siblings);
  const span = { offset: row.offset, length: row.to - row.from };
  if (isEvent && !isUnknownPlaceholder(row, author, text)) {
    return {
      type: "event",
      kind: "system",
      nativeId: null,
      conversation: CHAT,
      account: author === null ? null : author.key,
      name: author === null ? null : author.name,
      time,
      text,
      span,
      flags,
      extra: NO_EXTRA,
    };
  }
  tally.messages++;
  if (body.attachments.some((attachment) => attachment.state === "referenced")) tally.files++;
  return messageOf(row, said, time, flags, isEvent ? { ...PLAIN, kind: "unknown" } : body);
}

function messageOf(
  row: Row,
  { author, text }: Said,
  time: MessageTime,
  flags: readonly string[],
  body: Body,
): FormatRecord {
  return {
    type: "message",
    kind: body.kind,
    conversation: CHAT,
    account: author === null ? null : author.key,
    name: author === null ? null : author.name,
    time,
    text,
    span: { offset: row.offset, length: row.to - row.from },
    flags: body.flags.length === 0 ? flags : [...flags, ...body.flags],
    extra: body.extra,
    attachments: body.attachments,
    nativeId: null,
    replyTo: null,
    edited: body.edited,
  };
}

const PLACEHOLDER_LIMIT = 60;

/**
 * On iOS a mark before the bracket goes with an attachment or a placeholder. One in a language that is
 * not known here is a message of unknown kind, not a notice.
 */
function isUnknownPlaceholder(row: Row, author: Known | null, text: string): boolean {
  const { bracket, marked } = row.header;
  if (author === null || !bracket || !marked || text.charCodeAt(0) !== 0x200e) return false;
  return text.length <= PLACEHOLDER_LIMIT && !text.includes("\n") && row.offset > 0;
}
