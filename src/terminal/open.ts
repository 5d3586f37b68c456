import { painter, type Paint } from "./colour.ts";
import { jsonLine } from "./json-line.ts";
import { printable } from "./printable.ts";
import type { Sink } from "./sink.ts";
import { type Line, styled, type Terminal, textOf } from "./terminal.ts";
import { cut } from "./width.ts";

export interface TerminalParts {
  readonly out: Sink;
  readonly err: Sink;
  readonly json: boolean;
  readonly colourOut: boolean;
  readonly colourErr: boolean;
  /** False on a terminal that cannot move its cursor (TERM=dumb). */
  readonly canRedraw: boolean;
  readonly readSecret: (prompt: string) => Promise<string>;
}

/** A terminal over two sinks; the process and the tests differ only in the sinks. */
export function openTerminal(parts: TerminalParts): Terminal {
  const { out, err, json } = parts;
  const paintOut = painter(parts.colourOut);
  const paintErr = painter(parts.colourErr);
  const status = statusArea(err, paintErr, err.isTerminal && parts.canRedraw && !json);
  const toOut = (chunk: string | Uint8Array): void => {
    if (out.isTerminal) status.clear();
    out.write(chunk);
  };
  const toErr = (text: string): void => {
    status.clear();
    if (out.isTerminal) void out.flush();
    err.write(text);
  };
  const talk = (type: string, prefix: Line, line: Line): void =>
    toErr(
      json
        ? `${jsonLine({ type, message: textOf(line) })}\n`
        : `${paintErr(prefix)}${paintErr(line)}\n`,
    );
  return {
    json,
    isInteractive: status.isShown,
    get width() {
      return out.isTerminal ? out.columns() : Number.POSITIVE_INFINITY;
    },
    data: (line) => toOut(`${paintOut(line)}\n`),
    record: (value) => toOut(`${jsonLine(value)}\n`),
    bytes: (data) => (out.isTerminal ? toOut(asLines(data)) : toOut(data)),
    say: (line) => talk("note", "", line),
    warn: (line) => talk("warning", ["exhibita: ", styled("doubtful", "warning"), ": "], line),
    fail: (line) => talk("error", ["exhibita: ", styled("bad", "error"), ": "], line),
    hint: (line) => talk("hint", "exhibita: hint: ", line),
    note: (value) => toErr(`${jsonLine(value)}\n`),
    status: status.show,
    readSecret: (prompt) => {
      status.clear();
      return parts.readSecret(printable(prompt));
    },
    flush: async () => {
      await out.flush();
      await err.flush();
    },
  };
}

interface StatusArea {
  readonly isShown: boolean;
  readonly show: (lines: readonly Line[]) => void;
  readonly clear: () => void;
}

/** Lines at the foot of the terminal that are wiped before anything else is written. */
function statusArea(err: Sink, paint: Paint, isShown: boolean): StatusArea {
  let drawn = 0;
  const clear = (): void => {
    if (drawn > 0) err.write(`\r${"\u001B[2K\u001B[1A".repeat(drawn - 1)}\u001B[2K`);
    drawn = 0;
  };
  const show = (lines: readonly Line[]): void => {
    if (!isShown) return;
    clear();
    const fitting = lines.map((line) => paint(cut(textOf(line), err.columns() - 1)));
    err.write(fitting.join("\n"));
    drawn = lines.length;
  };
  return { isShown, show, clear };
}

function asLines(data: Uint8Array): string {
  const lines = new TextDecoder().decode(data).split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => `${printable(line)}\n`).join("");
}
