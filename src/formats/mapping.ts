import { ENCODINGS } from "../decode/charset.ts";
import { columnMember, columnsMember } from "./mapping/columns.ts";
import {
  member,
  membersOf,
  textMember,
  wordMember,
  wrong,
  type Members,
} from "./mapping/members.ts";
import type { Column, Mapping } from "./mapping/schema.ts";
import { attachmentsOf, conversationOf, dialectOf, kindOf, timeOf } from "./mapping/sections.ts";

export type { Mapping } from "./mapping/schema.ts";

const MEMBERS = [
  "schema",
  "format",
  "encoding",
  "csv",
  "service",
  "conversation",
  "account",
  "text",
  "time",
  "edited",
  "kind",
  "attachments",
  "id",
  "replyTo",
];

/**
 * Reads the parsed JSON of a mapping file, checked member by member.
 *
 * @throws Failure `usage` naming the member: `mapping: time.pattern: names no year`
 */
export function readMapping(value: unknown): Mapping {
  const members = membersOf(value, "", MEMBERS);
  if (members.values["schema"] !== 1) throw wrong("schema", "must be 1");
  const format = wordMember(members, "format", ["csv", "jsonl"]);
  if (format === "jsonl" && members.values["csv"] !== undefined) {
    throw wrong("csv", "has no place where format is jsonl");
  }
  const account = accountOf(members);
  const mapping: Mapping = {
    schema: 1,
    format,
    encoding: wordMember(members, "encoding", ENCODINGS, "utf-8"),
    csv: dialectOf(members),
    service: textMember(members, "service"),
    conversation: conversationOf(members),
    accountId: account.id,
    accountName: account.name,
    text: columnsMember(members, "text"),
    time: explicit(members, "time") ? timeOf(members, "time") : null,
    edited: members.values["edited"] === undefined ? null : timeOf(members, "edited"),
    kind: kindOf(members),
    attachments: attachmentsOf(members),
    id: columnMember(members, "id"),
    replyTo: columnMember(members, "replyTo"),
  };
  checkColumns(mapping);
  return mapping;
}

/** False where the member is null, which says that the table has no such thing; forgetting it is refused. */
function explicit(members: Members, name: string): boolean {
  const { value, path } = member(members, name);
  if (value === undefined) {
    throw wrong(path, "is missing", [`write "${name}": null where the table has none`]);
  }
  return value !== null;
}

function accountOf(members: Members): { id: Column | null; name: Column | null } {
  if (!explicit(members, "account")) return { id: null, name: null };
  const { value, path } = member(members, "account");
  const account = membersOf(value, path, ["id", "name"]);
  const id = columnMember(account, "id");
  const name = columnMember(account, "name");
  if (id === null && name === null) throw wrong(path, "needs an id or a name column");
  return { id, name };
}

/** Every column a mapping names, in the order of its members. */
export function columnsOf(mapping: Mapping): readonly Column[] {
  const { conversation, time, edited, kind, attachments } = mapping;
  const columns = [
    conversation.column,
    conversation.title,
    mapping.accountId,
    mapping.accountName,
    ...mapping.text,
    ...(time === null ? [] : [...time.columns, time.offset]),
    ...(edited === null ? [] : [...edited.columns, edited.offset]),
    kind === null ? null : kind.column,
    attachments === null ? null : attachments.column,
    mapping.id,
    mapping.replyTo,
  ];
  return [...new Set(columns.filter((column) => column !== null))];
}

function checkColumns(mapping: Mapping): void {
  for (const column of columnsOf(mapping)) {
    if (mapping.format === "jsonl" && typeof column === "number") {
      throw wrong("format", `jsonl has no column numbers, but ${column} is named as one`);
    }
    if (mapping.format === "csv" && !mapping.csv.header && typeof column === "string") {
      throw wrong("csv.header", `is false, so columns have no names: ${column}`, [
        "write the column's number, from 1",
      ]);
    }
  }
}
