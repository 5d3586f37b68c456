import type { BaseLevel } from "./bidi.ts";
import { baseLevelOf, levelsOf } from "./bidi.ts";
import { goesOn } from "./characters.ts";
import type { Span } from "./span.ts";

/** Text of one span and one level. */
export interface LevelRun {
  readonly span: Span;
  readonly text: string;
  readonly level: number;
}

/** What stands between two line feeds, its runs in the order of the text. */
export interface Paragraph {
  readonly base: BaseLevel;
  readonly runs: readonly LevelRun[];
}

/** The algorithm looks back from each number: a longer text is ordered in pieces, cut at blanks. */
const LONGEST = 4_000;

/** Between two facts of a line that the report writes. */
const SEPARATOR = " · ";

/** Splits spans at their line feeds and gives each part its level. */
export function* paragraphsOf(spans: readonly Span[]): Generator<Paragraph> {
  const [only] = spans;
  const isAuto = spans.length === 1 && only?.direction === "auto";
  const base = isAuto ? baseLevelOf(only.text) : 0;
  let parts: Part[] = [];
  for (const span of spans) {
    for (const [index, line] of span.text.split(/\r?\n/).entries()) {
      if (index > 0) {
        yield { base, runs: runsOf(parts, base) };
        parts = [];
      }
      parts.push(...(isAuto ? cut(line) : fields(line)).map((text) => ({ span, text })));
    }
  }
  yield { base, runs: runsOf(parts, base) };
}

interface Part {
  readonly span: Span;
  readonly text: string;
}

function fields(line: string): string[] {
  const found = line.split(SEPARATOR);
  return found.flatMap((field, index) => [...(index > 0 ? [SEPARATOR] : []), ...cut(field)]);
}

function cut(text: string): string[] {
  const pieces: string[] = [];
  let at = 0;
  while (text.length - at > LONGEST) {
    const blank = text.lastIndexOf(" ", at + LONGEST);
    const isPair = (text.codePointAt(at + LONGEST - 1) ?? 0) > 0xffff;
    const end = blank > at ? blank + 1 : at + LONGEST - (isPair ? 1 : 0);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return [...pieces, text.slice(at)];
}

function runsOf(parts: readonly Part[], base: BaseLevel): readonly LevelRun[] {
  const total = parts.reduce((sum, { text }) => sum + text.length, 0);
  const levels =
    total <= LONGEST
      ? levelsOf(
          parts.map(({ text }) => text),
          base,
        )
      : parts.map(({ text }) => levelsOf([text], base)[0] ?? new Uint8Array());
  return parts.flatMap((part, index) => splitAtLevels(part, levels[index] ?? new Uint8Array()));
}

/** Runs of one level; what belongs to the character before it has that one's level. */
function splitAtLevels({ span, text }: Part, levels: Uint8Array): LevelRun[] {
  const [first] = levels;
  if (first === undefined) return [];
  if (levels.every((level) => level === first)) return [{ span, text, level: first }];
  const runs: LevelRun[] = [];
  let start = 0;
  let level = first;
  for (const [index, own] of levels.entries()) {
    if (own === level || goesOn(text, index)) continue;
    runs.push({ span, text: text.slice(start, index), level });
    start = index;
    level = own;
  }
  return [...runs, { span, text: text.slice(start), level }];
}
