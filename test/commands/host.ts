import { Readable } from "node:stream";
import { type Host, runCommandLine } from "../../src/commands/frame/run.ts";
import { memoryTerminal, type MemoryTerminal } from "../../src/terminal/memory.ts";
import { fixedEnvironment } from "../environment.ts";

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly cwd?: string;
  /** When the clock starts; it goes on by a second at each look. */
  readonly now?: string;
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Plays a terminal of this many columns with somebody at it. */
  readonly columns?: number;
  readonly secrets?: readonly string[];
  readonly stdin?: string;
  readonly configFolder?: string | null;
  readonly interrupted?: AbortSignal;
  readonly unread?: AbortSignal;
}

/** Runs a command line in this process, with a clock, chance and people that never change. */
export async function run(argv: readonly string[], setting: Setting = {}): Promise<Ran> {
  const { columns, secrets = [] } = setting;
  let terminal: MemoryTerminal | null = null;
  const exit = await runCommandLine(argv, {
    ...hostOf(setting),
    openTerminal: ({ json }) =>
      (terminal = memoryTerminal({ json, secrets, ...(columns === undefined ? {} : { columns }) })),
  });
  return { exit, stdout: textOf(terminal, "stdout"), stderr: textOf(terminal, "stderr") };
}

function textOf(terminal: MemoryTerminal | null, stream: "stdout" | "stderr"): string {
  if (terminal === null) throw new Error("the command opened no terminal");
  return terminal[stream]();
}

function hostOf(setting: Setting): Omit<Host, "openTerminal"> {
  const never = new AbortController().signal;
  return {
    environment: fixedEnvironment(setting.now ?? "2026-03-01T10:00:00Z"),
    version: "0.1.0",
    cwd: setting.cwd ?? "/nowhere",
    variables: setting.variables ?? {},
    configFolder: setting.configFolder ?? null,
    stdin: Readable.from([setting.stdin ?? ""]),
    stdinIsTerminal: setting.columns !== undefined,
    interrupted: setting.interrupted ?? never,
    unread: setting.unread ?? never,
  };
}
