import { closeSync, openSync, readSync } from "node:fs";
import { digester } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import { errorCode } from "./durable.ts";

const BLOCK = 1024 * 1024;
/** Buffers of ended reads: one or two serve a whole run. */
const spare: Buffer[] = [];

/** An open file; `close` may be called twice. */
export interface OpenFile {
  readonly fd: number;
  readonly close: () => void;
}

/** Opens a path for reading; throws Failure `not-readable`, naming it. */
export function openForReading(path: string | Buffer, name: string = path.toString()): OpenFile {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (cause) {
    throw new Failure("not-readable", `${name} cannot be opened: ${errorCode(cause)}`, [], cause);
  }
  let open = true;
  return {
    fd,
    close: () => {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

/**
 * The bytes of an open file from its start, each chunk valid until the next is taken: the buffer is
 * reused, which costs half of what a stream costs.
 *
 * @throws Failure `not-readable` where the system cannot read on
 */
export function* chunksOf(fd: number, name: string): Generator<Buffer> {
  const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(BLOCK);
  try {
    for (let at = 0; ;) {
      const got = readAt(fd, buffer, at, name);
      if (got === 0) return;
      at += got;
      yield buffer.subarray(0, got);
    }
  } finally {
    spare.push(buffer);
  }
}

function readAt(fd: number, into: Buffer, offset: number, name: string): number {
  try {
    return readSync(fd, into, 0, into.length, offset);
  } catch (cause) {
    throw new Failure("not-readable", `${name} cannot be read: ${errorCode(cause)}`, [], cause);
  }
}

/** SHA-256 of a file's bytes; throws Failure `not-readable`. */
export function digestFile(path: string): Sha256 {
  const file = openForReading(path);
  const hash = digester();
  try {
    for (const chunk of chunksOf(file.fd, path)) hash.update(chunk);
    return hash.hex();
  } finally {
    file.close();
  }
}

/** True where two open files hold the same bytes; throws Failure `not-readable`. */
export function sameBytes(a: number, b: number, name: string): boolean {
  const left = chunksOf(a, name);
  const right = chunksOf(b, name);
  try {
    for (;;) {
      const one = left.next();
      const other = right.next();
      if (one.done === true || other.done === true) return one.done === other.done;
      if (!one.value.equals(other.value)) return false;
    }
  } finally {
    left.return(undefined);
    right.return(undefined);
  }
}
