import { closeSync, constants, openSync, readSync } from "node:fs";
import type { OfferedItem, SourcePath } from "../../acquire/source.ts";
import { listOffered } from "../../acquire/source.ts";
import type { ListedFormat } from "../../formats/index.ts";
import { detectFormat } from "../../formats/detect.ts";
import type { PassedOver } from "./request.ts";

/** One source as it will be acquired: a file (an archive is one), or the files of an export folder. */
export interface Offer {
  readonly kind: "file" | "folder";
  readonly path: string;
  /** The file itself; for a folder its main file first, then the rest in order. */
  readonly files: readonly OfferedItem[];
}

export interface Offers {
  readonly offers: readonly Offer[];
  readonly passedOver: readonly PassedOver[];
}

const HEAD = 1 << 16;

/** First bytes of a file, at most 64 KiB; empty where it cannot be read, which acquiring it will tell. */
export function headOf(path: SourcePath): Uint8Array {
  let fd: number;
  try {
    fd = openSync(
      path,
      constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
    );
  } catch {
    return Buffer.alloc(0);
  }
  try {
    const head = Buffer.alloc(HEAD);
    return head.subarray(0, readSync(fd, head, 0, HEAD, 0));
  } catch {
    return Buffer.alloc(0);
  } finally {
    closeSync(fd);
  }
}

/**
 * Sorts what was offered into sources. A folder is one source where exactly one of its own files is
 * recognised and everything else in it and below is not: an export with its media. Any other folder is
 * a place where sources lie.
 */
export async function listOffers(
  paths: readonly string[],
  formats: readonly ListedFormat[],
): Promise<Offers> {
  const offers: Offer[] = [];
  const passedOver: PassedOver[] = [];
  for (const path of paths) {
    const items = listOffered(path);
    for (const item of items) {
      if (item.kind !== "refused" && item.kind !== "litter") continue;
      const reason = item.reason ?? "left behind by an operating system";
      passedOver.push({ type: item.kind, path: String(item.path), reason });
    }
    const files = items.filter((item) => item.kind === "file");
    const [root] = items;
    if (root?.kind === "folder") offers.push(...(await offersIn(path, "", files, formats)));
    else offers.push(...files.map(alone));
  }
  return { offers, passedOver };
}

async function offersIn(
  path: string,
  folder: string,
  files: readonly OfferedItem[],
  formats: readonly ListedFormat[],
): Promise<Offer[]> {
  const main = files.length > 1 ? await mainOf(folder, files, formats) : null;
  if (main !== null) {
    const rest = files.filter((file) => file !== main);
    return [{ kind: "folder", path, files: [main, ...rest].map((file) => within(folder, file)) }];
  }
  const own = files.filter((file) => folderOf(file) === folder);
  const below = Map.groupBy(
    files.filter((file) => folderOf(file) !== folder),
    (file) => file.relative.slice(folder.length).replace(/^\//, "").split("/")[0] ?? "",
  );
  const offers = own.map(alone);
  for (const [name, inside] of below) {
    const inner = folder === "" ? name : `${folder}/${name}`;
    offers.push(...(await offersIn(`${path}/${name}`, inner, inside, formats)));
  }
  return offers;
}

/** The one recognised file of an export folder; null where there is none, or more than one anywhere below. */
async function mainOf(
  folder: string,
  files: readonly OfferedItem[],
  formats: readonly ListedFormat[],
): Promise<OfferedItem | null> {
  let main: OfferedItem | null = null;
  for (const file of files) {
    if (!(await isRecognised(file, formats))) continue;
    if (main !== null || folderOf(file) !== folder) return null;
    main = file;
  }
  return main;
}

async function isRecognised(file: OfferedItem, formats: readonly ListedFormat[]): Promise<boolean> {
  const head = headOf(file.path);
  if (isZip(head)) return true;
  const probe = { name: file.name.text, head, size: file.size, siblings: [] };
  return (await detectFormat(probe, formats, null, null)).outcome !== "none";
}

/** An archive among the files of a folder is a source of its own, whatever it holds. */
function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04;
}

/** The same file with its path as seen from the export's own folder. */
function within(folder: string, file: OfferedItem): OfferedItem {
  return folder === "" ? file : { ...file, relative: file.relative.slice(folder.length + 1) };
}

function alone(file: OfferedItem): Offer {
  return { kind: "file", path: String(file.path), files: [file] };
}

function folderOf(file: OfferedItem): string {
  return file.relative.slice(0, Math.max(0, file.relative.lastIndexOf("/")));
}
