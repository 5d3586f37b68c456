import bidiModule from "bidi-js";
import { Failure } from "../model/failure.ts";

/**
 * The order of a text on a line (Unicode Standard Annex #9). Isolates and direction marks do what they
 * do in a messenger, and are shown; embeddings and overrides are shown and never act.
 */

/** 0 from left to right, 1 from right to left. */
export type BaseLevel = 0 | 1;

interface Bidi {
  readonly getEmbeddingLevels: (
    text: string,
    direction: "ltr" | "rtl",
  ) => { readonly levels: Uint8Array };
  readonly getBidiCharTypeName: (character: string) => string;
  readonly getMirroredCharacter: (character: string) => string | null;
}

const bidi = open(bidiModule);

function open(factory: unknown): Bidi {
  const made: unknown = typeof factory === "function" ? factory() : null;
  if (!isBidi(made)) throw new Failure("bug", "the bidi package has other members");
  return made;
}

function isBidi(value: unknown): value is Bidi {
  return (
    typeof value === "object" &&
    value !== null &&
    "getEmbeddingLevels" in value &&
    "getBidiCharTypeName" in value &&
    "getMirroredCharacter" in value
  );
}

/** Characters that must not act, those that the data of the package lacks, and line ends. */
const STAND_IN =
  /[\p{Cc}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u00ad\u200b\u202a-\u202e\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb]|[\u{10000}-\u{10ffff}]/gu;
const ARABIC_ASTRAL = /[\u{10d00}-\u{10d3f}\u{10f30}-\u{10f6f}\u{1ec70}-\u{1eeff}]/u;
const RIGHT_ASTRAL = /[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;

/** The text with every character that must not act, or is a pair of units, as one of its class. */
function classesOf(text: string): string {
  return text.replace(STAND_IN, (character) => standIn(character).repeat(character.length));
}

function standIn(character: string): string {
  if (character.length === 1) return "\ufffc";
  if (ARABIC_ASTRAL.test(character)) return "\u0627";
  if (RIGHT_ASTRAL.test(character)) return "\u05d0";
  return LETTER.test(character) ? "a" : "\ufffc";
}

/** Where a text has no strong letter up to here, it is taken as written from left to right. */
const LOOKED_AT = 4_000;

/** The direction of a message: that of its first letter outside isolates (P2 and P3). */
export function baseLevelOf(text: string): BaseLevel {
  let depth = 0;
  for (const character of classesOf(text.slice(0, LOOKED_AT))) {
    const type = bidi.getBidiCharTypeName(character);
    if (type === "LRI" || type === "RLI" || type === "FSI") depth += 1;
    else if (type === "PDI") depth = Math.max(0, depth - 1);
    else if (depth === 0 && type === "L") return 0;
    else if (depth === 0 && (type === "R" || type === "AL")) return 1;
  }
  return 0;
}

const ISOLATE = "\u2068";
const POP = "\u2069";

/**
 * Embedding levels of the parts of a paragraph, one for each code unit. Where there is more than one
 * part, each is isolated: a name cannot turn the order of what stands beside it.
 */
export function levelsOf(parts: readonly string[], base: BaseLevel): readonly Uint8Array[] {
  const isIsolated = parts.length > 1;
  const classes = parts.map((part) => {
    const own = classesOf(part);
    return isIsolated ? `${ISOLATE}${closed(own)}${POP}` : own;
  });
  const { levels } = bidi.getEmbeddingLevels(classes.join(""), base === 1 ? "rtl" : "ltr");
  const found: Uint8Array[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const start = isIsolated ? at + 1 : at;
    found.push(levels.subarray(start, start + part.length));
    at += classes[index]?.length ?? 0;
  }
  return found;
}

/** The text without ends of isolates that it did not begin, and with those that it left open ended. */
function closed(classes: string): string {
  let open = 0;
  const text = classes.replaceAll(/[\u2066-\u2069]/g, (character) => {
    if (character !== POP) {
      open += 1;
      return character;
    }
    if (open === 0) return "\ufffc";
    open -= 1;
    return character;
  });
  return text + POP.repeat(open);
}

/** What is drawn for a character from right to left: `)` for `(`. */
export function mirrored(character: string): string {
  return bidi.getMirroredCharacter(character) ?? character;
}

/** Places of the units of a line from left to right (L2), `levels` being theirs in the text's order. */
export function visualOrder(levels: readonly number[]): number[] {
  const order = levels.map((_, index) => index);
  const highest = levels.reduce((most, level) => Math.max(most, level), 0);
  for (let level = highest; level > 0; level -= 1) {
    for (let i = 0; i < order.length; i += 1) {
      let end = i;
      while (end < order.length && (levels[order[end] ?? 0] ?? 0) >= level) end += 1;
      if (end - i > 1) order.splice(i, end - i, ...order.slice(i, end).toReversed());
      if (end > i) i = end;
    }
  }
  return order;
}
