import { EXIT_CODES } from "../../model/failure.ts";
import { type Line, styled } from "../../terminal/terminal.ts";
import { wrapped } from "../../terminal/wrap.ts";
import type { Command } from "../command.ts";
import { type ListedCommand, SECTIONS } from "../index.ts";
import { EVERYWHERE } from "./common.ts";
import { labelOf, type Parameter, type Parameters } from "./parameter.ts";

const WIDEST = 100;

/** The help of the whole: every command with its summary. */
export function overview(commands: readonly ListedCommand[], width: number): readonly Line[] {
  const lines: Line[] = [
    "exhibita turns exported chats into evidence: hashed, journalled, indexed, and handed over as",
    "signed bundles that a stranger can verify.",
    "",
    [styled("strong", "Usage:"), " exhibita COMMAND [arguments] [flags]"],
  ];
  for (const [section, title] of Object.entries(SECTIONS)) {
    const members = commands.filter((one) => one.section === section);
    if (members.length === 0) continue;
    lines.push("", styled("strong", title));
    lines.push(
      ...entries(
        members.map(({ name, summary }) => [name, summary]),
        width,
      ),
    );
  }
  lines.push(
    "",
    "exhibita help COMMAND shows its flags; exhibita help exit-codes what an exit says;",
  );
  lines.push("exhibita help environment the variables; exhibita --version the version.");
  return lines;
}

/** The help of one command. */
export function commandHelp(
  listed: ListedCommand,
  command: Command,
  width: number,
): readonly Line[] {
  const { parameters } = command;
  return [
    `exhibita ${listed.name}: ${listed.summary}`,
    "",
    [styled("strong", "Usage:"), ` ${usage(listed.name, parameters)}`],
    ...command.description.flatMap((text) => ["", ...wrapped(text, Math.min(width, WIDEST))]),
    ...section("Arguments", described(parameters, "argument"), width),
    ...section("Flags", described({ ...parameters, ...EVERYWHERE }, "flag"), width),
    ...section(
      "Examples",
      command.examples.map(({ line, about }) => [line, about]),
      width,
    ),
    ...section("Exit status", exitEntries(command), width),
  ];
}

/** The table of exit codes. */
export function exitCodeHelp(width: number): readonly Line[] {
  return [
    ...entries(
      EXIT_CODES.map(({ exit, meaning }) => [String(exit), meaning]),
      width,
    ),
    "",
    "An exit that is not in this table means failure.",
  ];
}

/** The variables that exhibita knows; there is no other configuration outside a case. */
export const VARIABLES: readonly (readonly [name: string, meaning: string])[] = [
  ["EXHIBITA_CASE", "the case folder, where --case does not name it"],
  ["EXHIBITA_KEYS", "the key folder, in place of the user's configuration folder"],
  ["EXHIBITA_PASSPHRASE_FILE", "a file whose first line is the passphrase of the key"],
  [
    "SOURCE_DATE_EPOCH",
    "seconds; fixes the dates inside a bundle's unsigned payload, and only those",
  ],
  [
    "NO_COLOR, FORCE_COLOR, TERM=dumb",
    "no colour; colour even off a terminal; no colour, no status line",
  ],
];

export function variableHelp(width: number): readonly Line[] {
  return entries(VARIABLES, width);
}

/** `exhibita show MESSAGE [flags]`. */
export function usage(name: string, parameters: Parameters): string {
  const words = [`exhibita ${name}`];
  for (const [key, parameter] of Object.entries(parameters)) {
    const word =
      parameter.place === "flag" ? flagWord(key, parameter) : argumentWord(key, parameter);
    if (word !== null) words.push(word);
  }
  return [...words, "[flags]"].join(" ");
}

/** Label and description of the parameters of one place, in the order declared. */
export function described(
  parameters: Parameters,
  place: "argument" | "flag",
): readonly (readonly [string, string])[] {
  return Object.entries(parameters)
    .filter(([, parameter]) => parameter.place === place)
    .map(([key, parameter]) => [labelled(key, parameter), explained(parameter)]);
}

/** The exit codes of a command with their meaning, those of any command among them. */
export function exitEntries(command: Command): readonly (readonly [string, string])[] {
  const exits = new Set([...command.exits, ...ANY_COMMAND]);
  return EXIT_CODES.filter(({ exit }) => exits.has(exit)).map((one) => [
    String(one.exit),
    one.meaning,
  ]);
}

const ANY_COMMAND = [1, 2, 70, 130];

function section(
  title: string,
  members: readonly (readonly [string, string])[],
  width: number,
): readonly Line[] {
  return members.length === 0 ? [] : ["", styled("strong", title), ...entries(members, width)];
}

/** Names in a column, meanings beside them; a long name takes a line of its own. */
function entries(members: readonly (readonly [string, string])[], width: number): readonly Line[] {
  const longest = Math.max(...members.map(([name]) => name.length));
  const indent = Math.min(longest, 26) + 4;
  const room = Math.max(20, Math.min(width, WIDEST) - indent);
  return members.flatMap(([name, meaning]) => {
    const [first = "", ...more] = wrapped(meaning, room);
    const head = `  ${name}`;
    const own = head.length > indent - 2;
    const lines = own ? [head, " ".repeat(indent) + first] : [head.padEnd(indent) + first];
    return [...lines, ...more.map((line) => " ".repeat(indent) + line)];
  });
}

function labelled(key: string, parameter: Parameter<unknown>): string {
  const label = labelOf(key, parameter);
  if (parameter.place === "argument") return parameter.many ? `${label}...` : label;
  const short = SHORT[key];
  const long = parameter.placeholder === null ? label : `${label} ${parameter.placeholder}`;
  return short === undefined ? long : `${short}, ${long}`;
}

/** The only flags with a letter. */
export const SHORT: Readonly<Record<string, string>> = { help: "-h", output: "-o" };

function explained(parameter: Parameter<unknown>): string {
  const notes = [
    parameter.choices.length > 0 ? `one of ${parameter.choices.join(", ")}` : "",
    parameter.place === "flag" && parameter.many ? "may be repeated" : "",
    parameter.place === "flag" && parameter.required ? "required" : "",
  ].filter((note) => note !== "");
  const { description } = parameter;
  return notes.length === 0 ? description : `${description} (${notes.join("; ")})`;
}

function flagWord(key: string, parameter: Parameter<unknown>): string | null {
  return parameter.required ? labelled(key, parameter) : null;
}

function argumentWord(key: string, parameter: Parameter<unknown>): string {
  const word = labelled(key, parameter);
  return parameter.required ? word : `[${word}]`;
}
