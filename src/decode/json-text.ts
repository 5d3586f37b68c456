import type { Json, JsonObject } from "../model/json.ts";

/** A value that a text holds whole; `flags` tells what of it no value can carry as written. */
export interface JsonReading {
  readonly value: Json;
  readonly flags: readonly JsonFlag[];
}

/**
 * - `lone-surrogate`: half a character, shown as U+FFFD
 * - `exact-number`: a number that IEEE 754 would change is kept as its source text
 */
export type JsonFlag = "lone-surrogate" | "exact-number";

/** `syntax`: no JSON value; `too-deep`: beyond the limit; `duplicate-member`: readers would disagree. */
export type JsonFault = "syntax" | "too-deep" | "duplicate-member";

/** Beyond this many levels a value is hostile. */
export const DEPTH_LIMIT = 512;

const PLAIN: readonly JsonFlag[] = [];

/** Reads one complete JSON text (RFC 8259). */
export function readJsonText(text: string): JsonReading | JsonFault {
  const shape = shapeOf(text);
  if (shape.depth > DEPTH_LIMIT) return "too-deep";
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return "syntax";
  }
  const tally: Tally = { members: 0, lone: false, inexact: false };
  count(value, tally);
  if (tally.members !== shape.members) return "duplicate-member";
  const flags: JsonFlag[] = [];
  if (tally.inexact) {
    const exact = withExactNumbers(text);
    value = exact.value;
    if (exact.kept) flags.push("exact-number");
  }
  if (tally.lone) flags.push("lone-surrogate");
  return { value: tally.lone ? wellFormed(value) : value, flags: flags.length > 0 ? flags : PLAIN };
}

interface Shape {
  readonly depth: number;
  /** Colons outside strings: as many as members were written, where the text is JSON at all. */
  readonly members: number;
}

/** What the text says before it is parsed, since the parser keeps the last of two equal names. */
function shapeOf(text: string): Shape {
  let depth = 0;
  let level = 0;
  let members = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) at = stringEnd(text, at + 1);
    else if (unit === 0x3a) members += 1;
    else if (unit === 0x7b || unit === 0x5b) {
      level += 1;
      if (level > depth) depth = level;
    } else if (unit === 0x7d || unit === 0x5d) level -= 1;
  }
  return { depth, members };
}

/** Index of the quote that ends the string, one with an even run of backslashes before it; else the text's length. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === 0x5c) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}

interface Tally {
  members: number;
  lone: boolean;
  inexact: boolean;
}

function count(value: Json, tally: Tally): void {
  if (typeof value === "string") tally.lone ||= !value.isWellFormed();
  else if (typeof value === "number") tally.inexact ||= !Number.isSafeInteger(value);
  else if (typeof value !== "object" || value === null) return;
  else if (isArray(value)) for (const element of value) count(element, tally);
  else countMembers(value, tally);
}

function countMembers(value: JsonObject, tally: Tally): void {
  for (const name of Object.keys(value)) {
    tally.members += 1;
    tally.lone ||= !name.isWellFormed();
    const inner = value[name];
    if (inner !== undefined) count(inner, tally);
  }
}

/** Parses anew, with the source text in place of each number that IEEE 754 would change. */
function withExactNumbers(text: string): { readonly value: Json; readonly kept: boolean } {
  let kept = false;
  const keepSource = (_name: string, value: Json, context?: { readonly source?: string }): Json => {
    const source = context?.source;
    if (typeof value !== "number" || source === undefined || isExact(value, source)) return value;
    kept = true;
    return source;
  };
  const value: Json = JSON.parse(text, keepSource);
  return { value, kept };
}

/** Fifteen decimal digits survive IEEE 754 (DBL_DIG); what has more must print as it was written. */
function isExact(value: number, source: string): boolean {
  if (!Number.isFinite(value)) return false;
  const digits = source
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .replace(/^0+/, "");
  return digits.length <= 15 || String(value) === source;
}

function wellFormed(value: Json): Json {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (isArray(value)) return value.map(wellFormed);
  // fromEntries defines members, so that a name such as __proto__ stays one.
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.toWellFormed(), wellFormed(inner)]),
  );
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
