import { EVERYWHERE } from "./common.ts";
import { described, exitEntries, usage } from "./help.ts";
import type { TableEntry } from "./table.ts";

/**
 * The manual page of one command, man(7) macros. Its date is left empty, so that the same table gives
 * the same page.
 */
export function manualPage({ listed, command }: TableEntry, version: string): string {
  const name = manualName(listed.name);
  return [
    `.TH ${name.toUpperCase()} 1 "" "exhibita ${version}" "exhibita"`,
    ".SH NAME",
    `${escaped(name)} \\- ${escaped(listed.summary)}`,
    ".SH SYNOPSIS",
    escaped(usage(listed.name, command.parameters)),
    ".SH DESCRIPTION",
    ...command.description.flatMap((text) => [".PP", escaped(text)]),
    ...entries("ARGUMENTS", described(command.parameters, "argument")),
    ...entries("OPTIONS", described({ ...command.parameters, ...EVERYWHERE }, "flag")),
    ...entries(
      "EXAMPLES",
      command.examples.map(({ line, about }) => [line, about]),
    ),
    ...entries("EXIT STATUS", exitEntries(command)),
    "",
  ].join("\n");
}

/** `key init` is exhibita-key-init(1). */
export function manualName(name: string): string {
  return `exhibita-${name.replaceAll(" ", "-")}`;
}

function entries(
  title: string,
  members: readonly (readonly [string, string])[],
): readonly string[] {
  if (members.length === 0) return [];
  const lines = members.flatMap(([label, text]) => [".TP", `.B ${escaped(label)}`, escaped(text)]);
  return [`.SH ${title}`, ...lines];
}

/** A backslash and a hyphen have a meaning in roff, a dot or quote only where a line begins. */
function escaped(text: string): string {
  const safe = text.replaceAll("\\", "\\e").replaceAll("-", "\\-");
  return /^[.']/.test(safe) ? `\\&${safe}` : safe;
}
