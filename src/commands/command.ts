import type { Readable } from "node:stream";
import type { Environment } from "../model/environment.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type Given, type Parameters, readValues, type Values } from "./frame/parameter.ts";

/**
 * A command is one file with one exported value, and one line in index.ts. Its parameters are declared
 * once; the parser, help, completion scripts, man pages and docs/cli come from the declaration.
 *
 * ```ts
 * export const show: Command = command({
 *   description: ["Prints one message in its surroundings."],
 *   parameters: {
 *     message: argument("MESSAGE", "id of the message, or its beginning"),
 *     context: whole("N", "messages shown before and after"),
 *     case: caseFlag,
 *   },
 *   exits: [0, 2, 10],
 *   examples: [{ line: "exhibita show 3f9a…-1204 --context 5", about: "with five neighbours" }],
 *   effect: "reads",
 *   run: async ({ terminal, cwd }, { message, context }) => {
 *     const { showMessage } = await import("../workflow/show.ts");
 *     ...
 *     return 0;
 *   },
 * });
 * ```
 *
 * Keys name flags: `dateOrder` is `--date-order`. Values arrive typed, a flag that was not given as
 * null, a list as empty. `run` returns the exit code or throws a Failure, whose code says it. Importing
 * the workflow inside `run` keeps help and completion quick.
 */
export interface Command {
  /** Paragraphs of the help, each ending with a full stop. */
  readonly description: readonly string[];
  /** Arguments in the order of the line, and flags in the order of the help. */
  readonly parameters: Parameters;
  /** The exit codes this command ends with, beside those any command may (1, 2, 70, 130). */
  readonly exits: readonly number[];
  readonly examples: readonly Example[];
  /** A command that writes ends by itself when its reader goes away; one that reads is stopped. */
  readonly effect: "reads" | "writes";
  readonly run: (context: Context, given: Given) => Promise<number>;
}

export interface Example {
  readonly line: string;
  readonly about: string;
}

/** What a command may use; nothing else of the process reaches it. */
export interface Context {
  readonly terminal: Terminal;
  readonly environment: Environment;
  /** Version of exhibita. */
  readonly version: string;
  /** Working folder, absolute; paths of the command line are relative to it. */
  readonly cwd: string;
  readonly variables: Variables;
  /** Data are JSON; the same as `terminal.json`. */
  readonly json: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  /** There is somebody at the terminal who may be asked. */
  readonly interactive: boolean;
  /** Aborted by the first Ctrl-C, and where a reading command's reader has gone. */
  readonly signal: AbortSignal;
  readonly stdin: Readable;
}

/** The variables that commands know, each null where unset or empty. */
export interface Variables {
  readonly EXHIBITA_CASE: string | null;
  readonly EXHIBITA_KEYS: string | null;
  readonly EXHIBITA_PASSPHRASE_FILE: string | null;
  /** The user's configuration folder for exhibita, absolute; null where the system names none. */
  readonly configFolder: string | null;
}

/** What a command's file states. */
export interface CommandSpec<P extends Parameters> extends Omit<Command, "parameters" | "run"> {
  readonly parameters: P;
  readonly run: (context: Context, values: Values<P>) => Promise<number>;
}

/** Binds a command's `run` to the types of its parameters. */
export function command<P extends Parameters>(spec: CommandSpec<P>): Command {
  return {
    ...spec,
    run: (context, given) => spec.run(context, readValues(spec.parameters, given)),
  };
}
