import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isEmoji } from "./emoji.ts";
import type { Typeface } from "./typeface.ts";
import { openTypeface } from "./typeface.ts";

/** The looks of the report's own text. */
export type FaceName = "regular" | "bold" | "oblique" | "mono";

/** The fonts of a report. Each is opened when a text first needs it, and once in a process. */
export interface Fonts {
  readonly face: (name: FaceName) => Typeface;
  /** Fonts for a cluster of characters in the order they are tried; the last covers the whole BMP. */
  readonly chain: (cluster: string, face: FaceName) => Iterable<Typeface>;
}

const FACES: Readonly<Record<FaceName, string>> = {
  regular: "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  bold: "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
  oblique: "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf",
  mono: "dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf",
};

const EMOJI = "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf";
const EVERYTHING = "@fontsource/unifont/files/unifont-latin-400-normal.woff";

/** Scripts with a font of their own; a WOFF2 would make the font parser fail on compound glyphs. */
const SCRIPTS: readonly (readonly [first: number, last: number, script: string])[] = [
  [0x0530, 0x058f, "armenian"],
  [0x0590, 0x05ff, "hebrew"],
  [0x0600, 0x06ff, "arabic"],
  [0x0750, 0x077f, "arabic"],
  [0x0870, 0x08ff, "arabic"],
  [0x0900, 0x097f, "devanagari"],
  [0x0980, 0x09ff, "bengali"],
  [0x0b80, 0x0bff, "tamil"],
  [0x0e00, 0x0e7f, "thai"],
  [0x10a0, 0x10ff, "georgian"],
  [0x1c90, 0x1cbf, "georgian"],
  [0x1cd0, 0x1cff, "devanagari"],
  [0x2d00, 0x2d2f, "georgian"],
  [0xa8e0, 0xa8ff, "devanagari"],
  [0xfb13, 0xfb17, "armenian"],
  [0xfb1d, 0xfb4f, "hebrew"],
  [0xfb50, 0xfdff, "arabic"],
  [0xfe70, 0xfefc, "arabic"],
];

/** From here on a font that the user adds goes before those of the report. */
const FIRST_FOREIGN = 0x0530;

const opened = new Map<string, Typeface>();

/**
 * The report's fonts: DejaVu Sans for Latin, Greek, Cyrillic and symbols, Noto Sans for other scripts,
 * Noto Emoji, and Unifont for what is left.
 *
 * @param added fonts of the user's, tried first for every other script and last but one for the first
 * @throws Failure `usage` where one of them is not a font that can be embedded
 */
export function loadFonts(added: readonly AddedFont[] = []): Fonts {
  const own = added.map(({ name, bytes }) => openTypeface(name, bytes));
  return {
    face: (name) => open(FACES[name]),
    chain: (cluster, face) => chainOf(cluster, face, own),
  };
}

/** A font file of the user's: the whole file, and the name to call it by where it is refused. */
export interface AddedFont {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function* chainOf(cluster: string, face: FaceName, own: readonly Typeface[]): Iterable<Typeface> {
  const first = cluster.codePointAt(0) ?? 0;
  if (isEmoji(cluster)) {
    yield* own;
    yield open(EMOJI);
  }
  const isForeign = first >= FIRST_FOREIGN && !isShared(first);
  if (isForeign) {
    yield* own;
    const script = SCRIPTS.find(([from, to]) => first >= from && first <= to)?.[2];
    if (script !== undefined) yield open(scriptFile(script));
  }
  yield open(FACES[face]);
  if (face !== "regular") yield open(FACES.regular);
  if (!isForeign) yield* own;
  yield open(EMOJI);
  yield open(EVERYTHING);
}

/** Latin and Greek supplements, punctuation and symbols: characters of no foreign script. */
function isShared(codePoint: number): boolean {
  return codePoint >= 0x1d00 && codePoint <= 0x2bff;
}

/** Opens every font of the report, and names their files. */
export function fontNames(): readonly string[] {
  const scripts = new Set(SCRIPTS.map(([, , script]) => scriptFile(script)));
  return [...Object.values(FACES), ...scripts, EMOJI, EVERYTHING].map(
    (path) => open(path).name.split("/").at(-1) ?? path,
  );
}

function scriptFile(script: string): string {
  return `@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-400-normal.woff`;
}

function open(path: string): Typeface {
  const present = opened.get(path);
  if (present !== undefined) return present;
  const { resolve } = createRequire(import.meta.url);
  const face = openTypeface(path, readFileSync(resolve(path)));
  opened.set(path, face);
  return face;
}
