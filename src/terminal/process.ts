import { Failure } from "../model/failure.ts";
import { type ColourVariables, wantsColour } from "./colour.ts";
import { openTerminal } from "./open.ts";
import { readSecretLine, type SecretInput } from "./secret.ts";
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
  /** Called once, where the reader of standard output has gone. */
  readonly onBroken: () => void;
}

/** The terminal of the process whose streams these are. */
export function processTerminal(settings: ProcessTerminalSettings): Terminal {
  const { variables, json, noColor, secretInput } = settings;
  const out = streamSink(settings.stdout, settings.onBroken);
  const err = streamSink(settings.stderr, () => undefined);
  return openTerminal({
    out,
    err,
    json,
    colourOut: wantsColour(variables, out.isTerminal, noColor),
    colourErr: wantsColour(variables, err.isTerminal, noColor),
    canRedraw: variables.TERM !== "dumb",
    readSecret: (prompt) => {
      if (secretInput === null) throw new Failure("usage", "there is no terminal to ask at");
      return readSecretLine(secretInput, prompt, (text) => {
        err.write(text);
        void err.flush();
      });
    },
  });
}
