import type { Meridiem } from "./header.ts";

/**
 * Words for the half of the day as CLDR has them for the locales that WhatsApp writes with a 12 h
 * clock, without dots and spaces. The Chinese parts of the day are folded into the half they lie in.
 */
const AM = [
  ..."am,a,ص,قظ,पूर्वाह्न,পূর্বাহ্ণ,পূর্বাহ্ন,πμ,öö,прoб,проб,de,sa,pg,pd,上午,午前,오전,凌晨,早上,清晨".split(
    ",",
  ),
  ...'לפנה"צ,לפנה״צ'.split(","),
];
const PM = [
  ..."pm,p,م,بظ,अपराह्न,অপরাহ্ণ,অপরাহ্ন,μμ,ös,следоб,слоб,du,ch,ptg,md,下午,午後,오후,中午,晚上".split(
    ",",
  ),
  ...'אחה"צ,אחה״צ'.split(","),
];

const MERIDIEMS: ReadonlyMap<string, Meridiem> = new Map<string, Meridiem>([
  ...AM.map((word): [string, Meridiem] => [word, "am"]),
  ...PM.map((word): [string, Meridiem] => [word, "pm"]),
]);

/** Words after the time that say no half of the day: Bulgarian `ч.`, German `Uhr`. */
const SUFFIXES: ReadonlySet<string> = new Set(["ч", "г", "uhr", "h"]);

/** A word between date and time: at most two, and short, or an ordinary sentence would pass for a header. */
const CONNECTOR = /^[\s.,،、]*\p{L}{1,8}\.?(?:[\s,،、]+\p{L}{1,8}\.?)?[\s,،、]*$/u;

/** A word with its case, dots, commas, spaces and invisible marks taken off. */
export function plainWord(text: string): string {
  return text
    .replace(/[\s.,،、\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .toLocaleLowerCase("en");
}

/** The half of the day a plain word says, null where it says none. */
export function meridiemOf(word: string): Meridiem | null {
  return MERIDIEMS.get(word) ?? null;
}

export function isSuffix(word: string): boolean {
  return SUFFIXES.has(word);
}

/** Takes at most 40 bytes as they stand between date and time. */
export function isConnector(text: string): boolean {
  return CONNECTOR.test(text.replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, ""));
}
