import { isArchive } from "../../archive/archive.ts";
import { readEntry } from "../../archive/locate.ts";
import { Failure } from "../../model/failure.ts";
import type { ListedArtifact } from "./artifact.ts";
import type { Original, Originals } from "./originals.ts";
import type { Row } from "./row.ts";

/** Finds the bytes at a row's place: `not given`, or what is wrong with the place in words. */
export type FindSlice = (row: Row) => Promise<Buffer | string>;

/** Bytes of unpacked members that are kept: rows come in the order of their files, more or less. */
const MAX_KEPT = 256 << 20;
/** Of an entry that no line of artifacts.jsonl gives the size of. */
const MAX_UNLISTED = 256 << 20;
/** A row's slice: one message is far below this. */
const MAX_SLICE = 64 << 20;

/**
 * Looks for slices in the artifacts at hand: in the artifact itself, in the member it holds where that
 * is given by itself, else in the entry of the archive.
 */
export function sliceFinder(
  artifacts: ReadonlyMap<number, ListedArtifact>,
  originals: Originals,
): FindSlice {
  const memberOf = new Map<string, ListedArtifact>();
  for (const artifact of artifacts.values()) {
    if (artifact.container !== null && artifact.entry !== null) {
      memberOf.set(`${artifact.container}/${artifact.entry}`, artifact);
    }
  }
  const unpacked = memberCache();
  return async ({ artifact: number, locator: { entry, offset, length } }) => {
    const artifact = artifacts.get(number);
    if (artifact === undefined) return "not given";
    const holder = entry === null ? artifact : memberOf.get(`${number}/${entry}`);
    const own = holder === undefined ? null : originals.open(holder);
    if (own !== null) return cut(own, offset, length);
    const container = entry === null ? null : originals.open(artifact);
    // A folder's members are files of their own, and found above where they are given.
    if (container === null || entry === null || !isArchive(container.at(0, 4))) return "not given";
    const size = holder?.size ?? MAX_UNLISTED;
    const member = await unpacked(`${number}/${entry}`, () => wholeEntry(container, entry, size));
    return typeof member === "string" ? member : cut(inMemory(member), offset, length);
  };
}

type Content = Buffer | string;

/** Keeps what was unpacked last, up to `MAX_KEPT` bytes. */
function memberCache(): (key: string, unpack: () => Promise<Content>) => Promise<Content> {
  const members = new Map<string, Content>();
  let kept = 0;
  return async (key, unpack) => {
    const known = members.get(key);
    if (known !== undefined) return known;
    const content = await unpack();
    kept += content.length;
    for (const [oldest, { length }] of members) {
      if (kept <= MAX_KEPT) break;
      members.delete(oldest);
      kept -= length;
    }
    members.set(key, content);
    return content;
  };
}

function cut(from: Pick<Original, "size" | "at">, offset: number, length: number): Content {
  if (offset + length > from.size || length > MAX_SLICE) {
    return "its place lies beyond its source";
  }
  return from.at(offset, length);
}

function inMemory(content: Buffer): Pick<Original, "size" | "at"> {
  return {
    size: content.length,
    at: (offset, length) => content.subarray(offset, offset + length),
  };
}

/** The archive reader's own limits hold; the words where the entry cannot be read, or is beyond `size`. */
async function wholeEntry(archive: Original, entry: string, size: number): Promise<Content> {
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of readEntry(archive.path(), entry)) {
      length += chunk.length;
      if (length > size) return "its source holds a larger entry than was received";
      chunks.push(Buffer.from(chunk));
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return "its source holds no such entry that can be read";
  }
}
