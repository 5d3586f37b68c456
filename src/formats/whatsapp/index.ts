import type { Format } from "../../model/format.ts";
import { detect } from "./detect.ts";
import { parse } from "./parse.ts";

/**
 * The WhatsApp chat export: one text file, alone or beside its media. A row is what stands from one
 * header (date, time, mostly a name) to the next; a run is a stretch of rows of one layout; a reading is
 * an order of day, month and year. See docs/formats/whatsapp.md.
 */
export const whatsapp: Format = {
  id: "whatsapp",
  title: "WhatsApp chat export (.txt, ZIP)",
  version: 1,
  tried: [
    {
      app: "WhatsApp for Android, third-party sample exports",
      versions: "2014 to 2023, not stated in the files",
      locales: "layouts of en-US, en-GB, de, es and ISO-like dates; phrases in English",
    },
    {
      app: "WhatsApp for iOS, single lines quoted in public reports",
      versions: "2018 to 2026, not stated in the lines",
      locales: "layouts of en, de, es, fi; phrases in English, German, Spanish",
    },
  ],
  lacks: [
    "time zone",
    "seconds (Android)",
    "message ids",
    "account ids (names only)",
    "which account the phone belongs to",
    "participants who wrote nothing",
    "replies and quotes",
    "reactions",
    "forward marks",
    "delivery and read state",
    "starred messages",
    "earlier text of edited messages",
    "text of deleted messages",
    "media shown once",
    "captions of media (some iOS versions)",
  ],
  detect,
  parse,
};
