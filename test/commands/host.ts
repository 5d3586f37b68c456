import { Readable } from "node:stream";
import { type Host, runCommandLine } from "../../src/commands/frame/run.ts";
import { sha256 } from "../../src/hash/digest.ts";
import { memoryTerminal, type MemoryTerminal } from "../../src/terminal/memory.ts";

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly cwd?: string;
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Plays a terminal of this many columns with somebody at it. */
  readonly columns?: number;
  readonly secrets?: readonly string[];
  readonly stdin?: string;
  readonly configFolder?: string | null;
  readonly interrupted?: AbortSignal;
  readonly unread?: AbortSignal;
}

/** 2026-03-01T10:00:00Z, where every test's clock begins; it moves a second at each look. */
export const BEGIN: number = Date.UTC(2026, 2, 1, 10);

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
  let looks = 0;
  let drawn = 0;
  const never = new AbortController().signal;
  return {
    environment: {
      now: () => BEGIN + 1000 * looks++,
      monotonic: () => BigInt(looks) * 1_000_000_000n,
      random: (bytes) => pseudoRandom(bytes, drawn++),
      user: "sgt-vega",
      host: "bench-7",
    },
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

/** SHA-256 of counters: the same bytes in every run, no two alike. */
function pseudoRandom(bytes: number, draw: number): Uint8Array {
  let hex = "";
  for (let block = 0; hex.length < bytes * 2; block++) hex += sha256(`${draw}.${block}`);
  return Buffer.from(hex.slice(0, bytes * 2), "hex");
}
