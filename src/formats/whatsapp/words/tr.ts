import type { Language } from "./language.ts";

export const tr: Language = {
  code: "tr",
  attached: ["dosya ekli"],
  tag: ["eklendi"],
  omitted: [
    ["Medya dahil edilmedi", null],
    ["Medya atlanmış", null],
    ["görüntü dahil edilmedi", "photo"],
    ["video dahil edilmedi", "video"],
    ["ses dahil edilmedi", "audio"],
    ["GIF dahil edilmedi", "gif"],
    ["Çıkartma dahil edilmedi", "sticker"],
    ["belge dahil edilmedi", "document"],
    ["Kişi kartı dahil edilmedi", "contact"],
  ],
  deleted: ["Bu mesaj silindi", "Bu mesajı sildiniz"],
  edited: ["Bu mesaj düzenlendi"],
  calls: [
    ["Cevapsız sesli arama", "voice", true],
    ["Cevapsız görüntülü arama", "video", true],
    ["Sesli arama, ", "voice", false],
    ["Görüntülü arama, ", "video", false],
  ],
  titles: [],
  openings: [
    "Mesajlar ve aramalar uçtan uca şifrelidir",
    "Mesajlar ve aramalar uçtan uca şifrelenmiştir",
  ],
  deeds: [
    "grubunu oluşturdu",
    "grubu oluşturdu",
    "sizi ekledi",
    "konuyu ",
    "grup adını ",
    "ayrıldı",
    "katıldı",
  ],
  quoting: ["grubunu oluşturdu", "konuyu ", "grup adını "],
  group: [
    "grubunu oluşturdu",
    "grubu oluşturdu",
    "sizi ekledi",
    "Gruba eklendiniz",
    "grubundan ayrıldı",
  ],
};
