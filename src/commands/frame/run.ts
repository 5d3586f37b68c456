import type { Readable } from "node:stream";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { Context } from "../command.ts";
import { COMMANDS, type ListedCommand } from "../index.ts";
import { asFailure, sayFailure } from "./failure.ts";
import { commandHelp, overview } from "./help.ts";
import { groupOf, type Looked, lookUp, nearest } from "./lookup.ts";
import { topicHelp } from "./topics.ts";

/** What the process, or a test in its place, lends to a command. */
export interface Host {
  readonly openTerminal: (mode: { readonly json: boolean; readonly noColor: boolean }) => Terminal;
  readonly environment: Omit<Environment, "sourceDateEpoch">;
  readonly version: string;
  readonly cwd: string;
  /** The process's variables; only the documented ones are looked at. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly configFolder: string | null;
  readonly stdin: Readable;
  readonly stdinIsTerminal: boolean;
  /** Aborted by the first Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** Aborted where the reader of standard output has gone. */
  readonly unread: AbortSignal;
}

/**
 * Runs one command line, its failures said and mapped to the exit code. Never throws for what a command
 * does; returns when everything written has left.
 *
 * @param argv the words after the program's name
 */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<number> {
  const switches = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const terminal = host.openTerminal({
    json: switches.includes("--json"),
    noColor: switches.includes("--no-color"),
  });
  const debug = switches.includes("--debug");
  const begin = host.environment.monotonic();
  const sayTime = (): void => {
    const milliseconds = (host.environment.monotonic() - begin) / 1_000_000n;
    if (debug) terminal.say(`took ${milliseconds} ms`);
  };
  try {
    const exit = await dispatch(argv, host, terminal);
    sayTime();
    return exit;
  } catch (error) {
    sayTime();
    if (host.unread.aborted && !host.interrupted.aborted) return 0;
    return sayFailure(asFailure(error, host.interrupted), terminal, debug);
  } finally {
    terminal.status([]);
    await terminal.flush();
  }
}

async function dispatch(argv: readonly string[], host: Host, terminal: Terminal): Promise<number> {
  if (argv[0] === "--version" || argv[0] === "-V") {
    sayVersion(host.version, terminal);
    return 0;
  }
  const looked = lookUp(COMMANDS, argv);
  if (looked.name === "help") return topicHelp(COMMANDS, looked.rest, terminal);
  const wantsHelp = asksHelp(looked.rest);
  if (looked.listed === null) return withoutCommand(looked, wantsHelp, terminal);
  const command = await looked.listed.load();
  if (wantsHelp) {
    for (const line of commandHelp(looked.listed, command, terminal.width)) terminal.data(line);
    return 0;
  }
  const { parseLine } = await import("./parse.ts");
  const given = parseLine(looked.name, command.parameters, looked.rest);
  const switches = { verbose: given.has("verbose"), debug: given.has("debug") };
  const interactive = host.stdinIsTerminal && !given.has("noInput");
  const signal =
    command.effect === "reads"
      ? AbortSignal.any([host.interrupted, host.unread])
      : host.interrupted;
  return command.run(contextOf(host, terminal, { ...switches, interactive, signal }), given);
}

function sayVersion(version: string, terminal: Terminal): void {
  if (terminal.json) terminal.record({ type: "version", version });
  else terminal.data(`exhibita ${version}`);
}

function asksHelp(rest: readonly string[]): boolean {
  const own = rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  return own.includes("--help") || own.includes("-h");
}

function withoutCommand(looked: Looked, wantsHelp: boolean, terminal: Terminal): number {
  const members = groupOf(COMMANDS, looked.name);
  if (wantsHelp && (looked.name === "" || members.length > 0)) {
    const shown = looked.name === "" ? COMMANDS : members;
    for (const line of overview(shown, terminal.width)) terminal.data(line);
    return 0;
  }
  throw unknownCommand(looked.name, members);
}

function unknownCommand(name: string, members: readonly ListedCommand[]): Failure {
  const all = "exhibita help lists the commands";
  if (name === "") return new Failure("usage", "no command given", [all]);
  if (members.length > 0) {
    const names = members.map((one) => one.name).join(", ");
    return new Failure("usage", `${name} needs one more word`, [`it is one of ${names}`]);
  }
  const siblings = groupOf(COMMANDS, name.split(" ")[0] ?? "");
  if (siblings.length > 0) {
    const names = siblings.map((one) => one.name).join(", ");
    return new Failure("usage", `unknown command ${name}`, [`there are ${names}`]);
  }
  if (name.startsWith("-")) return new Failure("usage", `unknown flag ${name}`, [all]);
  const near = nearest(
    COMMANDS.map((one) => one.name),
    name,
  );
  const hints = near.length === 0 ? [] : [`did you mean ${near.join(" or ")}?`];
  return new Failure("usage", `unknown command ${name}`, [...hints, all]);
}

type Rest = Pick<Context, "verbose" | "debug" | "interactive" | "signal">;

function contextOf(host: Host, terminal: Terminal, rest: Rest): Context {
  const { variables, version, cwd, stdin } = host;
  return {
    ...rest,
    terminal,
    version,
    cwd,
    stdin,
    json: terminal.json,
    environment: { ...host.environment, sourceDateEpoch: epochOf(variables["SOURCE_DATE_EPOCH"]) },
    variables: {
      EXHIBITA_CASE: filled(variables["EXHIBITA_CASE"]),
      EXHIBITA_KEYS: filled(variables["EXHIBITA_KEYS"]),
      EXHIBITA_PASSPHRASE_FILE: filled(variables["EXHIBITA_PASSPHRASE_FILE"]),
      configFolder: host.configFolder,
    },
  };
}

function filled(value: string | undefined): string | null {
  return value === undefined || value === "" ? null : value;
}

/** Seconds since 1970, up to the last that a ZIP and a PDF can write (2107). */
function epochOf(text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= LAST_SECOND) return seconds;
  throw new Failure("usage", `SOURCE_DATE_EPOCH cannot be ${text}`, [
    "it is a whole number of seconds since 1970",
  ]);
}

const LAST_SECOND = Date.UTC(2107, 11, 31, 23, 59, 58) / 1000;
