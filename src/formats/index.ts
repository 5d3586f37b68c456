import type { Format } from "../model/format.ts";

/**
 * THE list of formats, in the order in which `formats` shows them. A format is one file (or folder) and
 * one line here; `--format`, completion, the docs table and the conformance suite come from this list.
 * Entries are lazy, so that a command which parses nothing loads no parser.
 */
export interface ListedFormat {
  readonly id: string;
  readonly title: string;
  readonly load: () => Promise<Format>;
}

export const FORMATS: readonly ListedFormat[] = [
  {
    id: "whatsapp",
    title: "WhatsApp chat export (.txt, ZIP)",
    load: async () => (await import("./whatsapp/index.ts")).whatsapp,
  },
  {
    id: "telegram",
    title: "Telegram Desktop JSON (chat or account)",
    load: async () => (await import("./telegram/index.ts")).telegram,
  },
  {
    id: "csv",
    title: "Table of messages with a mapping file (CSV)",
    load: async () => (await import("./csv.ts")).csv,
  },
  {
    id: "jsonl",
    title: "JSON lines of messages with a mapping file",
    load: async () => (await import("./jsonl.ts")).jsonl,
  },
];
