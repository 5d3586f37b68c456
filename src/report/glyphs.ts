import { isCombining, isUnseen, markOf } from "./characters.ts";
import type { EmbeddedFont, PdfFile, Reference } from "./pdf.ts";
import { embed } from "./pdf.ts";
import type { FaceName, Fonts } from "./typeface.ts";

/** One unit of a line that is never parted: a letter with its accents, a blank, or a visible mark. */
export interface Glyph {
  /** Resource name of the font in this file. */
  readonly font: string;
  /** Codes in that font, four hexadecimal digits each. */
  readonly codes: string;
  /** In thousandths of the text's size. */
  readonly advance: number;
  /** Set for the mark of a character that is not drawn. */
  readonly marks?: number;
  /** A line may end after it. */
  readonly breakable: boolean;
  readonly blank: boolean;
}

/** The mark of a character that is not drawn is this much smaller than the text around it. */
export const MARK_SCALE = 0.74;

/** Accents kept on one letter; what a hostile text piles higher starts a cluster of its own. */
const MAX_MARKS = 8;

const LINE_FEED = 0x0a;

/** Below this, letters are looked up by their code unit. */
const PLAIN = 0x250;
const FIRST_COMBINING = 0x300;

/**
 * The glyphs of one file. Every cluster gets a code of its own, even where two share a glyph, so that
 * text copied out of the page is the text that went in.
 */
export interface GlyphBook {
  /** Calls `take` for each cluster of `text`, null for a line break (LF or CR LF). */
  readonly read: (text: string, face: FaceName, take: (glyph: Glyph | null) => void) => void;
  readonly fontRef: (font: string) => Reference;
  /** Characters that were not drawn, by code point, with how often each was met. */
  readonly substituted: ReadonlyMap<number, number>;
}

const FALLBACK: Readonly<Record<FaceName, readonly FaceName[]>> = {
  regular: ["regular"],
  bold: ["bold", "regular"],
  oblique: ["oblique", "regular"],
  mono: ["mono", "regular"],
};

/** A glyph book for one file; fonts are embedded when a text first needs them. */
export function openGlyphBook(file: PdfFile, fonts: Fonts): GlyphBook {
  const embedded = new Map<FaceName, EmbeddedFont>();
  const refs = new Map<string, Reference>();
  const substituted = new Map<number, number>();
  const known: Record<FaceName, Map<string, Glyph>> = {
    regular: new Map(),
    bold: new Map(),
    oblique: new Map(),
    mono: new Map(),
  };

  const plain: Record<FaceName, (Glyph | undefined)[]> = {
    regular: [],
    bold: [],
    oblique: [],
    mono: [],
  };

  function fontOf(face: FaceName): EmbeddedFont {
    const present = embedded.get(face);
    if (present !== undefined) return present;
    const font = embed(file, fonts[face].source);
    embedded.set(face, font);
    refs.set(font.id, font.ref());
    return font;
  }

  function code(face: FaceName, glyph: number, advance: number, says: number[]): string {
    const font = fontOf(face);
    const at = font.subset.glyphs.push(glyph) - 1;
    font.widths[at] = advance;
    font.unicode[at] = says;
    return at.toString(16).padStart(4, "0");
  }

  /** A cluster drawn by one face of the chain, or null where none has every part of it. */
  function drawn(cluster: string, face: FaceName): Glyph | null {
    const says = Array.from(cluster, (character) => character.codePointAt(0) ?? 0);
    const composed = cluster.normalize("NFC");
    const whole = composed.length === 1 ? [composed.charCodeAt(0)] : says;
    for (const name of FALLBACK[face]) {
      const parts = whole.map((codePoint) => fonts[name].glyph(codePoint));
      if (parts.some((part) => part === null)) continue;
      let codes = "";
      let advance = 0;
      for (const [i, part] of parts.entries()) {
        if (part === null) continue;
        // A composed letter speaks for all it was made of; otherwise each part for itself.
        const speaks = parts.length === 1 ? says : [says[i] ?? 0];
        codes += code(name, part.id, part.advance, speaks);
        advance += part.advance;
      }
      const first = says[0] ?? 0;
      const blank = isBlank(first);
      const font = fontOf(name).id;
      return { font, codes, advance, blank, breakable: blank || first === HYPHEN };
    }
    return null;
  }

  function mark(codePoint: number): Glyph {
    let codes = "";
    let advance = 0;
    for (const character of markOf(codePoint)) {
      const glyph = glyphFor(character, "mono");
      codes += glyph.codes;
      advance += glyph.advance * MARK_SCALE;
    }
    const font = fontOf("mono").id;
    return { font, codes, advance, marks: codePoint, blank: false, breakable: true };
  }

  function glyphFor(cluster: string, face: FaceName): Glyph {
    const present = known[face].get(cluster);
    if (present !== undefined) return present;
    const first = cluster.codePointAt(0) ?? 0;
    const glyph = (isUnseen(first) ? null : drawn(cluster, face)) ?? mark(first);
    known[face].set(cluster, glyph);
    if (cluster.length === 1 && first < PLAIN && glyph.marks === undefined) {
      plain[face][first] = glyph;
    }
    return glyph;
  }

  /** The way most letters go: one unit, no accent after it, met before. */
  function plainGlyph(text: string, at: number, face: FaceName): Glyph | undefined {
    const unit = text.charCodeAt(at);
    if (unit >= PLAIN || text.charCodeAt(at + 1) >= FIRST_COMBINING) return undefined;
    return plain[face][unit];
  }

  function read(text: string, face: FaceName, take: (glyph: Glyph | null) => void): void {
    for (let at = 0; at < text.length;) {
      const plain = plainGlyph(text, at, face);
      if (plain !== undefined) {
        take(plain);
        at += 1;
        continue;
      }
      const first = text.codePointAt(at) ?? 0;
      if (first === LINE_FEED || (first === 0x0d && text.charCodeAt(at + 1) === LINE_FEED)) {
        at += first === LINE_FEED ? 1 : 2;
        take(null);
        continue;
      }
      const length = first > 0xffff ? 2 : 1;
      const end = clusterEnd(text, at + length);
      const whole = glyphFor(text.slice(at, end), face);
      // Where no font has the letter or one of its accents, each stands for itself.
      const alone = whole.marks !== undefined && end > at + length;
      const glyph = alone ? glyphFor(text.slice(at, at + length), face) : whole;
      if (glyph.marks !== undefined) {
        substituted.set(glyph.marks, (substituted.get(glyph.marks) ?? 0) + 1);
      }
      take(glyph);
      at = alone ? at + length : end;
    }
  }

  function fontRef(font: string): Reference {
    return refs.get(font) ?? fontOf("regular").ref();
  }

  return { read, fontRef, substituted };
}

const HYPHEN = 0x2d;

/** End of the cluster whose first character ends at `at`. */
function clusterEnd(text: string, at: number): number {
  let end = at;
  for (let marks = 0; marks < MAX_MARKS && end < text.length; marks += 1) {
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
