import { mkdtempSync, rmSync } from "node:fs";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isArchive } from "../../archive/archive.ts";
import { readEntry } from "../../archive/locate.ts";
import { type Bytes, bytesOf, openRegular } from "../../bundle/bytes.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { writeAll } from "../../bundle/spool.ts";
import { Failure } from "../../model/failure.ts";
import type { ListedArtifact } from "./artifact.ts";
import type { Row } from "./row.ts";

/** The sources at hand: originals inside the bundle, and files the person named, found by digest. */
export interface Sources {
  /** The bytes at a row's place; `not given`, or what is wrong with the place in words. */
  readonly slice: (row: Row) => Promise<Buffer | string>;
  readonly close: () => void;
}

/** One file whose bytes can be read by place. */
interface Readable {
  readonly size: number;
  readonly at: (offset: number, length: number) => Buffer;
  /** Where the file lies on disk; null for one inside the bundle. */
  readonly path: string | null;
}

/** Bytes of unpacked members that are kept: rows come in the order of their files, more or less. */
const MAX_KEPT = 256 << 20;
/** A row's slice: one message is far below this. */
const MAX_SLICE = 64 << 20;

/**
 * @param found paths of files outside the bundle by their SHA-256
 */
export function openSources(
  bundle: StrictBundle,
  artifacts: ReadonlyMap<number, ListedArtifact>,
  found: ReadonlyMap<string, string>,
): Sources {
  const handles: number[] = [];
  const files = new Map<number, Readable | null>();
  const members = new Map<string, Buffer | string>();
  const memberOf = new Map<string, ListedArtifact>();
  for (const artifact of artifacts.values()) {
    if (artifact.container !== null && artifact.entry !== null) {
      memberOf.set(`${artifact.container}/${artifact.entry}`, artifact);
    }
  }
  let folder: string | null = null;

  function file(artifact: ListedArtifact): Readable | null {
    const known = files.get(artifact.number);
    if (known !== undefined) return known;
    const opened = inBundle(bundle, artifact) ?? onDisk(artifact);
    files.set(artifact.number, opened);
    return opened;
  }

  function onDisk(artifact: ListedArtifact): Readable | null {
    const path = artifact.sha256 === null ? undefined : found.get(artifact.sha256);
    if (path === undefined) return null;
    const handle = openRegular(path);
    handles.push(handle);
    const bytes: Bytes = bytesOf(handle);
    return { size: bytes.size, at: bytes.at, path };
  }

  /** An archive inside the bundle is read from a private copy, which `close` removes. */
  function pathOf(archive: Readable, artifact: ListedArtifact): string {
    if (archive.path !== null) return archive.path;
    folder ??= mkdtempSync(join(tmpdir(), "exhibita-"));
    const path = join(folder, String(artifact.number));
    const handle = openSync(path, "wx", 0o600);
    try {
      for (const chunk of bundle.chunks(artifact.file ?? "")) writeAll(handle, chunk);
    } finally {
      closeSync(handle);
    }
    files.set(artifact.number, { ...archive, path });
    return path;
  }

  async function member(archive: Readable, artifact: ListedArtifact, entry: string) {
    const key = `${artifact.number}/${entry}`;
    const known = members.get(key);
    if (known !== undefined) return known;
    const content = await wholeEntry(pathOf(archive, artifact), entry);
    let kept = content.length + [...members.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [oldest, { length }] of members) {
      if (kept <= MAX_KEPT) break;
      members.delete(oldest);
      kept -= length;
    }
    members.set(key, content);
    return content;
  }

  async function slice({ artifact: number, locator }: Row): Promise<Buffer | string> {
    const { entry, offset, length } = locator;
    const artifact = artifacts.get(number);
    if (artifact === undefined) return "not given";
    const direct = entry === null ? artifact : memberOf.get(`${number}/${entry}`);
    const own = direct === undefined ? null : file(direct);
    if (own !== null) return cut(own.at, own.size, offset, length);
    const container = entry === null ? null : file(artifact);
    if (container === null || entry === null) return "not given";
    // A folder's members are files of their own, and found above where they are given.
    if (!isArchive(container.at(0, 4))) return "not given";
    const content = await member(container, artifact, entry);
    return typeof content === "string"
      ? content
      : cut((at, size) => content.subarray(at, at + size), content.length, offset, length);
  }

  return {
    slice,
    close: () => {
      for (const handle of handles) closeSync(handle);
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function cut(at: Readable["at"], size: number, offset: number, length: number): Buffer | string {
  if (offset + length > size || length > MAX_SLICE) return "its place lies beyond its source";
  return at(offset, length);
}

function inBundle(bundle: StrictBundle, artifact: ListedArtifact): Readable | null {
  const entry = artifact.file === null ? undefined : bundle.find(artifact.file);
  if (entry === undefined || artifact.fileEntry !== null || entry.sha256 !== artifact.sha256) {
    return null;
  }
  const at = (offset: number, length: number): Buffer =>
    bundle.slice(entry, offset, length) ?? Buffer.alloc(0);
  return { size: entry.size, at, path: null };
}

/** The archive reader's own limits hold; the words where it cannot be read. */
async function wholeEntry(path: string, entry: string): Promise<Buffer | string> {
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of readEntry(path, entry)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return "its source holds no such entry that can be read";
  }
}
