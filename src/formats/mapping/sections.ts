import type { ConversationKind, EventKind, MessageKind } from "../../model/record.ts";
import { clockOf } from "./clock.ts";
import { columnMember, columnsMember } from "./columns.ts";
import {
  booleanMember,
  countMember,
  join,
  member,
  membersOf,
  textMember,
  wordMember,
  wrong,
  type Members,
} from "./members.ts";
import type {
  AttachmentMapping,
  ConversationMapping,
  CsvDialect,
  KindMapping,
  RowKind,
  TimeMapping,
} from "./schema.ts";

const CONVERSATION_KINDS: readonly ConversationKind[] = [
  "direct",
  "group",
  "channel",
  "self",
  "unknown",
];

const MESSAGE_KINDS: readonly MessageKind[] = [
  "text",
  "media",
  "call",
  "poll",
  "location",
  "contact",
  "deletion",
  "unknown",
];

const EVENT_KINDS: readonly EventKind[] = ["system", "reaction", "edit"];

const ROW_KINDS: readonly RowKind[] = [...MESSAGE_KINDS, ...EVENT_KINDS];

/** True for the kinds that are noted beside the talk. */
export function isEventKind(kind: RowKind): kind is EventKind {
  return EVENT_KINDS.some((event) => event === kind);
}

const DEFAULT_DIALECT: CsvDialect = { delimiter: ",", quote: '"', header: true, skipRows: 0 };

/** The `csv` member; RFC 4180 with a header where it is absent. */
export function dialectOf(mapping: Members): CsvDialect {
  const { value, path } = member(mapping, "csv");
  if (value === undefined) return DEFAULT_DIALECT;
  const csv = membersOf(value, path, ["delimiter", "quote", "header", "skipRows"]);
  const delimiter = textMember(csv, "delimiter", DEFAULT_DIALECT.delimiter);
  const quote = csv.values["quote"] === null ? null : textMember(csv, "quote", '"');
  if (!isSign(delimiter)) throw wrong(join(path, "delimiter"), ONE_SIGN);
  if (quote !== null && !isSign(quote)) throw wrong(join(path, "quote"), ONE_SIGN);
  if (delimiter === quote) throw wrong(join(path, "quote"), "is the delimiter too");
  return {
    delimiter,
    quote,
    header: booleanMember(csv, "header", true),
    skipRows: countMember(csv, "skipRows", 0, 1000),
  };
}

const ONE_SIGN = "must be one ASCII character and no line end";

/** A NUL would be found in every other byte of UTF-16. */
function isSign(text: string): boolean {
  const unit = text.charCodeAt(0);
  return text.length === 1 && unit > 0 && unit < 0x80 && text !== "\n" && text !== "\r";
}

/** The `conversation` member: a column, or a constant for a file of one conversation. */
export function conversationOf(mapping: Members): ConversationMapping {
  const { value, path } = member(mapping, "conversation");
  const conversation = membersOf(value, path, ["column", "constant", "title", "kind"]);
  const column = columnMember(conversation, "column");
  const constant =
    conversation.values["constant"] === undefined ? null : textMember(conversation, "constant");
  if ((column === null) === (constant === null)) {
    throw wrong(path, "needs either a column or a constant");
  }
  const title = columnMember(conversation, "title");
  return {
    column,
    constant,
    title,
    kind: wordMember(conversation, "kind", CONVERSATION_KINDS, "unknown"),
  };
}

/** A member that describes times; its pattern is compiled once, so that a wrong one is refused here. */
export function timeOf(mapping: Members, name: string): TimeMapping {
  const { value, path } = member(mapping, name);
  const time = membersOf(value, path, ["column", "pattern", "offset"]);
  const pattern = textMember(time, "pattern");
  clockOf(pattern, null, join(path, "pattern"));
  return {
    columns: columnsMember(time, "column"),
    pattern,
    offset: columnMember(time, "offset"),
  };
}

/** The `kind` member; null where it is absent. */
export function kindOf(mapping: Members): KindMapping | null {
  const { value, path } = member(mapping, "kind");
  if (value === undefined || value === null) return null;
  const kind = membersOf(value, path, ["column", "values", "otherwise"]);
  const column = columnMember(kind, "column");
  if (column === null) throw wrong(join(path, "column"), "is missing");
  const listed = member(kind, "values");
  const words = membersOf(listed.value, listed.path, Object.keys(Object(listed.value)));
  const values = Object.keys(words.values).map(
    (word) => [word, wordMember(words, word, ROW_KINDS)] as const,
  );
  return {
    column,
    values: new Map(values),
    otherwise: wordMember(kind, "otherwise", ROW_KINDS, "unknown"),
  };
}

/** The `attachments` member; null where it is absent. */
export function attachmentsOf(mapping: Members): AttachmentMapping | null {
  const { value, path } = member(mapping, "attachments");
  if (value === undefined || value === null) return null;
  const attachments = membersOf(value, path, ["column", "separator", "each"]);
  const column = columnMember(attachments, "column");
  if (column === null) throw wrong(join(path, "column"), "is missing");
  const separator = textMember(attachments, "separator", "");
  const each = textMember(attachments, "each", "");
  return {
    column,
    separator: separator === "" ? null : separator,
    each: each === "" ? null : each,
  };
}
