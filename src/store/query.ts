/** A search as the index can answer it. Every term must match. */
export interface TextQuery {
  /** Terms the full-text index answers: a quoted token or phrase, `*` after it for a prefix. */
  readonly match: readonly string[];
  /** Terms found by scanning folded text, since the tokenizer cannot index them. */
  readonly scan: readonly string[];
  /** Every term as the analyst wrote it, without quotation marks. */
  readonly terms: readonly string[];
}

const LONGEST_QUERY = 4_096;

/** Letters of scripts that write blanks between words and that unicode61 knows. */
const INDEXED =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Georgian}\p{M}'’.,;:!?()/@_\- ]+$/u;
const LETTER = /\p{L}/u;

/**
 * Reads a search: words are joined by "and", `"..."` is a phrase, a `*` after a word asks for its
 * beginning. No other syntax: what looks like an operator is text. A term with digits, emoji or letters
 * of a script without blanks goes to the scan, so that no search says 0 falsely.
 */
export function readQuery(text: string): TextQuery {
  const match: string[] = [];
  const scan: string[] = [];
  const terms: string[] = [];
  for (const { term, phrase } of termsOf(text.slice(0, LONGEST_QUERY))) {
    const prefix = !phrase && term.length > 1 && term.endsWith("*");
    const bare = prefix ? term.slice(0, -1) : term;
    terms.push(bare);
    if (LETTER.test(bare) && INDEXED.test(bare)) match.push(`"${bare}"${prefix ? "*" : ""}`);
    else scan.push(bare);
  }
  return { match, scan, terms };
}

function termsOf(text: string): { term: string; phrase: boolean }[] {
  const terms: { term: string; phrase: boolean }[] = [];
  text.split('"').forEach((piece, at) => {
    const phrase = at % 2 === 1;
    const words = phrase ? [piece.trim()] : piece.split(/\s/u);
    for (const term of words) if (term !== "") terms.push({ term, phrase });
  });
  return terms;
}
