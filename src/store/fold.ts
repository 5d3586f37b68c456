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
