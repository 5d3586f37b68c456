import type { ArchiveFinding, FindingSink } from "./finding.ts";
import type { EntryKind } from "./kind.ts";

/** What the comparison of names needs of an entry. */
export interface NamedEntry {
  readonly ordinal: number;
  readonly path: string;
  readonly pathBytes: Uint8Array;
  readonly kind: EntryKind;
}

/** Where an entry's directory record stands. */
export type RecordPlace = (ordinal: number) => {
  readonly offset: number;
  readonly length: number;
};

/** Reports names that some file system or reader would take for one another. */
export function findCollisions(
  entries: readonly NamedEntry[],
  placeOf: RecordPlace,
  findings: FindingSink,
): void {
  const groups = new Map<string, NamedEntry>();
  const spellings = new Map<string, NamedEntry>();
  const folders = new Set<string>();
  const report = (code: Collision, entry: NamedEntry, other: NamedEntry | null): void =>
    findings.add(collision(code, entry, other, placeOf(entry.ordinal)));
  for (const entry of entries) {
    const key = fold(entry.path);
    const like = groups.get(key);
    if (like === undefined) groups.set(key, entry);
    else {
      const twin = sameBytes(entry, like) ? like : spellings.get(rawKey(entry));
      if (twin === undefined) spellings.set(rawKey(entry), entry);
      report(twin === undefined ? "name-collision" : "name-duplicate", entry, twin ?? like);
    }
    if (entry.kind === "directory") folders.add(key);
    addParents(folders, key);
  }
  for (const entry of entries) {
    if (entry.kind !== "directory" && folders.has(fold(entry.path)))
      report("name-file-and-folder", entry, null);
  }
}

type Collision = "name-duplicate" | "name-collision" | "name-file-and-folder";

function sameBytes(a: NamedEntry, b: NamedEntry): boolean {
  return Buffer.compare(a.pathBytes, b.pathBytes) === 0;
}

function rawKey(entry: NamedEntry): string {
  return Buffer.from(entry.pathBytes).toString("latin1");
}

function collision(
  code: Collision,
  entry: NamedEntry,
  other: NamedEntry | null,
  place: ReturnType<RecordPlace>,
): ArchiveFinding {
  const name = JSON.stringify(entry.path);
  const detail =
    other === null
      ? `${name} is also a folder of other entries`
      : `${name}, like entry ${other.ordinal} ${JSON.stringify(other.path)}`;
  const { offset, length } = place;
  return { code, level: "finding", detail, entry: entry.ordinal, offset, length };
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
  if (/^[a-z0-9_/-]*[a-z0-9_]$/.test(path) && !path.includes("//") && !path.startsWith("/"))
    return path;
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
