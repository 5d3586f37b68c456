import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Failure } from "../model/failure.ts";
import { isObject } from "../model/json.ts";
import { embed, openPdf } from "./pdf.ts";

/** A glyph of a typeface. `advance` is in thousandths of the font size. */
export interface FaceGlyph {
  readonly id: number;
  readonly advance: number;
}

/** A parsed font, shared by every report of a process. */
export interface Typeface {
  readonly name: string;
  /** What `embed` takes. */
  readonly source: unknown;
  /** Null where the font has no glyph for it. */
  readonly glyph: (codePoint: number) => FaceGlyph | null;
}

export type FaceName = "regular" | "bold" | "oblique" | "mono";

export type Fonts = Readonly<Record<FaceName, Typeface>>;

const FILES: Readonly<Record<FaceName, string>> = {
  regular: "DejaVuSans.ttf",
  bold: "DejaVuSans-Bold.ttf",
  oblique: "DejaVuSans-Oblique.ttf",
  mono: "DejaVuSansMono.ttf",
};

let shared: Fonts | null = null;

/** The DejaVu faces, read and parsed once in a process: parsing costs more than a short report. */
export function loadFonts(): Fonts {
  shared ??= {
    regular: openFace("regular"),
    bold: openFace("bold"),
    oblique: openFace("oblique"),
    mono: openFace("mono"),
  };
  return shared;
}

function openFace(name: FaceName): Typeface {
  const { resolve } = createRequire(import.meta.url);
  const bytes = readFileSync(resolve(`dejavu-fonts-ttf/ttf/${FILES[name]}`));
  const file = openPdf({ CreationDate: new Date(0) }, "en");
  const source = embed(file, bytes).font;
  if (!isParsedFont(source)) throw new Failure("bug", "the font parser has other members");
  const scale = 1000 / source.unitsPerEm;
  return {
    name: FILES[name],
    source,
    glyph: (codePoint) => {
      const found = source.glyphForCodePoint(codePoint);
      return found.id === 0 ? null : { id: found.id, advance: found.advanceWidth * scale };
    },
  };
}

interface ParsedFont {
  readonly unitsPerEm: number;
  readonly glyphForCodePoint: (codePoint: number) => {
    readonly id: number;
    readonly advanceWidth: number;
  };
}

function isParsedFont(value: unknown): value is ParsedFont {
  return (
    isObject(value) &&
    typeof value["unitsPerEm"] === "number" &&
    typeof value["glyphForCodePoint"] === "function"
  );
}
