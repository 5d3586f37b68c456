import type { Bound } from "../../store/load.ts";

/** The other files of an export, as seen from the file that is parsed. */
export interface Siblings {
  /** Path of the parsed file inside its export; null where it stands alone. */
  readonly name: string | null;
  /** Paths relative to the parsed file's folder. */
  readonly paths: readonly string[];
  /** Number of the artifact an attachment names, by path or else by file name; null where none or several fit. */
  readonly find: (name: Bound) => number | null;
}

/** Looks names up as people read them: NFC, `/` between folders, no leading `./`. */
export function siblingsOf(
  parsing: { readonly artifact: number; readonly source: number },
  members: readonly { path: string; artifact: number }[],
): Siblings {
  const own = members.find((member) => member.artifact === parsing.artifact)?.path ?? null;
  const folder = own === null ? "" : own.slice(0, own.lastIndexOf("/") + 1);
  const byPath = new Map<string, number>();
  const byName = new Map<string, number | null>();
  const paths: string[] = [];
  for (const { path, artifact } of members) {
    if (artifact === parsing.artifact) continue;
    const relative = path.startsWith(folder) ? path.slice(folder.length) : path;
    paths.push(relative);
    byPath.set(tidy(relative), artifact);
    const name = baseName(tidy(relative));
    const twin = byName.get(name);
    byName.set(name, twin === undefined || twin === artifact ? artifact : null);
  }
  const find = (name: Bound): number | null => {
    if (typeof name !== "string") return null;
    const wanted = tidy(name);
    return byPath.get(wanted) ?? (wanted.includes("/") ? null : (byName.get(wanted) ?? null));
  };
  return { name: own, paths, find };
}

function tidy(path: string): string {
  return path
    .normalize("NFC")
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
