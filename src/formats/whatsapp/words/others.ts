import type { Language } from "./language.ts";

const NOTHING = {
  attached: [],
  tag: [],
  omitted: [],
  deleted: [],
  edited: [],
  calls: [],
  titles: [],
  openings: [],
  deeds: [],
  quoting: [],
  group: [],
};

/** Languages of which only the most frequent phrases are known. */
export const OTHERS: readonly Language[] = [
  {
    ...NOTHING,
    code: "cs",
    attached: ["soubor byl přiložen"],
    omitted: [["Média vynechány", null]],
    titles: ["Chat WhatsApp s uživatelem "],
    openings: ["Zprávy a hovory jsou zabezpečeny"],
  },
  {
    ...NOTHING,
    code: "hu",
    attached: ["fájl csatolva"],
    omitted: [
      ["Hiányzó média", null],
      ["Média kihagyva", null],
    ],
    deleted: ["Ezt az üzenetet törölték", "Törölted ezt az üzenetet"],
    openings: ["Az üzenetek és a hívások végpontok közötti titkosítással"],
    deeds: ["létrehozta a"],
    group: ["létrehozta a"],
  },
  {
    ...NOTHING,
    code: "ar",
    attached: ["الملف مرفق"],
    omitted: [["تم استبعاد الوسائط", null]],
    deleted: ["تم حذف هذه الرسالة", "حذفت هذه الرسالة"],
    openings: ["الرسائل والمكالمات مشفرة تمامًا بين الطرفين"],
  },
  {
    ...NOTHING,
    code: "pl",
    attached: ["plik załączony"],
    omitted: [["pominięto multimedia", null]],
    deleted: ["Ta wiadomość została usunięta"],
    titles: ["Czat WhatsApp z "],
  },
  {
    ...NOTHING,
    code: "id",
    attached: ["file terlampir"],
    omitted: [["Media tidak disertakan", null]],
    deleted: ["Pesan ini dihapus", "Anda menghapus pesan ini"],
    titles: ["Chat WhatsApp dengan "],
  },
  {
    ...NOTHING,
    code: "sv",
    attached: ["bifogad fil"],
    omitted: [["Media har utelämnats", null]],
    deleted: ["Det här meddelandet raderades"],
    titles: ["WhatsApp-chatt med "],
  },
];
