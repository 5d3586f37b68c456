import { Failure } from "../model/failure.ts";
import type { EmbeddedFont, PdfFile, Reference } from "./pdf.ts";
import { embed } from "./pdf.ts";
import type { Typeface } from "./typeface.ts";

interface Embedding {
  readonly font: EmbeddedFont;
  readonly ref: Reference;
  readonly codes: Map<string, string>;
}

/** Codes of an Identity-H font are two bytes. */
const LAST_CODE = 0xffff;

/**
 * The fonts of one file and the codes given out in them. What a code says to a reader who copies text
 * is part of its identity: two characters that share a glyph get two codes.
 */
export class FontCodes {
  readonly #file: PdfFile;
  readonly #embedded = new Map<Typeface, Embedding>();
  readonly #refs = new Map<string, Reference>();

  constructor(file: PdfFile) {
    this.#file = file;
  }

  /** Resource name of a face in this file. */
  id(face: Typeface): string {
    return this.#embedding(face).font.id;
  }

  /** The font object behind a resource name. */
  ref(id: string): Reference {
    const ref = this.#refs.get(id);
    if (ref === undefined) throw new Failure("bug", `no font ${id} in this file`);
    return ref;
  }

  /**
   * Code of a glyph that says these code points: two bytes, as they stand in a literal string of a content
   * stream. `advance` is how far the code moves the pen, in thousandths of the font size.
   */
  of(face: Typeface, id: number, advance: number, says: readonly number[]): string {
    const { font, codes } = this.#embedding(face);
    const key = `${id} ${advance} ${says.join(" ")}`;
    const present = codes.get(key);
    if (present !== undefined) return present;
    const at = font.subset.glyphs.push(id) - 1;
    if (at > LAST_CODE) throw new Failure("bug", "a font has more characters than it has codes");
    font.widths[at] = advance;
    font.unicode[at] = [...says];
    const code = literal(at >> 8) + literal(at & 0xff);
    codes.set(key, code);
    return code;
  }

  /** A font is embedded when a text first needs it. */
  #embedding(face: Typeface): Embedding {
    const present = this.#embedded.get(face);
    if (present !== undefined) return present;
    const font = embed(this.#file, face.source);
    const embedding = { font, ref: font.ref(), codes: new Map<string, string>() };
    // pdfkit leaves the first width in the font's own units.
    font.widths[0] = ((font.widths[0] ?? 0) * 1000) / face.unitsPerEm;
    const encode = font.subset.encode.bind(font.subset);
    font.subset.encode = () => {
      const advances = font.widths.map((width) => (width * face.unitsPerEm) / 1000);
      return face.subset(font.subset.glyphs, advances) ?? encode();
    };
    this.#embedded.set(face, embedding);
    this.#refs.set(font.id, embedding.ref);
    return embedding;
  }
}

/** A byte of a literal string (ISO 32000-1 section 7.3.4.2). */
function literal(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === "\r") return "\\r";
  return character === "(" || character === ")" || character === "\\"
    ? `\\${character}`
    : character;
}
