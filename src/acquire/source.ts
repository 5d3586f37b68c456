import { isUtf8 } from "node:buffer";
import { type BigIntStats, lstatSync, readdirSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { SourceName } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import { errorCode } from "./durable.ts";
import { isLitter } from "./litter.ts";

/** Path of something offered: bytes where its name is not UTF-8. */
export type SourcePath = string | Buffer;

/** One thing found where the analyst pointed. Only a `file` is to be acquired. */
export interface OfferedItem {
  readonly kind: "file" | "folder" | "refused" | "litter";
  readonly path: SourcePath;
  /** From the offered folder, `/` between; a file offered by itself has its own name here, a folder "". */
  readonly relative: string;
  readonly name: SourceName;
  readonly size: number;
  /** ISO 8601 UTC, from the file system; null where it could not be asked. */
  readonly mtime: string | null;
  /** Why it was refused; null for all else. */
  readonly reason: string | null;
}

const DEEPEST = 100;

/**
 * Everything at a path, in an order that depends on names alone: a folder stands before what is in
 * it, and names are sorted by their bytes. Nothing is opened, and no link is followed.
 *
 * @throws Failure `not-found` where nothing is there
 */
export function listOffered(path: string): readonly OfferedItem[] {
  const items: OfferedItem[] = [];
  const bytes = Buffer.from(resolve(path));
  const name = bytes.subarray(bytes.lastIndexOf(sep) + 1);
  const stats = lstatOf(bytes);
  if (typeof stats === "string") throw new Failure("not-found", `${path} is not there: ${stats}`);
  visit(items, { path: bytes, name, relative: "" }, stats, 0);
  return items;
}

interface Place {
  readonly path: Buffer;
  readonly name: Buffer;
  /** Of the folder above; "" for the offered path itself. */
  readonly relative: string;
}

function visit(
  items: OfferedItem[],
  place: Place,
  stats: BigIntStats | string,
  depth: number,
): void {
  const name = sourceName(place.name);
  const isRootFolder = depth === 0 && typeof stats !== "string" && stats.isDirectory();
  const here = isRootFolder ? "" : joined(place.relative, name.text);
  const reason = typeof stats === "string" ? stats : refusalOf(stats, depth);
  const litter = depth > 0 && isLitter(name.text);
  const folder = typeof stats !== "string" && stats.isDirectory();
  items.push({
    kind: litter ? "litter" : reason !== null ? "refused" : folder ? "folder" : "file",
    path: name.bytes === undefined && isUtf8(place.path) ? place.path.toString() : place.path,
    relative: here,
    name,
    size: typeof stats === "string" || folder ? 0 : Number(stats.size),
    mtime: typeof stats === "string" ? null : isoTime(stats.mtimeMs),
    reason: litter ? null : reason,
  });
  if (folder && !litter && reason === null) visitFolder(items, place, here, depth + 1);
}

function visitFolder(items: OfferedItem[], place: Place, here: string, depth: number): void {
  let names: Buffer[];
  try {
    names = readdirSync(place.path, { encoding: "buffer" });
  } catch (error) {
    refuseLast(items, `the folder cannot be read: ${errorCode(error)}`);
    return;
  }
  for (const name of names.toSorted((a, b) => a.compare(b))) {
    const path = Buffer.concat([place.path, Buffer.from(sep), name]);
    visit(items, { path, name, relative: here }, lstatOf(path), depth);
  }
}

function refuseLast(items: OfferedItem[], reason: string): void {
  const last = items.pop();
  if (last !== undefined) items.push({ ...last, kind: "refused", reason });
}

/** Why something that is there cannot be evidence as it stands; null for regular files and folders. */
export function refusalOf(stats: BigIntStats, depth: number = 0): string | null {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return depth > DEEPEST ? `nested deeper than ${DEEPEST} folders` : null;
  if (stats.isSymbolicLink()) return "a symbolic link: name what it points to";
  if (stats.isFIFO()) return "a named pipe";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

function lstatOf(path: Buffer): BigIntStats | string {
  try {
    return lstatSync(path, { bigint: true });
  } catch (error) {
    return errorCode(error) || "it cannot be examined";
  }
}

function joined(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function isoTime(milliseconds: bigint): string | null {
  const date = new Date(Number(milliseconds));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A name as text and, where it is not UTF-8, as bytes; such bytes show as `\xe9`. */
export function sourceName(bytes: Buffer): SourceName {
  if (isUtf8(bytes)) return { text: bytes.toString() };
  const shown = Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
  );
  return { text: shown.join(""), bytes: bytes.toString("base64") };
}

/** True where `child` is `parent` or stands inside it, links resolved; neither needs to exist. */
export function isInside(parent: string, child: string): boolean {
  const path = relative(realPath(parent), realPath(child));
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function realPath(path: string): string {
  const full = resolve(path);
  try {
    return realpathSync(full);
  } catch {
    const parent = dirname(full);
    return parent === full ? full : resolve(realPath(parent), relative(parent, full));
  }
}
