import { closeSync, openSync, writeSync } from "node:fs";

const FULL = 1 << 20;

/** Writes pieces of text to a new file, about a MiB at a time. */
export function writePieces(path: string, pieces: Iterable<string>): void {
  const fd = openSync(path, "wx");
  try {
    let pending: string[] = [];
    let length = 0;
    for (const piece of pieces) {
      pending.push(piece);
      length += piece.length;
      if (length < FULL) continue;
      writeSync(fd, pending.join(""));
      pending = [];
      length = 0;
    }
    writeSync(fd, pending.join(""));
  } finally {
    closeSync(fd);
  }
}
