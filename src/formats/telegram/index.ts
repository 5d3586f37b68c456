import type { Format } from "../../model/format.ts";
import { detect } from "./detect.ts";
import { parse } from "./parse.ts";

/**
 * Telegram Desktop's machine-readable export, `result.json`: one chat, or a whole account. The words
 * here are Telegram's: a *message* and a *service* row are elements of a messages array, an *entity*
 * is a styled piece of text, a *placeholder* is the sentence in place of a file's path.
 */
export const telegram: Format = {
  id: "telegram",
  title: "Telegram Desktop JSON (chat or account)",
  version: 1,
  tried: [
    {
      app: "Telegram Desktop",
      versions: "exports of 2020-01, 2021-05, 2021-06, 2023-01, 2023-10 and 2024-01",
      locales: "the format has no locale",
    },
  ],
  lacks: [
    "deleted messages",
    "earlier texts of edited messages",
    "secret chats",
    "delivery and read times",
    "original dates of forwarded messages",
    "who chose which answer of a poll",
    "direction of sending (no message says whose device made the export)",
  ],
  detect,
  parse,
};
