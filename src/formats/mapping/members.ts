import { Failure } from "../../model/failure.ts";
import { isObject } from "../../model/json.ts";

/** A JSON object of the mapping file, and where it stands, so that every complaint names its member. */
export interface Members {
  readonly path: string;
  readonly values: Record<string, unknown>;
}

/** The refusal of one member: `mapping: time.pattern: ...`. */
export function wrong(path: string, what: string, hints: readonly string[] = []): Failure {
  return new Failure(
    "usage",
    path === "" ? `mapping: ${what}` : `mapping: ${path}: ${what}`,
    hints,
  );
}

/**
 * The object's members, if none is unknown: a misspelt member is refused, not ignored.
 *
 * @throws Failure `usage`
 */
export function membersOf(value: unknown, path: string, known: readonly string[]): Members {
  if (!isObject(value)) throw wrong(path, "must be an object");
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw wrong(join(path, name), "no such member", [`known here: ${known.join(", ")}`]);
    }
  }
  return { path, values: value };
}

/** Path of a member, for complaints. */
export function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** The value of a member, with its path. */
export function member(members: Members, name: string): { value: unknown; path: string } {
  const value = Object.hasOwn(members.values, name) ? members.values[name] : undefined;
  return { value, path: join(members.path, name) };
}

/** A string member; `fallback` where it is absent, a refusal where there is no fallback. */
export function textMember(members: Members, name: string, fallback?: string): string {
  const { value, path } = member(members, name);
  if (value === undefined && fallback !== undefined) return fallback;
  if (typeof value !== "string") throw wrong(path, "must be a string");
  return value;
}

/** One of the words of a list. */
export function wordMember<W extends string>(
  members: Members,
  name: string,
  words: readonly W[],
  fallback?: W,
): W {
  const { value, path } = member(members, name);
  if (value === undefined && fallback !== undefined) return fallback;
  const found = words.find((word) => word === value);
  if (found === undefined) throw wrong(path, `must be one of ${words.join(", ")}`);
  return found;
}

export function booleanMember(members: Members, name: string, fallback: boolean): boolean {
  const { value, path } = member(members, name);
  if (value === undefined) return fallback;
  if (typeof value !== "boolean") throw wrong(path, "must be true or false");
  return value;
}

/** An integer from 0 to `most`. */
export function countMember(
  members: Members,
  name: string,
  fallback: number,
  most: number,
): number {
  const { value, path } = member(members, name);
  if (value === undefined) return fallback;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > most) {
    throw wrong(path, `must be a whole number from 0 to ${most}`);
  }
  return value;
}
