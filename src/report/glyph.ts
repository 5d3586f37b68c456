import type { Direction, Typeface } from "./typeface.ts";

/** One unit of a line that is never parted: a letter, a shaped word, a blank, an emoji, a visible mark. */
export interface Glyph {
  /** Resource name of the font in this file. */
  readonly font: string;
  /** Codes in that font, as a literal string has them, where they simply follow one another. */
  readonly codes: string;
  /** In thousandths of the text's size. */
  readonly advance: number;
  /** Code point of the character that is not drawn, where this is its mark. */
  readonly marks?: number;
  /** The letters of a plain word, each a unit of its own where the word is longer than a line. */
  readonly letters?: readonly Glyph[];
  /** Where the codes have places of their own. */
  readonly placed?: Placed;
  /** A line may end after it. */
  readonly breakable: boolean;
  /** No line begins with it while the text before it allows another end. */
  readonly neverFirst: boolean;
  readonly blank: boolean;
}

/** Codes at places that the font's rules gave them. */
export interface Placed {
  readonly steps: readonly Step[];
  /** What the codes say together, where they do not say it one after the other. */
  readonly actual: string | null;
  /** What they were made from, to be made again in halves where a word is longer than a line. */
  readonly word: Word | null;
}

/** A code `back` to the left of where the one before left the pen, `rise` above the line: thousandths. */
export interface Step {
  readonly code: string;
  readonly back: number;
  readonly rise: number;
  /** Another code speaks for it. */
  readonly silent: boolean;
}

/** Letters that a font shapes together. */
export interface Word {
  readonly text: string;
  readonly face: Typeface;
  readonly direction: Direction;
}
