import { Failure } from "../model/failure.ts";
import { type ColourVariables, wantsColour } from "./colour.ts";
import { openTerminal } from "./open.ts";
import { secretReader, type SecretInput } from "./secret.ts";
import { type OutputStream, streamSink } from "./sink.ts";
import type { Terminal } from "./terminal.ts";

export interface ProcessTerminalSettings {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Null where standard input is not a terminal. */
  readonly secretInput: SecretInput | null;
  readonly variables: ColourVariables;
  readonly json: boolean;
  readonly noColor: boolean;
  /** Told once why standard output takes no more: its reader has gone (EPIPE), or its disk is full. */
  readonly onBroken: (error: Error) => void;
}

/** The terminal of the process whose streams these are. */
export function processTerminal(settings: ProcessTerminalSettings): Terminal {
  const { variables, json, noColor, secretInput } = settings;
  const out = streamSink(settings.stdout, settings.onBroken);
  const err = streamSink(settings.stderr, () => undefined);
  const toErr = (text: string): void => {
    err.write(text);
    void err.flush();
  };
  return openTerminal({
    out,
    err,
    json,
    colourOut: wantsColour(variables, out.isTerminal, noColor),
    colourErr: wantsColour(variables, err.isTerminal, noColor),
    canRedraw: variables.TERM !== "dumb",
    readSecret: secretInput === null ? nobody : secretReader(secretInput, toErr),
  });
}

function nobody(): never {
  throw new Failure("usage", "there is no terminal to ask at");
}
