import type { FindingSink } from "./finding.ts";

/** What the comparison of names needs of an entry. */
export interface NamedEntry {
  readonly ordinal: number;
  readonly path: string;
  readonly pathBytes: Uint8Array;
  readonly isFolder: boolean;
  readonly offset: number;
  readonly length: number;
}

/** Reports names that some file system or reader would take for one another. */
export function findCollisions(entries: readonly NamedEntry[], findings: FindingSink): void {
  const bytes = new Map<string, NamedEntry>();
  const folded = new Map<string, NamedEntry>();
  const files = new Map<string, NamedEntry>();
  const folders = new Set<string>();
  for (const entry of entries) {
    const raw = Buffer.from(entry.pathBytes).toString("latin1");
    const key = fold(entry.path);
    const twin = bytes.get(raw);
    const like = folded.get(key);
    if (twin !== undefined) say(findings, "name-duplicate", entry, twin);
    else if (like !== undefined) say(findings, "name-collision", entry, like);
    if (twin === undefined) bytes.set(raw, entry);
    if (like === undefined) folded.set(key, entry);
    if (entry.isFolder) folders.add(key);
    else files.set(key, entry);
    addParents(folders, key);
  }
  for (const [key, entry] of files) {
    if (folders.has(key)) say(findings, "name-file-and-folder", entry, null);
  }
}

function say(
  findings: FindingSink,
  code: "name-duplicate" | "name-collision" | "name-file-and-folder",
  entry: NamedEntry,
  other: NamedEntry | null,
): void {
  const name = JSON.stringify(entry.path);
  const detail =
    other === null
      ? `${name} is also a folder of other entries`
      : `${name}, like entry ${other.ordinal} ${JSON.stringify(other.path)}`;
  const { ordinal, offset, length } = entry;
  findings.add({ code, level: "finding", detail, entry: ordinal, offset, length });
}

/** Each folder above a path, up to a depth that no honest path reaches. */
function addParents(folders: Set<string>, key: string): void {
  let end = key.lastIndexOf("/");
  for (let depth = 0; end > 0 && depth < 64; depth++) {
    const parent = key.slice(0, end);
    if (folders.has(parent)) return;
    folders.add(parent);
    end = parent.lastIndexOf("/");
  }
}

/**
 * The name as the most forgiving reader takes it: NFKC, no case, one kind of separator, no empty or
 * same-folder steps, no dots or blanks at the end of a step, and every byte that is not text alike.
 */
function fold(path: string): string {
  return path
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("\\", "/")
    .split("/")
    .map(trimPadding)
    .filter((part) => part !== "")
    .join("/");
}

/** Cuts dots and blanks at the end, by hand: a pattern would take quadratic time on many of them. */
function trimPadding(part: string): string {
  if (part === "..") return part;
  let end = part.length;
  while (end > 0 && (part[end - 1] === "." || part[end - 1] === " ")) end--;
  return part.slice(0, end);
}
