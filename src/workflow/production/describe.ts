import type { Selection } from "../../model/selection.ts";
import type { Language } from "../../model/production.ts";
import { selectionWords } from "../../words/selection.ts";
import { isDate } from "./bounds.ts";

/** The selection as one sentence, in the recipient's language, naming every condition word for word. */
export function selectionText(
  selection: Selection,
  zone: string | null,
  language: Language,
): string {
  const words = selectionWords(language);
  const parts: string[] = [];
  const add = (label: string, value: string | null): void => {
    if (value !== null && value !== "") parts.push(`${label} ${value}`);
  };
  const list = (values: readonly string[]): string | null =>
    values.length === 0 ? null : values.map((value) => JSON.stringify(value)).join(words.or);
  add(words.query, selection.query === null ? null : JSON.stringify(selection.query));
  add(words.from, selection.from);
  add(isDate(selection.to) ? words.toDay : words.to, selection.to);
  if (selection.from !== null || selection.to !== null)
    add(words.zone, selection.rangeZone ?? zone);
  add(words.accounts, list(selection.accounts));
  add(words.conversations, list(selection.conversations));
  add(words.exhibits, list(selection.exhibits));
  add(words.kinds, list(selection.kinds));
  add(words.tags, list(selection.tags));
  const rows = parts.length === 0 ? words.all : `${words.some} ${parts.join("; ")}`;
  if (selection.wholeConversations) return `${rows}; ${words.whole}`;
  return selection.context === 0
    ? `${rows}; ${words.exact}`
    : `${rows}; ${words.context(selection.context)}`;
}
