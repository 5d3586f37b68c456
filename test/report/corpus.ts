/** One message of the corpus, and the name of what it shows. */
export interface Sample {
  readonly name: string;
  readonly text: string;
}

const say = (name: string, text: string): Sample => ({ name, text });

/** Texts whose order on a line is not the order of their characters. */
export const BIDI: readonly Sample[] = [
  say("Arabic", "مرحبا، كيف حالك اليوم؟ أنا بخير والحمد لله."),
  say("Arabic with vowel signs", "السَّلامُ عَلَيْكُمْ وَرَحْمَةُ اللهِ"),
  say("Arabic with a number", "لدي 3 رسائل و ٢٥ صورة."),
  say("Arabic with a time and brackets", "سأصل عند الساعة 9:30 (مع 3 أصدقاء) إلى المطار."),
  say("Arabic with a date", "الموعد يوم 10/06/2024 في المكتب."),
  say("Arabic with Latin inside", "أعمل في شركة Example Ltd منذ سنة."),
  say("Arabic before French", "شكرا جزيلا! Merci beaucoup, à demain."),
  say("Arabic in French", "Bonjour, je m'appelle محمد et j'habite à باريس."),
  say("Arabic with an amount", "السعر 1,250.50 $ فقط (خصم 20%)."),
  say("Arabic with a telephone number", "رقمي هو +33 6 12 34 56 78 اتصل بي."),
  say("Arabic with nested brackets", "قال (إن الأمر [سري] للغاية) ثم ذهب."),
  say("Arabic with quotation marks", "قال: «سأعود غداً» ثم خرج."),
  say("Arabic with an address of the web", "انظر https://example.org/a?b=1 الآن"),
  say("Arabic with an emoji", "مبروك 🎉 يا صديقي 😀"),
  say("Arabic with a skin tone", "أحسنت 👍🏽 جدا"),
  say(
    "long Arabic",
    "هذه رسالة طويلة جدا باللغة العربية لاختبار كسر الأسطر والمحاذاة إلى اليمين وتحتوي على أرقام مثل 12345 وكلمات English words inside the text وأقواس (مثل هذه) حتى تمتد على عدة أسطر من الصفحة.",
  ),
  say("Persian", "می‌خواهم فردا با شما صحبت کنم، لطفاً زنگ بزنید."),
  say("Persian with digits", "ساعت ۱۲:۴۵ می‌آیم؛ پلاک ۷."),
  say("Urdu", "آپ کیسے ہیں؟ میں ٹھیک ہوں۔ گاڑی ۵ بجے آئے گی۔"),
  say("Hebrew", "שלום, מה שלומך? אני בסדר גמור (תודה)."),
  say("Hebrew with points", "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם"),
  say("Hebrew with a number and Latin", "הפגישה בשעה 14:30 ברחוב Herzl 12, קומה 3 [דירה 5]."),
  say("Hebrew in English", "The word שלום (shalom) means “peace”; 100% sure."),
  say("Hebrew at the end of English", "He said “שלום!”"),
  say("Hebrew with a list", "לקנות: חלב, לחם, 6 ביצים."),
  say("Hebrew with an emoji family", "המשפחה שלי 👨‍👩‍👧‍👦 בבית"),
  say("two lines of two directions", "שורה ראשונה בעברית\nsecond line (English)\nשורה שלישית"),
  say("Latin line of an Arabic message", "نعم\nok, see you!\nشكرا"),
  say("a name in an isolate", "@\u2068محمد علي\u2069 wrote 2 lines"),
  say("a right-to-left isolate", "abc \u2067שלום 123\u2069 def"),
];

/** Texts that stand as they are stored. */
export const FORWARD: readonly Sample[] = [
  say("French", "Bonsoir, tu as reçu le colis ? L’adresse est « 12, rue de l’Œuvre »."),
  say("accents written apart", "cafe\u0301 nai\u0308ve e\u0302\u0323 q\u0302"),
  say("letters that share a glyph", "\u212b\u00c5 \u2126\u03a9 \u00b5\u03bc"),
  say("Vietnamese", "Chúc mừng năm mới, hẹn gặp lại!"),
  say("Greek", "Καλημέρα σας, τι κάνετε; Ἀρχή."),
  say("Russian", "Привет, как дела? Всё хорошо, ёлка."),
  say("Armenian", "Բարեւ, ինչպես ես։ Ես լավ եմ։"),
  say("Georgian", "გამარჯობა, როგორ ხარ? კარგად ვარ."),
  say("Hindi", "नमस्ते, आप कैसे हैं? मैं ठीक हूँ। हिन्दी में क्षत्रिय, श्री, कर्म।"),
  say("Hindi with joiners", "क्‍ष और क्‌ष अलग हैं"),
  say("Bengali", "আমি ভালো আছি, তুমি কেমন আছো? বাংলা ক্ষুদ্র স্ত্রী।"),
  say("Tamil", "வணக்கம், நீங்கள் எப்படி இருக்கிறீர்கள்? ஸ்ரீ"),
  say("Thai", "สวัสดีครับ วันนี้เป็นอย่างไรบ้าง ผมอยู่ที่นี่ น้ำแข็งเปล่า"),
  say("Chinese", "你好，今天天气怎么样？我们明天上午九点在北京火车站见面吧。"),
  say("Chinese, traditional", "謝謝你，我們在台灣見面。"),
  say("Japanese", "こんにちは、お元気ですか？「カタカナ」と漢字も混ざっています。"),
  say("Korean", "안녕하세요, 오늘 날씨가 어때요? 내일 만나요."),
  say("Korean in single letters", "\u1112\u1161\u11ab\u1100\u1173\u11af"),
  say("symbols", "→ ∑ √ ≠ ½ № ™ ♠ ☎ ✓ 𝄞 𝔄"),
  say("emoji", "😀😂🎉✅⭐❤"),
  say("a family", "👨‍👩‍👧‍👦 👩‍❤️‍💋‍👨"),
  say("professions with skin tones", "👩🏽‍💻 🧑🏿‍🤝‍🧑🏻 👍🏻👍🏿"),
  say("flags", "🇫🇷🇩🇪🇯🇵 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
  say("keycaps", "1️⃣ #️⃣ ☎️ ☎︎"),
  say("emoji joined for nothing", "👍\u200d👎"),
  say("zalgo", "Z\u0337\u0322\u0327\u031b\u0317\u0316\u0353a\u0335\u0321lgo"),
  say("an override", "Facture\u202egnp.exe et \u202dabc\u202c fin"),
  say("direction marks", "\u200eIMG-001.jpg \u200e(fichier joint)"),
  say("controls", "tab\there, bell\u0007, nul\u0000, zero\u200bwidth, soft\u00adhyphen"),
  say("half pairs", "lone \ud83d and \udc00 end"),
  say("private use", "logo \uf8ff and \u{10fffd}"),
  say("a word of 500 letters", `word ${"x".repeat(500)} end`),
  say("an Arabic laugh of 500 letters", "ه".repeat(500)),
  say("twenty thousand characters", `${"palabra ".repeat(2_500)}omega`),
  say("scripts without a font of their own", "తెలుగు ಕನ್ನಡ ગુજરાતી ਪੰਜਾਬੀ සිංහල አማርኛ"),
];
