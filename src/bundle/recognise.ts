import type { Bytes } from "./bytes.ts";
import { CENTRAL_LENGTH, CENTRAL_SIGNATURE, END_LENGTH, LOCAL_SIGNATURE } from "./layout.ts";
import { BUNDLE_JSON, MAX_ENTRIES, MIMETYPE, SIGNATURE } from "./names.ts";
import type { Problem } from "./problem.ts";

/** What a foreign central directory says of one entry. */
interface Listed {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly madeBy: number;
  readonly extra: number;
  readonly size: number;
  readonly header: number;
}

interface Directory {
  /** It lies where it says, and nothing follows its end. */
  readonly isInPlace: boolean;
  readonly count: number;
  readonly listed: readonly Listed[];
}

/** An expansion beyond this is a bomb, not a bundle. */
const MAX_RATIO = 100;
const SLACK = 1 << 20;
const MAX_DIRECTORY = 16 << 20;

/**
 * Says what a file is that is not the canonical ZIP: no bundle at all, one that another program has
 * packed again, a bomb, or a bundle that was altered at `position`. Nothing is inflated.
 */
export function recognise(bytes: Bytes, position: number): Problem {
  const directory = readDirectory(bytes);
  if (directory === null) {
    return bytes.at(0, 4).equals(Buffer.from("PK\x03\x04", "latin1"))
      ? { word: "ALTERED", detail: `cut short or damaged at byte ${position}` }
      : { word: "BAD FORMAT", detail: "neither a bundle nor a PDF" };
  }
  const total = directory.listed.reduce((sum, entry) => sum + entry.size, 0);
  if (directory.count > MAX_ENTRIES || total > bytes.size * MAX_RATIO + SLACK) {
    return {
      word: "LIMIT",
      detail: `${directory.count} entries of ${total} bytes in ${bytes.size}`,
    };
  }
  const names = new Set(directory.listed.map((entry) => entry.name));
  if (![MIMETYPE, BUNDLE_JSON, SIGNATURE].every((name) => names.has(name))) {
    return { word: "BAD FORMAT", detail: "a ZIP, but not a bundle" };
  }
  if (isRepacked(bytes, directory)) {
    const detail = "another program wrote this ZIP again; ask for the file as it was handed over";
    return { word: "REPACKED", detail };
  }
  return { word: "ALTERED", detail: `not as written, first at byte ${position}` };
}

/**
 * True where the headers throughout are another writer's: deflated or with descriptors, or each made by
 * another version or with extra fields. A date alone is no sign of a writer.
 */
function isRepacked(bytes: Bytes, directory: Directory): boolean {
  if (!directory.isInPlace || directory.listed[0]?.header !== 0) return false;
  const foreign = (entry: Listed): boolean => {
    const local = bytes.at(entry.header, 30);
    const agrees =
      local.length === 30 &&
      local.readUInt32LE(0) === LOCAL_SIGNATURE &&
      local.readUInt16LE(6) === entry.flags &&
      local.readUInt16LE(8) === entry.method;
    return (
      agrees &&
      (entry.method !== 0 || entry.flags !== 0 || entry.madeBy !== 0x032d || entry.extra !== 0)
    );
  };
  const deflated = directory.listed.some((entry) => entry.method !== 0 && foreign(entry));
  return deflated || directory.listed.every(foreign);
}

/** The directory before the last end record, wherever it says it is; null where there is no such record. */
function readDirectory(bytes: Bytes): Directory | null {
  const tail = bytes.at(Math.max(0, bytes.size - END_LENGTH - 0xffff), END_LENGTH + 0xffff);
  const found = tail.lastIndexOf("PK\x05\x06", tail.length - END_LENGTH, "latin1");
  if (found < 0) return null;
  const end = bytes.size - tail.length + found;
  const count = tail.readUInt16LE(found + 10);
  const length = tail.readUInt32LE(found + 12);
  const start = end - length;
  if (length > MAX_DIRECTORY || start < 0) return { isInPlace: false, count, listed: [] };
  const isInPlace = start === tail.readUInt32LE(found + 16) && end + END_LENGTH === bytes.size;
  return { isInPlace, count, listed: listedIn(bytes.at(start, length)) };
}

function listedIn(directory: Buffer): readonly Listed[] {
  const listed: Listed[] = [];
  let at = 0;
  while (
    at + CENTRAL_LENGTH <= directory.length &&
    directory.readUInt32LE(at) === CENTRAL_SIGNATURE
  ) {
    const nameLength = directory.readUInt16LE(at + 28);
    const extra = directory.readUInt16LE(at + 30);
    listed.push({
      name: directory.toString("latin1", at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength),
      madeBy: directory.readUInt16LE(at + 4),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      size: directory.readUInt32LE(at + 24),
      extra,
      header: directory.readUInt32LE(at + 42),
    });
    at += CENTRAL_LENGTH + nameLength + extra + directory.readUInt16LE(at + 32);
  }
  return listed;
}
