import type { Language } from "../model/production.ts";
import type { VerifyTextFacts } from "../words/verify-text.ts";
import { verifyTextEn } from "../words/verify-text.en.ts";
import { verifyTextFr } from "../words/verify-text.fr.ts";

/** VERIFY.txt: how to check a bundle with common tools, in the recipient's language and in English. */
export function verifyText(facts: VerifyTextFacts, language: Language): string {
  const shown = { ...facts, holder: oneLine(facts.holder) };
  const english = verifyTextEn(shown);
  return language === "en" ? english : `${verifyTextFr(shown)}\n${"-".repeat(72)}\n\n${english}`;
}

/** A name from a certificate must not add lines to be typed. */
function oneLine(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
}
