import type { Language } from "./language.ts";

export const nl: Language = {
  code: "nl",
  attached: ["bestand bijgevoegd"],
  tag: ["bijgevoegd"],
  omitted: [
    ["Media weggelaten", null],
    ["afbeelding weggelaten", "photo"],
    ["video weggelaten", "video"],
    ["audio weggelaten", "audio"],
    ["GIF weggelaten", "gif"],
    ["sticker weggelaten", "sticker"],
    ["document weggelaten", "document"],
    ["Contactkaart weggelaten", "contact"],
  ],
  deleted: [
    "Dit bericht is verwijderd",
    "Dit bericht werd verwijderd",
    "Je hebt dit bericht verwijderd",
    "U hebt dit bericht verwijderd",
  ],
  edited: ["Dit bericht is bewerkt"],
  calls: [
    ["Gemiste spraakoproep", "voice", true],
    ["Gemiste video-oproep", "video", true],
    ["Spraakoproep, ", "voice", false],
    ["Video-oproep, ", "video", false],
  ],
  titles: ["WhatsApp-chat met ", "WhatsApp Chat met "],
  openings: [
    "Berichten en oproepen worden end-to-end versleuteld",
    "Berichten en gesprekken zijn end-to-end versleuteld",
    "Je beveiligingscode met ",
  ],
  deeds: [
    "heeft de groep",
    "heeft groep",
    "heeft je toegevoegd",
    "heeft het onderwerp",
    "heeft de groepsnaam",
    "heeft de groepsafbeelding",
    "is toegevoegd",
    "heeft de groep verlaten",
  ],
  quoting: ["heeft de groep", "heeft groep", "heeft het onderwerp", "heeft de groepsnaam"],
  group: [
    "heeft de groep",
    "heeft groep",
    "heeft je toegevoegd",
    "heeft het onderwerp",
    "Je hebt groep",
  ],
};
