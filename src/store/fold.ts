const MARKS = /\p{M}|\p{Cf}/gu;
const PLAIN = /^[\u0020-\u007e\n]*$/;

/**
 * Text as searches compare it: decomposed (NFKD), without accents and invisible format characters, in
 * lower case. Two texts that a reader takes for the same word fold alike.
 */
export function folded(text: string): string {
  return PLAIN.test(text)
    ? text.toLowerCase()
    : text.normalize("NFKD").replace(MARKS, "").toLowerCase();
}
