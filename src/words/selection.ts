import type { Language } from "../model/production.ts";
import { selectionEn } from "./selection.en.ts";
import { selectionFr } from "./selection.fr.ts";

/** How a selection, the reading of times and the limits of a bundle are put in one language. */
export interface SelectionWords {
  /** Between alternatives, with its blanks. */
  readonly or: string;
  readonly all: string;
  /** Before the conditions. */
  readonly some: string;
  // labels of the conditions, each before its value
  readonly query: string;
  readonly from: string;
  readonly to: string;
  /** Before a last day that is taken whole. */
  readonly toDay: string;
  readonly zone: string;
  readonly accounts: string;
  readonly conversations: string;
  readonly exhibits: string;
  readonly kinds: string;
  readonly tags: string;
  // how far it was widened
  readonly exact: string;
  readonly whole: string;
  readonly context: (rows: number) => string;
  /** How times were read, for the cover sheet. */
  readonly timeRules: readonly string[];
  /** What the reader must not conclude. */
  readonly limits: readonly string[];
}

const CATALOGUES: Readonly<Record<Language, SelectionWords>> = { en: selectionEn, fr: selectionFr };

/** The words of a language. */
export function selectionWords(language: Language): SelectionWords {
  return CATALOGUES[language];
}
