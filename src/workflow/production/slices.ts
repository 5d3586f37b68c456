import { isUtf8 } from "node:buffer";
import { createHmac } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { blobPath, soundOriginal } from "../../acquire/originals.ts";
import { saltedDigest } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import type { CasePaths } from "../case/locate.ts";

/** The source bytes of a row, and what binds a bundle to them. */
export interface Slice {
  readonly raw?: string;
  readonly rawBase64?: string;
  readonly salt: string;
  readonly sliceDigest: string;
}

/** Reads slices of originals, each of which is held to its name once; a few files stay open. */
export interface SliceReader {
  readonly bytes: (file: string, offset: number, length: number) => Buffer;
  readonly slice: (id: string, file: string, offset: number, length: number) => Slice;
  readonly close: () => void;
}

const MOST_OPEN = 64;
const WINDOW = 1 << 16;

export function sliceReader(paths: Pick<CasePaths, "folder">, secret: Buffer): SliceReader {
  const open = new Map<string, number>();
  const sound = new Set<string>();
  const window = { file: "", start: 0, bytes: Buffer.alloc(0) };
  const close = (): void => {
    for (const fd of open.values()) closeSync(fd);
    open.clear();
  };
  const fdOf = (file: string): number => {
    const known = open.get(file);
    if (known !== undefined) return known;
    if (open.size >= MOST_OPEN) close();
    const path = sound.has(file) ? blobPath(paths.folder, file) : soundOriginal(paths.folder, file);
    sound.add(file);
    const fd = openSync(path, "r");
    open.set(file, fd);
    return fd;
  };
  // Rows come in file order, so a window over the file serves most of them without a read of their own.
  const bytes = (file: string, offset: number, length: number): Buffer => {
    const inside = window.file === file && offset >= window.start;
    if (!inside || offset + length > window.start + window.bytes.length) {
      const buffer = Buffer.alloc(Math.max(length, WINDOW));
      const got = readSync(fdOf(file), buffer, 0, buffer.length, offset);
      Object.assign(window, { file, start: offset, bytes: buffer.subarray(0, got) });
    }
    const start = offset - window.start;
    if (start + length > window.bytes.length) {
      throw new Failure("integrity", `original ${file} ends before byte ${offset + length}`, [
        "run `exhibita check`",
      ]);
    }
    return window.bytes.subarray(start, start + length);
  };
  const slice = (id: string, file: string, offset: number, length: number): Slice => {
    const found = bytes(file, offset, length);
    const salt = createHmac("sha256", secret).update(id).digest("hex").slice(0, 32);
    const text = isUtf8(found)
      ? { raw: found.toString("utf8") }
      : { rawBase64: found.toString("base64") };
    return { ...text, salt, sliceDigest: saltedDigest(salt, found) };
  };
  return { bytes, slice, close };
}
