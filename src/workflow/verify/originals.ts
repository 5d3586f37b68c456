import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesOf, openRegular } from "../../bundle/bytes.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { writeAll } from "../../bundle/spool.ts";
import type { ListedArtifact } from "./artifact.ts";

/** The bytes of an artifact, read by place. */
export interface Original {
  readonly size: number;
  readonly at: (offset: number, length: number) => Buffer;
  /** A path of the file, for a reader of archives. */
  readonly path: () => string;
}

/** The artifacts whose bytes are at hand. */
export interface Originals {
  /** Null where they are not. */
  readonly open: (artifact: ListedArtifact) => Original | null;
  readonly close: () => void;
}

/**
 * Originals inside the bundle, and files outside it.
 *
 * @param found paths of files outside the bundle by their SHA-256
 */
export function openOriginals(bundle: StrictBundle, found: ReadonlyMap<string, string>): Originals {
  const closing: (() => void)[] = [];
  const opened = new Map<number, Original | null>();
  const open = (artifact: ListedArtifact): Original | null => {
    const known = opened.get(artifact.number);
    if (known !== undefined) return known;
    const original = inBundle(bundle, artifact, closing) ?? onDisk(artifact, found, closing);
    opened.set(artifact.number, original);
    return original;
  };
  const close = (): void => {
    for (const step of closing) step();
  };
  return { open, close };
}

function onDisk(
  { sha256 }: ListedArtifact,
  found: ReadonlyMap<string, string>,
  closing: (() => void)[],
): Original | null {
  const path = sha256 === null ? undefined : found.get(sha256);
  if (path === undefined) return null;
  const handle = openRegular(path);
  closing.push(() => closeSync(handle));
  const bytes = bytesOf(handle);
  return { size: bytes.size, at: bytes.at, path: () => path };
}

function inBundle(
  bundle: StrictBundle,
  artifact: ListedArtifact,
  closing: (() => void)[],
): Original | null {
  const entry = artifact.file === null ? undefined : bundle.find(artifact.file);
  if (entry === undefined || artifact.fileEntry !== null || entry.sha256 !== artifact.sha256) {
    return null;
  }
  let copy: string | null = null;
  return {
    size: entry.size,
    at: (offset, length) => bundle.slice(entry, offset, length) ?? Buffer.alloc(0),
    path: () => (copy ??= privateCopy(bundle, entry.name, closing)),
  };
}

/** A file inside a bundle has no path of its own; the copy is removed on closing. */
function privateCopy(bundle: StrictBundle, name: string, closing: (() => void)[]): string {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-"));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "original");
  const handle = openSync(path, "wx", 0o600);
  try {
    for (const chunk of bundle.chunks(name)) writeAll(handle, chunk);
  } finally {
    closeSync(handle);
  }
  return path;
}
