import { EXIT_CODES } from "../../model/failure.ts";
import type { Format } from "../../model/format.ts";
import { type ListedCommand, SECTIONS } from "../index.ts";
import { described, exitEntries, usage, VARIABLES } from "./help.ts";
import { EVERYWHERE } from "./common.ts";
import type { TableEntry } from "./table.ts";

/** docs/cli/<command>.md: the help of one command as a page. */
export function commandPage({ listed, command }: TableEntry): string {
  const { parameters } = command;
  return page([
    `# exhibita ${listed.name}`,
    `${capitalised(listed.summary)}.`,
    fenced([usage(listed.name, parameters)]),
    ...command.description,
    ...titled("Arguments", described(parameters, "argument")),
    ...titled("Flags", described(parameters, "flag")),
    "Every command also takes " +
      `${described(EVERYWHERE, "flag")
        .map(([name]) => code(name))
        .join(", ")}: see [the overview](README.md).`,
    ...(command.examples.length === 0 ? [] : ["## Examples"]),
    ...command.examples.map(({ line, about }) => `${capitalised(about)}:\n\n${fenced([line])}`),
    "## Exit status",
    table(["exit", "meaning"], exitEntries(command)),
  ]);
}

/** docs/cli/README.md: all commands, the flags of every one, and the variables. */
export function overviewPage(table: readonly TableEntry[]): string {
  const listed = table.map((entry) => entry.listed);
  return page([
    "# The command line",
    "`exhibita COMMAND [arguments] [flags]`. Data go to standard output, talk to standard error. " +
      "Nothing is ever asked where standard input is not a terminal.",
    ...Object.entries(SECTIONS).flatMap(([section, title]) =>
      commandsOf(
        title,
        listed.filter((one) => one.section === section),
      ),
    ),
    "## Flags of every command",
    tableOf(described(EVERYWHERE, "flag")),
    "## Variables",
    tableOf(VARIABLES),
    "There is no other configuration outside a case. What the exits mean: [exit codes](../exit-codes.md); " +
      "what `--json` writes: [JSON](../json.md).",
  ]);
}

/** docs/exit-codes.md. */
export function exitCodePage(): string {
  return page([
    "# Exit codes",
    "A script may rely on these. New codes may come; an exit that is not in this table means failure.",
    table(
      ["exit", "meaning"],
      EXIT_CODES.map(({ exit, meaning }) => [String(exit), meaning]),
    ),
    "Where several files are verified, the exit is that of the worst: 4 before 5 before 0. " +
      "`--accept-exceptions` turns 3 into 0 and nothing else. " +
      "When the reader of standard output goes away (a broken pipe), a command that only reads ends " +
      "quietly with 0; one that writes finishes its work first.",
    "An error is said in one line on standard error, then what to do about it:",
    fenced(["exhibita: error: no such file: export.zip", "exhibita: hint: ..."]),
    "With `--json` the last line of standard error is " +
      '`{"type":"error","code","exit","message","hints"}`; `code` is a word that says more than the exit.',
  ]);
}

/** docs/formats/README.md: the table of formats, from THE list. */
export function formatPage(formats: readonly Format[]): string {
  return page([
    "# Formats",
    "`exhibita formats` prints this list, `exhibita formats ID` one format in full. What an export " +
      "cannot contain is never reported as absent from the talk.",
    table(
      ["format", "reads"],
      formats.map(({ id, title }) => [code(id), title]),
    ),
    ...formats.flatMap(({ id, title, tried, lacks }) => [
      `## ${id}`,
      `${title}.`,
      "Tried on:",
      bullets(tried.map(({ app, versions, locales }) => `${app} ${versions}, ${locales}`)),
      "Such an export cannot contain:",
      bullets(lacks),
    ]),
  ]);
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function commandsOf(title: string, members: readonly ListedCommand[]): readonly string[] {
  if (members.length === 0) return [];
  const rows = members.map(({ name, summary }) => [`[${name}](${fileOf(name)})`, summary] as const);
  return [`## ${title}`, table(["command", "does"], rows)];
}

/** Page of a command: `key init` is `key-init.md`. */
export function fileOf(name: string): string {
  return `${name.replaceAll(" ", "-")}.md`;
}

function titled(title: string, members: readonly (readonly [string, string])[]): readonly string[] {
  return members.length === 0 ? [] : [`## ${title}`, tableOf(members)];
}

function tableOf(members: readonly (readonly [string, string])[]): string {
  return table(
    ["name", "meaning"],
    members.map(([name, meaning]) => [code(name), meaning]),
  );
}

function table(
  titles: readonly [string, string],
  rows: readonly (readonly [string, string])[],
): string {
  const lines = [titles, ["---", "---"], ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function page(blocks: readonly string[]): string {
  return `${blocks.join("\n\n")}\n`;
}

function fenced(lines: readonly string[]): string {
  return ["```", ...lines, "```"].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
