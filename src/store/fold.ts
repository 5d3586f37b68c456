const MARKS = /\p{M}|\p{Cf}/gu;
const PLAIN = /^[\u0020-\u007e\n]*$/;

/**
 * Text as searches compare it: decomposed (NFKD), without accents and invisible format characters, in
 * lower case, with one small sigma. Two texts that a reader takes for the same word fold alike.
 */
export function folded(text: string): string {
  return PLAIN.test(text)
    ? text.toLowerCase()
    : text.normalize("NFKD").replace(MARKS, "").toLowerCase().replaceAll("ς", "σ");
}

/** Letters of scripts that write no blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]+/gu;

/**
 * Text as the full-text index takes it: folded, and a blank in place of what has no word boundaries, so
 * that a word beside it is a word. What is left out is found by scanning.
 */
export function indexable(text: string): string {
  const plain = folded(text);
  return PLAIN.test(plain) ? plain : plain.replace(UNSPACED, " ");
}

/**
 * A character that the tokenizer may tell apart otherwise than `indexable` does. All others (Latin with
 * its accents, most of Cyrillic, signs, emoji) it folds alike, each by itself.
 */
const APART =
  /[^\0-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xbb\xbf-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017f\u0410-\u0418\u041a-\u0438\u043a-\u044f\u2010-\u2027\u2030-\u205e\u20a9-\u20bf\u2600-\u27bf\u{1f300}-\u{1faff}]/u;

/** As `indexable`, in less time; null where the index tells the text itself apart alike. */
export function indexedApart(text: string): string | null {
  return APART.test(text) ? indexable(text) : null;
}
