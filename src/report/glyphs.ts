import { isCombining, isUnseen, markOf } from "./characters.ts";
import { FontCodes } from "./codes.ts";
import type { PdfFile, Reference } from "./pdf.ts";
import type { FaceName, Fonts } from "./typeface.ts";

/** One unit of a line that is never parted: a letter with its accents, a blank, or a visible mark. */
export interface Glyph {
  /** Resource name of the font in this file. */
  readonly font: string;
  /** Codes in that font, four hexadecimal digits each. */
  readonly codes: string;
  /** In thousandths of the text's size. */
  readonly advance: number;
  /** Code point of the character that is not drawn, where this is its mark. */
  readonly marks?: number;
  /** A line may end after it. */
  readonly breakable: boolean;
  readonly blank: boolean;
}

/** The mark of a character that is not drawn is this much smaller than the text around it. */
export const MARK_SCALE = 0.74;

/** Accents kept on one letter; what a hostile text piles higher starts a cluster of its own. */
const MAX_ACCENTS = 8;

/** Clusters remembered for each face; further ones are put together each time they are met. */
const MAX_KNOWN = 20_000;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const HYPHEN = 0x2d;

/** Below this, letters are looked up by their code unit. */
const PLAIN = 0x250;
const FIRST_COMBINING = 0x300;

const FALLBACK: Readonly<Record<FaceName, readonly FaceName[]>> = {
  regular: ["regular"],
  bold: ["bold", "regular"],
  oblique: ["oblique", "regular"],
  mono: ["mono", "regular"],
};

interface Known {
  readonly plain: (Glyph | undefined)[];
  readonly clusters: Map<string, Glyph>;
}

/** The glyphs of one file: owns the fonts embedded in it, and counts what they could not draw. */
export class GlyphBook {
  readonly #fonts: Fonts;
  readonly #codes: FontCodes;
  readonly #known: Readonly<Record<FaceName, Known>>;
  readonly #substituted = new Map<number, number>();

  constructor(file: PdfFile, fonts: Fonts) {
    this.#fonts = fonts;
    this.#codes = new FontCodes(file, fonts);
    this.#known = { regular: none(), bold: none(), oblique: none(), mono: none() };
  }

  /** Characters that were not drawn, by code point, with how often each was met. */
  get substituted(): ReadonlyMap<number, number> {
    return this.#substituted;
  }

  /** The font object of a glyph's `font`. */
  fontRef(font: string): Reference {
    return this.#codes.ref(font);
  }

  /** Calls `take` for each cluster of `text` in order, with null for a line break (LF or CR LF). */
  read(text: string, face: FaceName, take: (glyph: Glyph | null) => void): void {
    const known = this.#known[face];
    for (let at = 0; at < text.length;) {
      const unit = text.charCodeAt(at);
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
        at = this.#readCluster(text, at, face, take);
      }
    }
  }

  #readCluster(text: string, at: number, face: FaceName, take: (glyph: Glyph) => void): number {
    const alone = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
    let end = clusterEnd(text, alone);
    let glyph = this.#glyph(text.slice(at, end), face);
    if (glyph.marks !== undefined && end > alone) {
      // No font has the letter with all its accents: each stands for itself.
      end = alone;
      glyph = this.#glyph(text.slice(at, end), face);
    }
    if (glyph.marks !== undefined) {
      this.#substituted.set(glyph.marks, (this.#substituted.get(glyph.marks) ?? 0) + 1);
    }
    take(glyph);
    return end;
  }

  #glyph(cluster: string, face: FaceName): Glyph {
    const { plain, clusters } = this.#known[face];
    const present = clusters.get(cluster);
    if (present !== undefined) return present;
    const first = cluster.codePointAt(0) ?? 0;
    const glyph = (isUnseen(first) ? null : this.#drawn(cluster, face)) ?? this.#mark(first);
    if (clusters.size < MAX_KNOWN) clusters.set(cluster, glyph);
    if (cluster.length === 1 && first < PLAIN && glyph.marks === undefined) plain[first] = glyph;
    return glyph;
  }

  /** A cluster drawn by one face of the chain, or null where none has every part of it. */
  #drawn(cluster: string, face: FaceName): Glyph | null {
    const says = Array.from(cluster, (character) => character.codePointAt(0) ?? 0);
    const composed = cluster.normalize("NFC");
    const isOne = composed.length === 1;
    const wanted = isOne ? [composed.charCodeAt(0)] : says;
    for (const name of FALLBACK[face]) {
      const parts = wanted.map((codePoint) => this.#fonts[name].glyph(codePoint));
      if (parts.includes(null)) continue;
      let codes = "";
      let advance = 0;
      for (const [i, part] of parts.entries()) {
        if (part === null) continue;
        // A composed letter says all that it was made of; otherwise each part speaks for itself.
        codes += this.#codes.of(name, part, isOne ? says : [says[i] ?? 0]);
        advance += part.advance;
      }
      const first = says[0] ?? 0;
      const blank = isBlank(first);
      const font = this.#codes.id(name);
      return { font, codes, advance, blank, breakable: blank || first === HYPHEN };
    }
    return null;
  }

  #mark(codePoint: number): Glyph {
    let codes = "";
    let advance = 0;
    for (const character of markOf(codePoint)) {
      const glyph = this.#glyph(character, "mono");
      codes += glyph.codes;
      advance += glyph.advance * MARK_SCALE;
    }
    const font = this.#codes.id("mono");
    return { font, codes, advance, marks: codePoint, blank: false, breakable: true };
  }
}

function none(): Known {
  return { plain: [], clusters: new Map() };
}

/** End of the cluster whose first character ends at `at`. */
function clusterEnd(text: string, at: number): number {
  let end = at;
  for (let accents = 0; accents < MAX_ACCENTS && end < text.length; accents += 1) {
    if (text.charCodeAt(end) < FIRST_COMBINING) break;
    const next = text.codePointAt(end) ?? 0;
    if (!isCombining(next) || isUnseen(next)) break;
    end += next > 0xffff ? 2 : 1;
  }
  return end;
}

/** Spaces that a line may end after; the no-break spaces of French punctuation are not among them. */
function isBlank(codePoint: number): boolean {
  return (
    codePoint === 0x20 ||
    (codePoint >= 0x2000 && codePoint <= 0x200a && codePoint !== 0x2007) ||
    codePoint === 0x205f ||
    codePoint === 0x3000
  );
}
