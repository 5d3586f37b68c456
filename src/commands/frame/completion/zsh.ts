import { argumentChoices, groups, type ShellFlag, shellFlags, type TableEntry } from "../table.ts";

/** A script for zsh 5 or newer, to be found as `_exhibita` on the function path. */
export function zshCompletion(table: readonly TableEntry[]): string {
  const plain = table.filter(({ listed }) => !listed.name.includes(" "));
  const firsts = [
    ...plain.map(({ listed }) => described(listed.name, listed.summary)),
    ...[...groups(table)].map(([group, members]) =>
      described(group, members.map(({ word }) => word).join(", ")),
    ),
    described("help", "help on a command"),
  ];
  return [
    "#compdef exhibita",
    "# zsh completion for exhibita",
    "_exhibita() {",
    '  local name="$words[2]"',
    "  if (( CURRENT == 2 )); then",
    `    local -a names=(${firsts.join(" ")})`,
    "    _describe command names; return",
    "  fi",
    ...[...groups(table)].flatMap(([group, members]) => groupLines(group, members)),
    '  case "$name" in',
    ...table.flatMap(commandLines),
    "    *) _files ;;",
    "  esac",
    "}",
    'if [ "$funcstack[1]" = "_exhibita" ]; then _exhibita "$@"; else compdef _exhibita exhibita; fi',
    "",
  ].join("\n");
}

function groupLines(
  group: string,
  members: readonly { readonly word: string; readonly summary: string }[],
): readonly string[] {
  const names = members.map(({ word, summary }) => described(word, summary));
  return [
    `  if [[ "$name" == ${group} ]]; then`,
    "    if (( CURRENT == 3 )); then",
    `      local -a names=(${names.join(" ")})`,
    "      _describe command names; return",
    "    fi",
    '    name="$name $words[3]"',
    "  fi",
  ];
}

function commandLines({ listed, command }: TableEntry): readonly string[] {
  const choices = argumentChoices(command);
  const rest = choices.length > 0 ? `'*:value:(${choices.join(" ")})'` : "'*:file:_files'";
  return [
    `    "${listed.name}")`,
    "      _arguments \\",
    ...shellFlags(command).map((flag) => `        ${flagSpec(flag)} \\`),
    `        ${rest} ;;`,
  ];
}

function flagSpec(flag: ShellFlag): string {
  const about = escaped(flag.description);
  const action = flag.choices.length > 0 ? `(${flag.choices.join(" ")})` : "_files";
  const value = flag.takesValue ? `:value:${action}` : "";
  const names = flag.short === null ? [flag.long] : [flag.short, flag.long];
  return names.map((name) => `'*${name}[${about}]${value}'`).join(" ");
}

function described(name: string, about: string): string {
  return `'${name}:${escaped(about)}'`;
}

/** `:` and brackets have a meaning inside a specification, a quote ends it. */
function escaped(text: string): string {
  return text.replaceAll(/[\\:[\]]/g, String.raw`\$&`).replaceAll("'", "'\\''");
}
