import { Argument, Command as Commander, CommanderError, Option } from "commander";
import { Failure } from "../../model/failure.ts";
import { EVERYWHERE } from "./common.ts";
import { flagOf, type Given, type Parameter, type Parameters } from "./parameter.ts";

/**
 * The typed texts of a command's line, by parameter key.
 *
 * @throws Failure `usage` for an unknown flag, a missing value, too many or too few arguments
 */
export function parseLine(name: string, parameters: Parameters, line: readonly string[]): Given {
  const given = new Map<string, string[]>();
  const parser = parserOf(name);
  const all = Object.entries({ ...EVERYWHERE, ...parameters });
  for (const [key, parameter] of all) {
    if (parameter.place === "flag") addFlag(parser, key, parameter, given);
  }
  const names = all.filter(([, parameter]) => parameter.place === "argument");
  for (const [, parameter] of names) parser.addArgument(argumentOf(parameter));
  parser.action(() => undefined);
  try {
    parser.parse(line, { from: "user" });
  } catch (error) {
    throw asUsage(name, error);
  }
  placeArguments(names, parser.args, given);
  return given;
}

function parserOf(name: string): Commander {
  const quiet = { writeErr: () => undefined, writeOut: () => undefined };
  return new Commander(name)
    .helpOption(false)
    .exitOverride()
    .configureOutput(quiet)
    .allowExcessArguments(false);
}

/** Values are gathered from the parser's events: its own storage reads `--no-x` as the opposite of x. */
function addFlag(
  parser: Commander,
  key: string,
  parameter: Parameter<unknown>,
  given: Map<string, string[]>,
): void {
  const value = parameter.placeholder === null ? "" : ` <${parameter.placeholder}>`;
  const short = key === "help" ? "-h, " : key === "output" ? "-o, " : "";
  const option = new Option(`${short}${flagOf(key)}${value}`);
  parser.addOption(option.makeOptionMandatory(parameter.required));
  parser.on(`option:${option.name()}`, (text: unknown) => {
    const texts = given.get(key) ?? [];
    if (typeof text === "string" && parameter.placeholder !== null) texts.push(text);
    given.set(key, texts);
  });
}

function argumentOf(parameter: Parameter<unknown>): Argument {
  const name = `${parameter.placeholder ?? ""}${parameter.many ? "..." : ""}`;
  return new Argument(parameter.required ? `<${name}>` : `[${name}]`);
}

function placeArguments(
  names: readonly (readonly [string, Parameter<unknown>])[],
  args: readonly string[],
  given: Map<string, string[]>,
): void {
  for (const [index, [key, parameter]] of names.entries()) {
    const texts = parameter.many ? args.slice(index) : args.slice(index, index + 1);
    if (texts.length > 0) given.set(key, texts);
  }
}

/** Commander's message in our manner: its prefix dropped, its suggestion a hint. */
function asUsage(name: string, error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  const [first = "", second] = error.message.split("\n");
  const message = first
    .replace(/^error: /, "")
    .replace(". Expected", ", expected")
    .replace(/\.$/, "")
    .replaceAll("'", "");
  const hints = second === undefined ? [] : [second.replace(/^\((.*)\)$/, "$1").toLowerCase()];
  return new Failure("usage", message, [...hints, `exhibita ${name} --help shows the flags`]);
}
