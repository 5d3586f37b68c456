import type { ListedCommand } from "../index.ts";
import { EVERYWHERE } from "./common.ts";
import { flagOf } from "./parameter.ts";

/** Command line split at the command's name. */
export interface Looked {
  /** Null where no command has this name. */
  readonly listed: ListedCommand | null;
  /** The name as typed, one word or two; empty where none was. */
  readonly name: string;
  /** Everything but the name: the command's own line. */
  readonly rest: readonly string[];
}

/**
 * Finds the command that a line calls. The switches that every command has may stand before the name.
 */
export function lookUp(commands: readonly ListedCommand[], argv: readonly string[]): Looked {
  const start = argv.findIndex((word) => !SWITCHES.has(word));
  if (start < 0) return { listed: null, name: "", rest: argv };
  const leading = argv.slice(0, start);
  for (const words of [2, 1]) {
    const name = argv.slice(start, start + words).join(" ");
    const listed = commands.find((one) => one.name === name);
    if (listed) return { listed, name, rest: [...leading, ...argv.slice(start + words)] };
  }
  return {
    listed: null,
    name: nameTyped(commands, argv.slice(start)),
    rest: [...leading, ...argv.slice(start + 1)],
  };
}

/** The commands of a group: `key` has `key init` and `key list`. */
export function groupOf(
  commands: readonly ListedCommand[],
  group: string,
): readonly ListedCommand[] {
  return commands.filter((one) => one.name.startsWith(`${group} `));
}

/** The nearest names to a mistyped one, at most three, best first. */
export function nearest(names: readonly string[], typed: string): readonly string[] {
  return names
    .map((name) => ({ name, distance: distance(name, typed.slice(0, 40)) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

const SWITCHES: ReadonlySet<string> = new Set([...Object.keys(EVERYWHERE).map(flagOf), "-h"]);

function nameTyped(commands: readonly ListedCommand[], words: readonly string[]): string {
  const [first = "", second] = words;
  const isGroup = groupOf(commands, first).length > 0;
  return isGroup && second !== undefined && !second.startsWith("-") ? `${first} ${second}` : first;
}

/** Letters to insert, drop or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
