import { mirrored } from "./bidi.ts";
import { isBlank, isIdeograph, isNeverFirst, isNeverLast } from "./breaks.ts";
import { endOfJoined, isUnseen, lengthAlone, markOf } from "./characters.ts";
import { FontCodes } from "./codes.ts";
import type { FaceName, Fonts } from "./fonts.ts";
import type { Glyph } from "./glyph.ts";
import { Letters } from "./letters.ts";
import type { PdfFile, Reference } from "./pdf.ts";
import type { Direction } from "./typeface.ts";

/** The mark of a character that is not drawn is this much smaller than the text around it. */
export const MARK_SCALE = 0.74;

/** Clusters remembered for each face; further ones are put together each time they are met. */
const MAX_KNOWN = 20_000;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const HYPHEN = 0x2d;
const SOFT_HYPHEN = 0xad;

/** Below this, letters are looked up by their code unit. */
const PLAIN = 0x250;
const FIRST_COMBINING = 0x300;

interface Known {
  readonly plain: (Glyph | undefined)[];
  readonly clusters: Map<string, Glyph>;
  /** Plain words; null for a text that is none. */
  readonly words: Map<string, Glyph | null>;
}

/** Longest plain word that is kept as one unit, in code units. */
const MAX_WORD = 16;

/** 1 for letters and punctuation that plain words are made of; digits would fill the memory with words met once. */
const wordly = new Uint8Array(PLAIN).fill(1, 0x21).fill(0, 0x30, 0x3a).fill(0, 0x7f, 0xa1);
wordly[HYPHEN] = 0;
wordly[SOFT_HYPHEN] = 0;

/** The glyphs of one file: owns the fonts embedded in it, and counts what they could not draw. */
export class GlyphBook {
  readonly #fonts: Fonts;
  readonly #codes: FontCodes;
  readonly #letters: Letters;
  readonly #forward: Readonly<Record<FaceName, Known>> = eachFace();
  readonly #backward: Readonly<Record<FaceName, Known>> = eachFace();
  readonly #substituted = new Map<number, number>();

  constructor(file: PdfFile, fonts: Fonts) {
    this.#fonts = fonts;
    this.#codes = new FontCodes(file);
    this.#letters = new Letters(fonts, this.#codes, (codePoint) => this.#mark(codePoint));
  }

  /** Characters that were not drawn, by code point, with how often each was met. */
  get substituted(): ReadonlyMap<number, number> {
    return this.#substituted;
  }

  /** The font object of a glyph's `font`. */
  fontRef(font: string): Reference {
    return this.#codes.ref(font);
  }

  /** A word in parts, for where it is longer than a line; null where it cannot be parted. */
  partsOf(glyph: Glyph): readonly Glyph[] | null {
    return glyph.letters ?? this.#letters.halves(glyph);
  }

  /**
   * Calls `take` for each unit of `text` in its order, with null for a line break (LF or CR LF).
   * Backward, brackets are mirrored and words are joined from right to left.
   */
  read(
    text: string,
    face: FaceName,
    take: (glyph: Glyph | null) => void,
    direction: Direction = "ltr",
  ): void {
    const known = (direction === "ltr" ? this.#forward : this.#backward)[face];
    const isForward = direction === "ltr";
    for (let at = 0; at < text.length;) {
      const unit = text.charCodeAt(at);
      if (isForward && wordly[unit] === 1) {
        const end = endOfWord(text, at);
        const word = end - at > 1 ? this.#word(text.slice(at, end), face) : null;
        if (word !== null) {
          take(word);
          at = end;
          continue;
        }
      }
      // The way most letters go: one unit, no accent after it, met before.
      const hasAccent = text.charCodeAt(at + 1) >= FIRST_COMBINING;
      const plain = unit < PLAIN && !hasAccent ? known.plain[unit] : undefined;
      if (plain !== undefined) {
        take(plain);
        at += 1;
      } else if (unit === LINE_FEED) {
        take(null);
        at += 1;
      } else if (unit === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) {
        take(null);
        at += 2;
      } else {
        at = this.#readOther(text, at, face, direction, take);
      }
    }
  }

  /** A plain word as one unit; null where a letter of it is a mark. */
  #word(text: string, face: FaceName): Glyph | null {
    const { words } = this.#forward[face];
    const present = words.get(text);
    if (present !== undefined) return present;
    const letters = Array.from(text, (letter) => this.#alone(letter, face, "ltr"));
    const word = joined(letters);
    if (words.size < MAX_KNOWN) words.set(text, word);
    return word;
  }

  #readOther(
    text: string,
    at: number,
    face: FaceName,
    direction: Direction,
    take: (glyph: Glyph) => void,
  ): number {
    const count = (glyph: Glyph): void => {
      if (glyph.marks !== undefined) {
        this.#substituted.set(glyph.marks, (this.#substituted.get(glyph.marks) ?? 0) + 1);
      }
      take(glyph);
    };
    const length = lengthAlone(text, at);
    if (length > 0) {
      count(this.#alone(text.slice(at, at + length), face, direction));
      return at + length;
    }
    const end = endOfJoined(text, at);
    this.#letters.read(text.slice(at, end), face, direction, count);
    return end;
  }

  /** A character that looks the same whatever stands beside it. */
  #alone(character: string, face: FaceName, direction: Direction): Glyph {
    const { plain, clusters } = (direction === "ltr" ? this.#forward : this.#backward)[face];
    const present = clusters.get(character);
    if (present !== undefined) return present;
    const codePoint = character.codePointAt(0) ?? 0;
    const glyph =
      (isUnseen(codePoint) ? null : this.#drawn(character, face, direction)) ??
      this.#mark(codePoint);
    if (clusters.size < MAX_KNOWN) clusters.set(character, glyph);
    if (codePoint < PLAIN && glyph.marks === undefined) plain[codePoint] = glyph;
    return glyph;
  }

  /** A character drawn by one face of the chain, or null where none has it. */
  #drawn(character: string, face: FaceName, direction: Direction): Glyph | null {
    const shown = direction === "rtl" ? mirrored(character) : character;
    const codePoint = character.codePointAt(0) ?? 0;
    const isIdeographic = isIdeograph(codePoint);
    const blank = isBlank(codePoint);
    for (const typeface of this.#fonts.chain(shown, face)) {
      const found = typeface.glyph(shown.codePointAt(0) ?? 0);
      if (found === null) continue;
      const codes = this.#codes.of(typeface, found.id, found.advance, [codePoint]);
      return {
        font: this.#codes.id(typeface),
        codes,
        advance: found.advance,
        blank,
        breakable: blank || codePoint === HYPHEN || (isIdeographic && !isNeverLast(codePoint)),
        neverFirst: isNeverFirst(codePoint),
      };
    }
    return null;
  }

  #mark(codePoint: number): Glyph {
    let codes = "";
    let advance = 0;
    for (const character of markOf(codePoint)) {
      const glyph = this.#alone(character, "mono", "ltr");
      codes += glyph.codes;
      advance += glyph.advance * MARK_SCALE;
    }
    const font = this.#codes.id(this.#fonts.face("mono"));
    return {
      font,
      codes,
      advance,
      marks: codePoint,
      blank: false,
      breakable: true,
      neverFirst: false,
    };
  }
}

function eachFace(): Readonly<Record<FaceName, Known>> {
  return { regular: none(), bold: none(), oblique: none(), mono: none() };
}

function none(): Known {
  return { plain: [], clusters: new Map(), words: new Map() };
}

function endOfWord(text: string, at: number): number {
  const last = Math.min(text.length, at + MAX_WORD);
  let end = at + 1;
  while (end < last && wordly[text.charCodeAt(end)] === 1) end += 1;
  // The last letter may have an accent, and a word may go on.
  return text.charCodeAt(end) >= FIRST_COMBINING ? end - 1 : end;
}

/** Letters of one font as one unit. */
function joined(letters: readonly Glyph[]): Glyph | null {
  const [first] = letters;
  if (first === undefined) return null;
  let codes = "";
  let advance = 0;
  for (const letter of letters) {
    if (letter.font !== first.font || letter.marks !== undefined || letter.breakable) return null;
    codes += letter.codes;
    advance += letter.advance;
  }
  const { font, blank, breakable, neverFirst } = first;
  return { font, codes, advance, letters, blank, breakable, neverFirst };
}
