import { Failure } from "../model/failure.ts";
import { openTerminal } from "./open.ts";
import type { Sink } from "./sink.ts";
import type { Terminal } from "./terminal.ts";

export interface MemorySettings {
  readonly json?: boolean;
  /** Plays a terminal of this many columns; absent: a pipe. */
  readonly columns?: number;
  readonly colour?: boolean;
  /** What is typed at each hidden prompt, in order. */
  readonly secrets?: readonly string[];
}

export interface MemoryTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** A terminal that keeps what was written, for tests. */
export function memoryTerminal(settings: MemorySettings = {}): MemoryTerminal {
  const { columns, colour = false, json = false } = settings;
  const out = memorySink(columns);
  const err = memorySink(columns);
  const secrets = [...(settings.secrets ?? [])];
  const terminal = openTerminal({
    out,
    err,
    json,
    colourOut: colour,
    colourErr: colour,
    canRedraw: true,
    readSecret: (prompt) => {
      err.write(prompt);
      const next = secrets.shift();
      if (next === undefined) throw new Failure("interrupted", "no passphrase given");
      err.write("\n");
      return Promise.resolve(next);
    },
  });
  return Object.assign(terminal, { stdout: out.text, stderr: err.text });
}

function memorySink(columns: number | undefined): Sink & { readonly text: () => string } {
  const chunks: Buffer[] = [];
  return {
    isTerminal: columns !== undefined,
    columns: () => columns ?? 80,
    write: (chunk) => void chunks.push(Buffer.from(chunk)),
    flush: () => Promise.resolve(),
    text: () => Buffer.concat(chunks).toString("utf8"),
  };
}
