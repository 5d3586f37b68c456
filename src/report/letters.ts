import { isCombining, isJoiner, isTone, isUnseen } from "./characters.ts";
import type { FontCodes } from "./codes.ts";
import { isCursive, isUnspaced } from "./cursive.ts";
import { isEmoji, isTextPictograph } from "./emoji.ts";
import type { FaceName, Fonts } from "./fonts.ts";
import type { Glyph, Word } from "./glyph.ts";
import { drawnOf, placeBackward, placeForward } from "./place.ts";
import type { Direction, ShapedGlyph, Typeface } from "./typeface.ts";

/** Accents kept on one letter: what a hostile text piles higher would cover the lines above. */
const MAX_ACCENTS = 4;

/** Longest cluster that stays whole, in code points. */
const MAX_CLUSTER = 32;

/** Letters that are shaped together; a longer word goes on with a unit of its own. */
const MAX_WORD = 48;

/** Words remembered in one file; further and longer ones are put together each time they are met. */
const MAX_KNOWN = 20_000;
const MAX_KNOWN_LENGTH = 64;

/** The selector after a pictograph that is to be shown as an emoji. */
const EMOJI_FORM = 0xfe0f;

const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });
const words = new Intl.Segmenter("th", { granularity: "word" });

/** Where units go, and the word that is being gathered. */
interface Reading {
  readonly face: FaceName;
  readonly direction: Direction;
  readonly take: (glyph: Glyph) => void;
  typeface: Typeface | null;
  word: string;
  length: number;
}

/** Characters whose glyph depends on what stands beside them: joined scripts, accents, emoji, controls. */
export class Letters {
  readonly #fonts: Fonts;
  readonly #codes: FontCodes;
  readonly #mark: (codePoint: number) => Glyph;
  readonly #known = new Map<string, readonly Glyph[]>();
  readonly #texts = new Map<string, readonly Glyph[]>();

  constructor(fonts: Fonts, codes: FontCodes, mark: (codePoint: number) => Glyph) {
    this.#fonts = fonts;
    this.#codes = codes;
    this.#mark = mark;
  }

  /** Calls `take` for each unit of a text, in its order. */
  read(text: string, face: FaceName, direction: Direction, take: (glyph: Glyph) => void): void {
    if (text.length > MAX_KNOWN_LENGTH) return this.#read(text, face, direction, take);
    const key = `${face} ${direction} ${text}`;
    let units = this.#texts.get(key);
    if (units === undefined) {
      const read: Glyph[] = [];
      this.#read(text, face, direction, (glyph) => read.push(glyph));
      if (this.#texts.size < MAX_KNOWN) this.#texts.set(key, read);
      units = read;
    }
    for (const unit of units) take(unit);
  }

  #read(text: string, face: FaceName, direction: Direction, take: (glyph: Glyph) => void): void {
    const reading: Reading = { face, direction, take, typeface: null, word: "", length: 0 };
    for (const { segment } of clusters.segment(text)) this.#addCluster(reading, segment);
    this.#endWord(reading);
  }

  /** A word in two, each at least one cluster long. */
  halves(glyph: Glyph): readonly Glyph[] | null {
    const word = glyph.placed?.word ?? null;
    if (word === null) return null;
    const parts = Array.from(clusters.segment(word.text), ({ segment }) => segment);
    const half = Math.ceil(parts.length / 2);
    if (half === parts.length) return null;
    return [parts.slice(0, half), parts.slice(half)].map((some) =>
      this.#shaped({ ...word, text: some.join("") }),
    );
  }

  #addCluster(reading: Reading, cluster: string): void {
    if (isEmoji(cluster) && this.#addEmoji(reading, cluster)) return;
    if (isTextPictograph(cluster) && this.#addPiece(reading, cluster)) return;
    let piece = "";
    let accents = 0;
    let length = 0;
    for (const character of cluster) {
      const codePoint = character.codePointAt(0) ?? 0;
      accents = isCombining(codePoint) ? accents + 1 : 0;
      const isHidden = isUnseen(codePoint) && !(isJoiner(codePoint) && piece !== "");
      if (!isHidden && accents <= MAX_ACCENTS && length < MAX_CLUSTER) {
        piece += character;
        length += 1;
        continue;
      }
      this.#addLetter(reading, piece);
      piece = "";
      length = 0;
      if (isHidden || accents > MAX_ACCENTS) this.#addMark(reading, codePoint);
      else {
        piece = character;
        length = 1;
      }
    }
    this.#addLetter(reading, piece);
  }

  /** A pictograph or a sequence of them that a font draws as one; false where none does. */
  #addEmoji(reading: Reading, cluster: string): boolean {
    if (cluster.length > MAX_CLUSTER) return false;
    this.#endWord(reading);
    const { direction } = reading;
    for (const face of this.#fonts.chain(cluster, reading.face)) {
      const word = { text: cluster, face, direction };
      const found = this.#remembered("emoji", word, () => this.#emoji(word));
      for (const glyph of found) reading.take(glyph);
      if (found.length > 0) return true;
    }
    return false;
  }

  #emoji(word: Word): readonly Glyph[] {
    const { text, face, direction } = word;
    const found = face.shape(text, "ltr");
    const [main, ...others] = drawnOf(found);
    if (main === undefined || main.id === 0 || others.length > 0) return [];
    // A joiner that joined nothing would vanish.
    if (found.some((glyph) => glyph !== main && glyph.says[0] !== EMOJI_FORM)) return [];
    const glyphs = [{ ...main, says: codePointsOf(text) }, ...lostTones(word)];
    const { placed, advance } =
      direction === "rtl"
        ? placeBackward(this.#codes, face, glyphs, null)
        : placeForward(this.#codes, face, text, glyphs, null);
    return [{ ...unit(this.#codes.id(face)), placed, advance, breakable: true }];
  }

  /** A letter with its accents; where no font has them all, each stands for itself. */
  #addLetter(reading: Reading, piece: string): void {
    if (piece === "" || this.#addPiece(reading, piece)) return;
    for (const character of piece) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (isUnseen(codePoint) || !this.#addPiece(reading, character)) {
        this.#addMark(reading, codePoint);
      }
    }
  }

  /** False where no font has every part of it. */
  #addPiece(reading: Reading, piece: string): boolean {
    const typeface = this.#faceFor(reading, piece);
    if (typeface === null) return false;
    const { direction } = reading;
    if (typeface.joins && isCursive(piece.codePointAt(0) ?? 0)) {
      if (reading.typeface !== typeface || reading.length >= MAX_WORD) this.#endWord(reading);
      reading.typeface = typeface;
      reading.word += piece;
      reading.length += 1;
      return true;
    }
    this.#endWord(reading);
    const word = { text: piece, face: typeface, direction };
    for (const glyph of this.#remembered("cluster", word, () => this.#cluster(word)))
      reading.take(glyph);
    return true;
  }

  #faceFor({ face }: Reading, piece: string): Typeface | null {
    const wanted = codePointsOf(piece).filter((codePoint) => !isUnseen(codePoint));
    for (const typeface of this.#fonts.chain(piece, face)) {
      if (wanted.every((codePoint) => typeface.glyph(codePoint) !== null)) return typeface;
    }
    return null;
  }

  #addMark(reading: Reading, codePoint: number): void {
    this.#endWord(reading);
    reading.take(this.#mark(codePoint));
  }

  #endWord(reading: Reading): void {
    const { typeface, word: text, direction } = reading;
    reading.word = "";
    reading.length = 0;
    reading.typeface = null;
    if (typeface === null || text === "") return;
    const word = { text, face: typeface, direction };
    for (const glyph of this.#remembered("word", word, () => this.#words(word)))
      reading.take(glyph);
  }

  /** One unit for each word; scripts without blanks are parted at the ends of their words. */
  #words(word: Word): readonly Glyph[] {
    if (!isUnspaced(word.text.codePointAt(0) ?? 0)) return this.#joined(word);
    const parts = Array.from(words.segment(word.text), ({ segment }) => segment);
    return parts.flatMap((text, index) =>
      this.#joined({ ...word, text }).map((glyph) =>
        index < parts.length - 1 ? { ...glyph, breakable: true } : glyph,
      ),
    );
  }

  /** A joiner that changes no glyph would vanish: it is a mark, and parts the word. */
  #joined(word: Word): readonly Glyph[] {
    for (const [at, character] of Array.from(word.text).entries()) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (!isJoiner(codePoint)) continue;
      const before = Array.from(word.text).slice(0, at).join("");
      const after = word.text.slice(before.length + 1);
      if (looksOf(word, word.text) !== looksOf(word, before + after)) continue;
      const parts = [before, after].map((text) =>
        text === "" ? [] : this.#joined({ ...word, text }),
      );
      return [...(parts[0] ?? []), this.#mark(codePoint), ...(parts[1] ?? [])];
    }
    return [this.#shaped(word)];
  }

  /** A letter with accents, or one of a script whose font has no rules. */
  #cluster(word: Word): readonly Glyph[] {
    const composed = this.#composed(word);
    return composed === null ? this.#joined(word) : [composed];
  }

  /** One glyph for a letter and its accents, where the font has it. */
  #composed({ text, face }: Word): Glyph | null {
    const one = text.normalize("NFC");
    const found = Array.from(one).length === 1 ? face.glyph(one.codePointAt(0) ?? 0) : null;
    if (found === null) return null;
    const codes = this.#codes.of(face, found.id, found.advance, codePointsOf(text));
    return { ...unit(this.#codes.id(face)), codes, advance: found.advance };
  }

  #shaped(word: Word): Glyph {
    const { text, face, direction } = word;
    const glyphs = face.shape(text, direction);
    const { placed, advance } =
      direction === "rtl"
        ? placeBackward(this.#codes, face, glyphs, word)
        : placeForward(this.#codes, face, text, drawnOf(glyphs), word);
    return { ...unit(this.#codes.id(face)), placed, advance };
  }

  #remembered(
    kind: "emoji" | "cluster" | "word",
    word: Word,
    make: () => readonly Glyph[],
  ): readonly Glyph[] {
    const key = `${kind} ${word.face.name} ${word.direction} ${word.text}`;
    const present = this.#known.get(key);
    if (present !== undefined) return present;
    const made = make();
    if (this.#known.size < MAX_KNOWN) this.#known.set(key, made);
    return made;
  }
}

function unit(font: string): Glyph {
  return { font, codes: "", advance: 0, blank: false, breakable: false, neverFirst: false };
}

function codePointsOf(text: string): readonly number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

/** Swatches of the skin tones that a font without colours leaves out of its picture. */
function lostTones(word: Word): readonly ShapedGlyph[] {
  const characters = Array.from(word.text);
  const toneless = characters.filter((character) => !isTone(character.codePointAt(0) ?? 0));
  if (toneless.length === 0 || toneless.length === characters.length) return [];
  if (looksOf(word, word.text) !== looksOf(word, toneless.join(""))) return [];
  return characters
    .filter((character) => isTone(character.codePointAt(0) ?? 0))
    .flatMap((character) => word.face.shape(character, "ltr"))
    .map((glyph) => ({ ...glyph, says: [] }));
}

/** The glyphs of a text, by their numbers; joiners themselves draw nothing. */
function looksOf({ face, direction }: Word, text: string): string {
  return drawnOf(face.shape(text, direction))
    .map((glyph: ShapedGlyph) => glyph.id)
    .join(" ");
}
