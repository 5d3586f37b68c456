import type { JsonObject } from "../../model/json.ts";
import { withoutMarks } from "./words/tables.ts";

/** WhatsApp allows 12 options. */
const OPTION_LIMIT = 64;
const HEAD = /^(\p{Lu}[\p{Lu} ]{1,23}):$/u;
const OPTION = /^(\p{Lu}[\p{Lu} ]{1,23}): ?(.{0,500}?) \((\d{1,6})[^()]{0,30}\)$/u;

/**
 * A poll, known by its shape in any language: a line `POLL:`, the question, then lines `OPTION: text (n
 * votes)` of one word. Null where the body is none.
 */
export function readPoll(text: string): JsonObject | null {
  if (!hasHead(text)) return null;
  const lines = text.split("\n", OPTION_LIMIT + 3).map((line) => withoutMarks(line).trimEnd());
  const options: JsonObject[] = [];
  const question: string[] = [];
  let word: string | null = null;
  for (const line of lines.slice(1)) {
    const match = line.length > 600 ? null : OPTION.exec(line);
    if (match === null) {
      if (word !== null && line !== "") return null;
      if (word === null) question.push(line);
      continue;
    }
    word ??= match[1] ?? "";
    if (match[1] !== word) return null;
    options.push({ text: match[2] ?? "", votes: Number(match[3]) });
  }
  if (options.length === 0) return null;
  return { question: question.join("\n"), options };
}

function hasHead(text: string): boolean {
  const feed = text.indexOf("\n");
  return (
    feed > 2 &&
    feed < 40 &&
    text.lastIndexOf(":", feed) >= feed - 3 &&
    HEAD.test(withoutMarks(text.slice(0, feed)).trimEnd())
  );
}
