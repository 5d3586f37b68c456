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
 * Reads lines from a terminal without echo, one a call. Backspace takes a character back; what was
 * pasted beyond a line belongs to the next.
 *
 * @param ask writes the prompt and, at the end, the line end that was not echoed
 * @returns a function that shows its prompt and gives what was typed; it throws Failure `interrupted`
 *   on Ctrl-C or Ctrl-D, `usage` for more than 1,024 characters
 */
export function secretReader(
  input: SecretInput,
  ask: (text: string) => void,
): (prompt: string) => Promise<string> {
  let rest: Buffer = Buffer.alloc(0);
  return async (prompt) => {
    ask(prompt);
    input.setRawMode(true);
    input.resume();
    try {
      const line = await typedLine(input, rest);
      rest = line.rest;
      return line.text;
    } finally {
      input.setRawMode(false);
      input.pause();
      ask("\n");
    }
  };
}

interface TypedLine {
  readonly text: string;
  readonly rest: Buffer;
}

function typedLine(input: SecretInput, before: Buffer): Promise<TypedLine> {
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    let typed = "";
    const take = (chunk: Buffer): void => {
      const end = chunk.findIndex((byte) => ENDS.has(byte));
      typed = edited(typed, decoder.decode(end < 0 ? chunk : chunk.subarray(0, end), STREAM));
      const tooLong = typed.length > LONGEST;
      if (end < 0 && !tooLong) return;
      input.off("data", take);
      if (tooLong) reject(new Failure("usage", "passphrase longer than 1,024 characters"));
      else if (isBreak(chunk[end])) reject(new Failure("interrupted", "no passphrase given"));
      else resolve({ text: typed, rest: afterEnd(chunk.subarray(end)) });
    };
    input.on("data", take);
    if (before.length > 0) take(before);
  });
}

const CTRL_C = 0x03;
const CTRL_D = 0x04;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** None of them is ever a part of a longer UTF-8 sequence. */
const ENDS: ReadonlySet<number> = new Set([CTRL_C, CTRL_D, LINE_FEED, CARRIAGE_RETURN]);

const STREAM = { stream: true };

function isBreak(byte: number | undefined): boolean {
  return byte === CTRL_C || byte === CTRL_D;
}

function afterEnd(fromEnd: Buffer): Buffer {
  const crlf = fromEnd[0] === CARRIAGE_RETURN && fromEnd[1] === LINE_FEED;
  return fromEnd.subarray(crlf ? 2 : 1);
}

function edited(typed: string, more: string): string {
  let text = typed;
  for (const sign of more) {
    text = sign === "\u007F" || sign === "\b" ? withoutLast(text) : text + sign;
  }
  return text;
}

function withoutLast(text: string): string {
  return Array.from(text).slice(0, -1).join("");
}
