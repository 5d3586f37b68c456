import type { Buffer } from "node:buffer";
import { Failure } from "../model/failure.ts";
import { isObject } from "../model/json.ts";
import { isCombining } from "./characters.ts";
import { embed, openPdf } from "./pdf.ts";
import { advancesOf, unpacked } from "./sfnt.ts";
import { subsetOf } from "./subset.ts";

/** A glyph of a typeface. `advance` is in thousandths of the font size. */
export interface FaceGlyph {
  readonly id: number;
  readonly advance: number;
}

/** A glyph of a shaped text, its places in thousandths of the font size. */
export interface ShapedGlyph extends FaceGlyph {
  /** What it was made of, in the order of the text; nothing where another glyph speaks for it. */
  readonly says: readonly number[];
  /** Written over or under its neighbour. */
  readonly isMark: boolean;
  /** How far the next glyph stands; `advance` is how far the glyph itself would move the pen. */
  readonly step: number;
  readonly dx: number;
  readonly dy: number;
}

export type Direction = "ltr" | "rtl";

/** A parsed font, shared by every report of a process. */
export interface Typeface {
  readonly name: string;
  /** What `embed` takes. */
  readonly source: unknown;
  /** Units of the font to its size. */
  readonly unitsPerEm: number;
  /** The font with the glyphs of one file; null where the parser has to make it. */
  readonly subset: (glyphs: readonly number[], advances: readonly number[]) => Buffer | null;
  /** False for a font without rules of its own: its letters stand side by side as they are. */
  readonly joins: boolean;
  /** Null where the font has no glyph for it. */
  readonly glyph: (codePoint: number) => FaceGlyph | null;
  /** Glyphs of a text from left to right, as the font's rules join, stack and reorder them. */
  readonly shape: (text: string, direction: Direction) => readonly ShapedGlyph[];
}

/** Texts whose shape is remembered for each font; further ones are shaped each time they are met. */
const MAX_KNOWN = 20_000;

/**
 * Parses a font.
 *
 * @param bytes a whole TrueType or OpenType font, or a WOFF
 * @throws Failure `usage` where it is not one, or has no outlines
 */
export function openTypeface(name: string, bytes: Uint8Array): Typeface {
  const file = unpacked(bytes);
  const advances = file === null ? null : advancesOf(file);
  if (file === null || advances === null) throw notAFont(name);
  const font = parse(name, file);
  const scale = 1000 / font.unitsPerEm;
  const known = new Map<string, readonly ShapedGlyph[]>();
  const shaper = shaperOf(font);
  return {
    name,
    source: font,
    unitsPerEm: font.unitsPerEm,
    subset: (glyphs, advances) => (isVaried(font) ? null : subsetOf(file, glyphs, advances)),
    joins: shaper !== null,
    glyph: (codePoint) => {
      const found = font.glyphForCodePoint(codePoint);
      return found.id === 0 ? null : { id: found.id, advance: advances(found.id) * scale };
    },
    shape: (text, direction) => {
      const key = `${direction} ${text}`;
      const present = known.get(key);
      if (present !== undefined) return present;
      const glyphs = shape(font, shaper, advances, text, direction);
      if (known.size < MAX_KNOWN) known.set(key, glyphs);
      return glyphs;
    },
  };
}

function parse(name: string, bytes: Uint8Array): ParsedFont {
  const file = openPdf({ CreationDate: new Date(0) }, "en");
  let font: unknown;
  try {
    font = embed(file, bytes).font;
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw notAFont(name);
  }
  if (!isParsedFont(font)) throw new Failure("bug", "the font parser has other members");
  const tables = font.directory.tables;
  // A font of coloured pictures has no outlines that a page could embed.
  if (tables["glyf"] === undefined && tables["CFF "] === undefined) throw notAFont(name);
  return font;
}

/** A variable font's outlines come out of several tables. */
function isVaried(font: ParsedFont): boolean {
  return font.directory.tables["gvar"] !== undefined;
}

function notAFont(name: string): Failure {
  return new Failure("usage", `not a font that can be embedded: ${name}`, [
    "give a TrueType or OpenType font with outlines, or a WOFF; not WOFF2, not a collection",
  ]);
}

/**
 * The shaper's own records of the glyphs it gives. The run that fontkit returns does not have them: its
 * glyph objects are shared by all places where a glyph stands, and so cannot say what each is made of.
 */
function shaperOf(font: ParsedFont): Shaper | null {
  const { engine } = font["_layoutEngine"];
  if (engine === undefined || engine === null) return null;
  if (!isShaper(engine)) throw new Failure("bug", "the font shaper has other members");
  return engine;
}

function shape(
  font: ParsedFont,
  shaper: Shaper | null,
  advances: (glyph: number) => number,
  text: string,
  direction: Direction,
): readonly ShapedGlyph[] {
  const scale = 1000 / font.unitsPerEm;
  const letters = lettersOf(font, advances, text);
  if (shaper === null) {
    const placed = letters.map((letter) => unshaped(letter, scale));
    return direction === "rtl" ? placed.toReversed() : placed;
  }
  const shaped: { records: readonly GlyphRecord[] } = { records: [] };
  const cleanup = shaper.cleanup;
  shaper.cleanup = () => {
    shaped.records = shaper.glyphInfos;
    cleanup.call(shaper);
  };
  const { positions } = font.layout(letters, undefined, undefined, undefined, direction);
  shaper.cleanup = cleanup;
  const records = direction === "rtl" ? shaped.records.toReversed() : shaped.records;
  return records.map((record, index) => ({
    id: record.id,
    says: [...record.codePoints],
    isMark: record.isMark,
    advance: advances(record.id) * scale,
    step: (positions[index]?.xAdvance ?? 0) * scale,
    dx: (positions[index]?.xOffset ?? 0) * scale,
    dy: (positions[index]?.yOffset ?? 0) * scale,
  }));
}

/** A character with the variation selector that picks its glyph. */
const LETTER = /.[\ufe00-\ufe0f]?/gsu;

/** Glyphs before shaping, each with what it says here. */
function lettersOf(
  font: ParsedFont,
  advances: (glyph: number) => number,
  text: string,
): readonly FontGlyph[] {
  return (text.match(LETTER) ?? []).map((letter) => {
    const codePoints = Array.from(letter, (character) => character.codePointAt(0) ?? 0);
    const [first = 0] = codePoints;
    const glyph =
      codePoints.length === 1 ? font.glyphForCodePoint(first) : font.glyphsForString(letter)[0];
    const id = glyph?.id ?? 0;
    return { id, advanceWidth: advances(id), codePoints, isMark: isCombining(first) };
  });
}

/** An accent of a font without rules is drawn over the letter before it. */
function unshaped(letter: FontGlyph, scale: number): ShapedGlyph {
  const { id, codePoints, isMark } = letter;
  const advance = letter.advanceWidth * scale;
  const [step, dx] = isMark ? [0, -advance] : [advance, 0];
  return { id, says: codePoints, isMark, advance, step, dx, dy: 0 };
}

/** The members of fontkit that a typeface stands on; they are looked at before they are used. */
interface ParsedFont {
  readonly unitsPerEm: number;
  readonly directory: { readonly tables: Readonly<Record<string, unknown>> };
  readonly glyphForCodePoint: (codePoint: number) => FontGlyph;
  readonly glyphsForString: (text: string) => readonly FontGlyph[];
  readonly layout: (
    glyphs: readonly FontGlyph[],
    features?: undefined,
    script?: undefined,
    language?: undefined,
    direction?: Direction,
  ) => { readonly positions: readonly Position[] };
  readonly _layoutEngine: { readonly engine?: unknown };
}

interface GlyphRecord {
  readonly id: number;
  readonly codePoints: readonly number[];
  readonly isMark: boolean;
}

interface FontGlyph extends GlyphRecord {
  readonly advanceWidth: number;
}

interface Position {
  readonly xAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

interface Shaper {
  readonly glyphInfos: readonly GlyphRecord[];
  cleanup: () => void;
}

function isParsedFont(value: unknown): value is ParsedFont {
  return (
    isObject(value) &&
    typeof value["unitsPerEm"] === "number" &&
    isObject(value["directory"]) &&
    isObject(value["directory"]["tables"]) &&
    isObject(value["_layoutEngine"]) &&
    ["glyphForCodePoint", "glyphsForString", "layout"].every(
      (name) => typeof value[name] === "function",
    )
  );
}

function isShaper(value: object): value is Shaper {
  return "glyphInfos" in value && "cleanup" in value && typeof value.cleanup === "function";
}
