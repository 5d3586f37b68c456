import type { TimePrecision } from "../../model/time.ts";
import { civilReading, type CivilFields, type CivilReader } from "./civil.ts";
import { readOffset } from "./offset.ts";
import { wrong } from "./members.ts";

/** Part of a time that a run of letters in a pattern stands for. */
type Part =
  | "year"
  | "month"
  | "day"
  | "hour"
  | "minute"
  | "second"
  | "fraction"
  | "half"
  | "offset";

interface Token {
  readonly letters: string;
  readonly part: Part;
  /** Fewest and most characters it takes. */
  readonly least: number;
  readonly most: number;
}

function token(letters: string, part: Part, least: number, most: number): Token {
  return { letters, part, least, most };
}

/** The pattern language, longest letters first. */
const TOKENS: readonly Token[] = [
  token("YYYY", "year", 4, 4),
  token("SSS", "fraction", 1, 9),
  token("YY", "year", 2, 2),
  token("MM", "month", 2, 2),
  token("DD", "day", 2, 2),
  token("HH", "hour", 2, 2),
  token("hh", "hour", 2, 2),
  token("mm", "minute", 2, 2),
  token("ss", "second", 2, 2),
  token("M", "month", 1, 2),
  token("D", "day", 1, 2),
  token("H", "hour", 1, 2),
  token("h", "hour", 1, 2),
  token("m", "minute", 1, 2),
  token("s", "second", 1, 2),
  token("A", "half", 2, 2),
  token("Z", "offset", 1, 6),
];

type Step = Token | string;

/**
 * Compiles a pattern such as `DD/MM/YYYY HH:mm`: the letters above, `T` and text in square brackets as
 * they stand, any other letter refused.
 *
 * @throws Failure `usage` naming `path`
 */
export function compilePattern(pattern: string, path: string): CivilReader {
  const steps = stepsOf(pattern, path);
  const tokens = steps.filter((step) => typeof step !== "string");
  checkTokens(tokens, path);
  const precision = precisionOf(tokens);
  const twelveHours = tokens.some((step) => step.part === "half");
  return (text) => {
    const fields = readSteps(steps, text);
    if (fields === null) return null;
    if (twelveHours && !applyHalf(fields)) return null;
    return civilReading(fields, precision);
  };
}

function stepsOf(pattern: string, path: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length;) {
    const found = TOKENS.find((candidate) => pattern.startsWith(candidate.letters, at));
    if (found !== undefined) {
      steps.push(found);
      at += found.letters.length;
    } else if (pattern.charAt(at) === "[") {
      const close = pattern.indexOf("]", at);
      if (close === -1) throw wrong(path, "a square bracket is not closed");
      steps.push(pattern.slice(at + 1, close));
      at = close + 1;
    } else {
      steps.push(literalOf(pattern.charAt(at), path));
      at += 1;
    }
  }
  return steps;
}

function literalOf(character: string, path: string): string {
  if (character === "T" || !/\p{L}/u.test(character)) return character;
  throw wrong(path, `unknown letter ${character}`, [
    "letters are YYYY YY MM M DD D HH H hh h mm m ss s SSS A Z; write other text in [square brackets]",
    "or name a whole notation: iso, epoch-s, epoch-ms, epoch-us",
  ]);
}

function checkTokens(tokens: readonly Token[], path: string): void {
  const parts = tokens.map((step) => step.part);
  const twice = parts.find((part, index) => parts.indexOf(part) !== index);
  if (twice !== undefined) throw wrong(path, `names the ${twice} twice`);
  const needs: readonly (readonly [Part, readonly Part[]])[] = [
    ["minute", ["hour"]],
    ["second", ["minute"]],
    ["fraction", ["second"]],
    ["half", ["hour"]],
  ];
  for (const part of ["year", "month", "day"] as const) {
    if (!parts.includes(part)) throw wrong(path, `names no ${part}`);
  }
  for (const [part, others] of needs) {
    const missing = parts.includes(part)
      ? others.find((other) => !parts.includes(other))
      : undefined;
    if (missing !== undefined) throw wrong(path, `names the ${part} but no ${missing}`);
  }
  const clock = tokens.find((step) => step.part === "hour")?.letters.startsWith("h");
  if (clock !== undefined && clock !== parts.includes("half")) {
    throw wrong(path, "hh and h go with A (AM or PM), HH and H without it");
  }
}

function precisionOf(tokens: readonly Token[]): TimePrecision {
  const has = (part: Part): boolean => tokens.some((step) => step.part === part);
  if (has("fraction")) return "millisecond";
  if (has("second")) return "second";
  return has("hour") ? "minute" : "day";
}

interface PatternFields extends CivilFields {
  half: string;
}

function readSteps(steps: readonly Step[], text: string): PatternFields | null {
  const fields = emptyFields();
  let at = 0;
  for (const step of steps) {
    if (typeof step === "string") {
      if (!text.startsWith(step, at)) return null;
      at += step.length;
      continue;
    }
    const end = endOf(step, text, at);
    if (end - at < step.least || !store(fields, step, text.slice(at, end))) return null;
    at = end;
  }
  return at === text.length ? fields : null;
}

function emptyFields(): PatternFields {
  return {
    year: 0,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: "",
    half: "",
    offset: null,
  };
}

function endOf(step: Token, text: string, start: number): number {
  const limit = Math.min(text.length, start + step.most);
  if (step.part === "half") return limit;
  let at = start;
  while (at < limit && (isDigit(text.charCodeAt(at)) || isOffset(step, text.charAt(at)))) at += 1;
  return at;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isOffset(step: Token, character: string): boolean {
  return step.part === "offset" && character !== "" && "+-:Z".includes(character);
}

function store(fields: PatternFields, { part, letters }: Token, value: string): boolean {
  if (part === "offset") {
    fields.offset = readOffset(value);
    return fields.offset !== null;
  }
  if (part === "half" || part === "fraction") fields[part] = value;
  else fields[part] = Number(value) + (letters === "YY" ? centuryOf(Number(value)) : 0);
  return true;
}

/** Two digits from 70 are of the last century, as POSIX has it (69 there). */
function centuryOf(year: number): number {
  return year >= 70 ? 1900 : 2000;
}

/** Turns the hour of a twelve-hour clock into that of a day. */
function applyHalf(fields: PatternFields): boolean {
  const half = fields.half.toUpperCase();
  if ((half !== "AM" && half !== "PM") || fields.hour < 1 || fields.hour > 12) return false;
  fields.hour = (fields.hour % 12) + (half === "PM" ? 12 : 0);
  return true;
}
