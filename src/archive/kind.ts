import type { CentralRecord } from "./directory.ts";
import type { ArchiveFindingCode } from "./finding.ts";

export type EntryKind = "file" | "directory" | "link" | "special";

export interface JudgedKind {
  readonly kind: EntryKind;
  readonly faults: readonly { readonly code: ArchiveFindingCode; readonly detail: string }[];
}

/** POSIX st_mode in the upper half of the external attributes, as Info-ZIP writes it on every Unix. */
const TYPE = 0o170000;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;
const LINK = 0o120000;
const SET_BITS = 0o7000;
const DOS_DIRECTORY = 0x10;

/** What an entry is, by its name and its attributes; nothing but bytes is ever made of it. */
export function judgeKind(record: CentralRecord, path: string): JudgedKind {
  const mode = record.attributes >>> 16;
  const type = mode & TYPE;
  const faults: { code: ArchiveFindingCode; detail: string }[] = [];
  const named = path.endsWith("/") || path.endsWith("\\");
  const marked = type === DIRECTORY || (type === 0 && (record.attributes & DOS_DIRECTORY) !== 0);
  if ((mode & SET_BITS) !== 0 && type !== DIRECTORY)
    faults.push({ code: "mode", detail: `mode ${(mode & 0o7777).toString(8)}` });
  if (type === LINK) {
    faults.push({ code: "link", detail: "symbolic link, its target kept as data" });
    return { kind: "link", faults };
  }
  if (type !== 0 && type !== REGULAR && type !== DIRECTORY) {
    faults.push({ code: "special", detail: `file type ${type.toString(8)}` });
    return { kind: "special", faults };
  }
  if ((marked && !named) || (named && type === REGULAR))
    faults.push({ code: "kind-disagrees", detail: "folder by name or by attributes, not by both" });
  const directory = named || marked;
  if (directory && record.size > 0)
    faults.push({ code: "directory-with-data", detail: `${record.size} bytes` });
  return { kind: directory ? "directory" : "file", faults };
}
