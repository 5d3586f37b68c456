import { EXIT_CODES, Failure } from "../../model/failure.ts";
import type { Line, Terminal } from "../../terminal/terminal.ts";
import type { ListedCommand } from "../index.ts";
import { commandHelp, exitCodeHelp, overview, VARIABLES, variableHelp } from "./help.ts";
import { groupOf, lookUp, nearest } from "./lookup.ts";

const TOPICS = ["exit-codes", "environment"];

/**
 * `exhibita help [COMMAND|exit-codes|environment]`; the help of the whole where nothing is named.
 *
 * @throws Failure `usage` for a name that is neither
 */
export async function topicHelp(
  commands: readonly ListedCommand[],
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const looked = lookUp(commands, words);
  const members = groupOf(commands, looked.name);
  if (looked.listed !== null) {
    const command = await looked.listed.load();
    return show(commandHelp(looked.listed, command, terminal.width), terminal);
  }
  if (looked.name === "exit-codes") return exitCodes(terminal);
  if (looked.name === "environment") return environment(terminal);
  if (looked.name === "") return whole(commands, terminal);
  if (members.length > 0) return whole(members, terminal);
  const near = nearest([...TOPICS, ...commands.map((one) => one.name)], looked.name);
  const hints = near.length === 0 ? [] : [`did you mean ${near.join(" or ")}?`];
  throw new Failure("usage", `no help on ${looked.name}`, [...hints, "exhibita help lists all"]);
}

function whole(commands: readonly ListedCommand[], terminal: Terminal): number {
  if (!terminal.json) return show(overview(commands, terminal.width), terminal);
  for (const { name, summary } of commands) terminal.record({ type: "command", name, summary });
  return 0;
}

function exitCodes(terminal: Terminal): number {
  if (!terminal.json) return show(exitCodeHelp(terminal.width), terminal);
  for (const code of EXIT_CODES) terminal.record({ type: "exit-code", ...code });
  return 0;
}

function environment(terminal: Terminal): number {
  if (!terminal.json) return show(variableHelp(terminal.width), terminal);
  for (const [name, meaning] of VARIABLES) terminal.record({ type: "variable", name, meaning });
  return 0;
}

function show(lines: readonly Line[], terminal: Terminal): number {
  for (const line of lines) terminal.data(line);
  return 0;
}
