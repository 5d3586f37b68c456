import type { ExportedFile, Exporter } from "./exporter.ts";

/** The authoritative extract: data/*.jsonl, one JSON object a line, each with its `type`. */
export const jsonl: Exporter = {
  id: "jsonl",
  title: "JSON lines, the authoritative extract",
  files: (production) => [
    lines("data/messages.jsonl", production.messages),
    lines("data/events.jsonl", production.events),
    lines("data/conversations.jsonl", () => production.conversations),
    lines("data/accounts.jsonl", () => production.accounts),
    lines("data/exceptions.jsonl", () => production.exceptions),
    lines("data/artifacts.jsonl", () => production.artifacts),
    lines("data/custody.jsonl", () => production.custody),
  ],
};

function lines(name: string, values: () => Iterable<unknown>): ExportedFile {
  return { name, pieces: () => linesOf(values()) };
}

function* linesOf(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}
