/** Where text leaves: a stream of the process, or memory in a test. */
export interface Sink {
  readonly isTerminal: boolean;
  /** Columns; only asked of a terminal. */
  readonly columns: () => number;
  readonly write: (chunk: string | Uint8Array) => void;
  /** Resolves when everything written has left. */
  readonly flush: () => Promise<void>;
}

/** The part of a Node stream that a sink needs. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(chunk: string | Uint8Array, done: (error?: Error | null) => void): boolean;
  on(event: "error", listener: (error: Error) => void): unknown;
}

const BLOCK = 1 << 16;
const USUAL_COLUMNS = 80;

/**
 * A sink on a stream. Short writes are gathered into blocks of 64 KiB, since a system call a line costs
 * more than the line. After the reader has gone, or the
 * disk behind it is full, writes go nowhere and `onBroken` is told once.
 */
export function streamSink(stream: OutputStream, onBroken: (error: Error) => void): Sink {
  let waiting: string[] = [];
  let length = 0;
  let broken = false;
  const send = (chunk: string | Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      stream.write(chunk, () => resolve());
    });
  const drain = async (): Promise<void> => {
    const text = waiting.join("");
    waiting = [];
    length = 0;
    if (!broken) await send(text);
  };
  stream.on("error", (error) => {
    if (broken) return;
    broken = true;
    onBroken(error);
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: () => stream.columns ?? USUAL_COLUMNS,
    write: (chunk) => {
      if (broken) return;
      if (typeof chunk !== "string") {
        void drain();
        void send(chunk);
        return;
      }
      if (waiting.length === 0) setImmediate(() => void drain());
      waiting.push(chunk);
      length += chunk.length;
      if (length >= BLOCK) void drain();
    },
    flush: drain,
  };
}
