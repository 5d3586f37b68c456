import { folded } from "./fold.ts";

/** A search as the index can answer it, in folded text. Every term must match. */
export interface TextQuery {
  /** Terms the full-text index answers: a quoted token or phrase, `*` after it for a prefix. */
  readonly match: readonly string[];
  /** Terms found by scanning folded text, since the tokenizer cannot index them. */
  readonly scan: readonly string[];
  /** Every term, without quotation marks. */
  readonly terms: readonly string[];
  /** What is asked for letter by letter, where nothing of it is left when it is folded. */
  readonly exact: string | null;
}

const LONGEST_QUERY = 4_096;

/** Letters of scripts that write blanks between words and that unicode61 knows. */
const INDEXED =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Georgian}\p{M}'’.,;:!?()/@_\- ]+$/u;
const HALF_A_LETTER = /[\ud800-\udbff]$/;
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
  const asked = text.slice(0, LONGEST_QUERY).replace(HALF_A_LETTER, "");
  for (const { term, phrase } of termsOf(folded(asked))) {
    const prefix = !phrase && term.length > 1 && term.endsWith("*");
    const bare = prefix ? term.slice(0, -1) : term;
    terms.push(bare);
    if (LETTER.test(bare) && INDEXED.test(bare)) match.push(`"${bare}"${prefix ? "*" : ""}`);
    else scan.push(bare);
  }
  return { match, scan, terms, exact: terms.length === 0 ? asked.trim() : null };
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
