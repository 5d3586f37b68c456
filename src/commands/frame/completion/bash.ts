import {
  argumentChoices,
  firstWords,
  groups,
  type ShellFlag,
  shellFlags,
  type TableEntry,
} from "../table.ts";

/** A script for bash 3.2 or newer; what is not a flag or a known word completes as a file. */
export function bashCompletion(table: readonly TableEntry[]): string {
  const cases = table.flatMap(({ listed, command }) => [
    `    ${JSON.stringify(listed.name)})`,
    `      words=${quoted([...argumentChoices(command), ...shellFlags(command).map(flagName)])}`,
    ...valueCases(shellFlags(command)),
    "      ;;",
  ]);
  const groupCases = [...groups(table)].map(
    ([group, members]) => `    ${group}) words=${quoted(members.map(({ word }) => word))} ;;`,
  );
  return [
    "# bash completion for exhibita",
    "_exhibita() {",
    '  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words="" name=""',
    '  name="${COMP_WORDS[1]}"',
    '  case "$name" in',
    `    ${[...groups(table).keys(), "-"].join("|")}) [ "$COMP_CWORD" -gt 2 ] && name="$name \${COMP_WORDS[2]}" ;;`,
    "  esac",
    `  if [ "$COMP_CWORD" -eq 1 ]; then words=${quoted(firstWords(table))}; else`,
    '  case "$name" in',
    ...groupCases,
    ...cases,
    "  esac; fi",
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    "}",
    "complete -o default -F _exhibita exhibita",
    "",
  ].join("\n");
}

function valueCases(flags: readonly ShellFlag[]): readonly string[] {
  const valued = flags.filter(({ takesValue }) => takesValue);
  if (valued.length === 0) return [];
  return [
    '      case "$previous" in',
    ...valued.map(
      ({ long, short, choices }) =>
        `        ${short === null ? long : `${short}|${long}`}) words=${quoted(choices)} ;;`,
    ),
    "      esac",
  ];
}

function flagName({ long }: ShellFlag): string {
  return long;
}

/** Our own words only: letters, digits and hyphens. */
function quoted(words: readonly string[]): string {
  return `"${words.join(" ")}"`;
}
