import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import type { Language } from "./language.ts";
import { nl } from "./nl.ts";
import { OTHERS } from "./others.ts";
import { pt } from "./pt.ts";
import { ru } from "./ru.ts";
import { tr } from "./tr.ts";

/** Every language at once: an export does not say its own. */
export const LANGUAGES: readonly Language[] = [en, fr, de, es, pt, it, nl, tr, ru, ...OTHERS];

const MARK = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const MARKS = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** The text without invisible marks. */
export function withoutMarks(text: string): string {
  return MARK.test(text) ? text.replace(MARKS, "") : text;
}

/** A phrase as the tables hold it: no marks, no case, no `<>`, no full stop at the end, plain spaces. */
export function phraseOf(text: string): string {
  const plain = withoutMarks(text)
    .replace(/[\u00a0\u202f]/g, " ")
    .trim();
  const inner = plain.startsWith("<") && plain.endsWith(">") ? plain.slice(1, -1).trim() : plain;
  return (inner.endsWith(".") ? inner.slice(0, -1) : inner).toLowerCase();
}

/** What a whole body of that phrase is. */
export type Meaning =
  | { readonly kind: "omitted"; readonly media: string | null }
  | { readonly kind: "deleted" };

function meanings(language: Language): [string, Meaning][] {
  return [
    ...language.omitted.map(([phrase, media]): [string, Meaning] => [
      phraseOf(phrase),
      { kind: "omitted", media },
    ]),
    ...language.deleted.map((phrase): [string, Meaning] => [phraseOf(phrase), { kind: "deleted" }]),
  ];
}

export const MEANINGS: ReadonlyMap<string, Meaning> = new Map(LANGUAGES.flatMap(meanings));
export const ATTACHED: ReadonlySet<string> = new Set(
  LANGUAGES.flatMap((language) => language.attached.map(phraseOf)),
);
export const TAGS: ReadonlySet<string> = new Set(
  LANGUAGES.flatMap((language) => language.tag.map(phraseOf)),
);
export const EDITED: ReadonlySet<string> = new Set(
  LANGUAGES.flatMap((language) => language.edited.map(phraseOf)),
);

/** Phrases by the first UTF-16 unit, so that most texts are asked nothing. */
export type ByFirst<T> = ReadonlyMap<number, readonly T[]>;

function byFirst<T>(items: readonly T[], phrase: (item: T) => string): ByFirst<T> {
  return Map.groupBy(items, (item) => phrase(item).charCodeAt(0));
}

export const OPENINGS: ByFirst<string> = byFirst(
  LANGUAGES.flatMap((language) => language.openings),
  (phrase) => phrase,
);
export const CALLS: ByFirst<Language["calls"][number]> = byFirst(
  LANGUAGES.flatMap((language) => language.calls),
  ([phrase]) => phrase,
);
export const DEEDS: readonly string[] = LANGUAGES.flatMap((language) => language.deeds);
export const QUOTING: readonly string[] = LANGUAGES.flatMap((language) => language.quoting);
export const GROUP: readonly string[] = LANGUAGES.flatMap((language) => language.group);
export const TITLES: readonly string[] = LANGUAGES.flatMap((language) => language.titles);

/**
 * Bit n of the number at a UTF-16 unit: a phrase of MEANINGS (or `null`) begins with that unit and has n
 * units, counted modulo 32; all bits where a call begins so. Most texts are known to be none by one look.
 */
const SHAPES: Int32Array = shapes();

function shapes(): Int32Array {
  const table = new Int32Array(0x10000);
  const add = (unit: number, bits: number): void => {
    table[unit] = (table[unit] ?? 0) | bits;
  };
  for (const phrase of [...MEANINGS.keys(), "null"]) {
    // the same phrase may have a capital or a full stop
    const bits = (1 << (phrase.length & 31)) | (1 << ((phrase.length + 1) & 31));
    add(phrase.charCodeAt(0), bits);
    add(phrase.toUpperCase().charCodeAt(0), bits);
  }
  for (const unit of CALLS.keys()) add(unit, -1);
  return table;
}

/** False where a body without marks or brackets that begins with `first` is surely no known phrase. */
export function mayBePhrase(text: string, first: number): boolean {
  if (text.length > 160 || text.length === 0) return false;
  return (((SHAPES[first] ?? 0) >>> (text.length & 31)) & 1) === 1;
}

/** Where the value at a UTF-16 unit is 1, a phrase of OPENINGS begins with it. */
export const OPENING_UNITS: Uint8Array = openingUnits();

function openingUnits(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const unit of OPENINGS.keys()) table[unit] = 1;
  return table;
}
