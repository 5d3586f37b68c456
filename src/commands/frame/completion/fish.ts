import { argumentChoices, groups, type ShellFlag, shellFlags, type TableEntry } from "../table.ts";

/** A script for fish 3 or newer; what is not a flag or a known word completes as a file. */
export function fishCompletion(table: readonly TableEntry[]): string {
  const lines = ["# fish completion for exhibita"];
  const grouped = groups(table);
  for (const { listed, command } of table) {
    const [first = "", second] = listed.name.split(" ");
    if (second === undefined) lines.push(word("__fish_use_subcommand", first, listed.summary));
    const when = condition(first, second);
    const choices = argumentChoices(command);
    if (choices.length > 0)
      lines.push(`complete -c exhibita -f -n ${quoted(when)} -a ${quoted(choices.join(" "))}`);
    lines.push(...shellFlags(command).map((flag) => flagLine(when, flag)));
  }
  for (const [group, members] of grouped) {
    lines.push(word("__fish_use_subcommand", group, members.map((one) => one.word).join(", ")));
    const none = members.map((one) => one.word).join(" ");
    const when = `__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${none}`;
    lines.push(...members.map((one) => word(when, one.word, one.summary)));
  }
  return [...lines, ""].join("\n");
}

function condition(first: string, second: string | undefined): string {
  const seen = `__fish_seen_subcommand_from ${first}`;
  return second === undefined ? seen : `${seen}; and __fish_seen_subcommand_from ${second}`;
}

function word(when: string, name: string, about: string): string {
  return `complete -c exhibita -f -n ${quoted(when)} -a ${name} -d ${quoted(about)}`;
}

function flagLine(when: string, flag: ShellFlag): string {
  const short = flag.short === null ? "" : ` -s ${flag.short.slice(1)}`;
  const value = flag.choices.length > 0 ? ` -x -a ${quoted(flag.choices.join(" "))}` : " -r";
  const needs = flag.takesValue ? value : "";
  return `complete -c exhibita -n ${quoted(when)}${short} -l ${flag.long.slice(2)}${needs} -d ${quoted(flag.description)}`;
}

/** Inside single quotes fish knows two escapes, `\\` and `\'`. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
