import type { Command } from "../command.ts";
import type { ListedCommand } from "../index.ts";
import { EVERYWHERE } from "./common.ts";
import { SHORT } from "./help.ts";
import { flagOf } from "./parameter.ts";

/** A command with its declaration at hand: what every generator reads. */
export interface TableEntry {
  readonly listed: ListedCommand;
  readonly command: Command;
}

/** Loads every command of the list, in its order. */
export async function loadTable(
  commands: readonly ListedCommand[],
): Promise<readonly TableEntry[]> {
  return Promise.all(commands.map(async (listed) => ({ listed, command: await listed.load() })));
}

/** One flag as a shell sees it. */
export interface ShellFlag {
  /** `--date-order`. */
  readonly long: string;
  /** `-o`, or null. */
  readonly short: string | null;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** The flags of a command and those every command has. */
export function shellFlags(command: Command): readonly ShellFlag[] {
  return Object.entries({ ...command.parameters, ...EVERYWHERE })
    .filter(([, parameter]) => parameter.place === "flag")
    .map(([key, { description, placeholder, choices }]) => ({
      long: flagOf(key),
      short: SHORT[key] ?? null,
      description,
      takesValue: placeholder !== null,
      choices,
    }));
}

/** The values of a command's first argument, where they are a closed set. */
export function argumentChoices(command: Command): readonly string[] {
  const first = Object.values(command.parameters).find(({ place }) => place === "argument");
  return first?.choices ?? [];
}

/** First words of the list, each once: `key` for `key init` and `key list`. */
export function firstWords(table: readonly TableEntry[]): readonly string[] {
  const words = table.map(({ listed }) => listed.name.split(" ")[0] ?? "");
  return [...new Set([...words, "help"])];
}

/** Groups with their second words. */
export function groups(
  table: readonly TableEntry[],
): ReadonlyMap<string, readonly { readonly word: string; readonly summary: string }[]> {
  const found = new Map<string, { word: string; summary: string }[]>();
  for (const { listed } of table) {
    const [first = "", word] = listed.name.split(" ");
    if (word === undefined) continue;
    found.set(first, [...(found.get(first) ?? []), { word, summary: listed.summary }]);
  }
  return found;
}
