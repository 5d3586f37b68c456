import { Failure } from "../model/failure.ts";
import { isObject } from "../model/json.ts";

/**
 * JSON as RFC 8785 writes it: names sorted by UTF-16 units, numbers as ECMAScript prints them, no
 * blanks. A member that is undefined is left out.
 *
 * @throws Failure `bug` for what JSON cannot hold, NaN, an infinity or a lone surrogate (section
 *   3.2.2): such a value must be kept as source bytes, and never reaches here.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return string(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isObject(value)) return object(value);
  throw new Failure("bug", `a ${typeof value} has no canonical form`);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new Failure("bug", `${value} has no canonical form`);
  return JSON.stringify(value);
}

function string(value: string): string {
  if (!value.isWellFormed()) throw new Failure("bug", "a lone surrogate has no canonical form");
  return JSON.stringify(value);
}

function object(value: Record<string, unknown>): string {
  const members: string[] = [];
  for (const name of Object.keys(value).toSorted(byUnits)) {
    const member = value[name];
    if (member !== undefined) members.push(`${string(name)}:${canonical(member)}`);
  }
  return `{${members.join(",")}}`;
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
