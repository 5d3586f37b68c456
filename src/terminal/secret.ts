import { Failure } from "../model/failure.ts";

/** The part of a terminal's input that a hidden prompt needs. */
export interface SecretInput {
  setRawMode(raw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: "data", listener: (chunk: Buffer) => void): unknown;
  off(event: "data", listener: (chunk: Buffer) => void): unknown;
}

const LONGEST = 1024;

/**
 * Reads one line from a terminal without echo. Backspace takes a character back.
 *
 * @param ask writes the prompt and, at the end, the line end that was not echoed
 * @throws Failure `interrupted` on Ctrl-C or Ctrl-D; `usage` for more than 1,024 characters
 */
export async function readSecretLine(
  input: SecretInput,
  prompt: string,
  ask: (text: string) => void,
): Promise<string> {
  ask(prompt);
  input.setRawMode(true);
  input.resume();
  try {
    return await typedLine(input);
  } finally {
    input.setRawMode(false);
    input.pause();
    ask("\n");
  }
}

function typedLine(input: SecretInput): Promise<string> {
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    let typed = "";
    const end = (settle: () => void): void => {
      input.off("data", take);
      settle();
    };
    const take = (chunk: Buffer): void => {
      for (const sign of decoder.decode(chunk, { stream: true })) {
        if (sign === "\r" || sign === "\n") return end(() => resolve(typed));
        if (sign === "\u0003" || sign === "\u0004") {
          return end(() => reject(new Failure("interrupted", "no passphrase given")));
        }
        typed = sign === "\u007F" || sign === "\b" ? withoutLast(typed) : typed + sign;
        if (typed.length > LONGEST) {
          return end(() => reject(new Failure("usage", "passphrase longer than 1,024 characters")));
        }
      }
    };
    input.on("data", take);
  });
}

function withoutLast(text: string): string {
  return Array.from(text).slice(0, -1).join("");
}
