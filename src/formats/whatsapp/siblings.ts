/**
 * The files beside the chat by name. Text and ZIP may write one name in two Unicode forms, so names are
 * compared in NFC; a sibling in a folder is found by its last part too.
 */
export type Siblings = ReadonlyMap<string, string>;

export function siblingsOf(paths: readonly string[]): Siblings {
  const found = new Map<string, string>();
  for (const path of paths) {
    found.set(path.normalize("NFC"), path);
    const name = path.slice(path.lastIndexOf("/") + 1).normalize("NFC");
    if (!found.has(name)) found.set(name, path);
  }
  return found;
}

/** The path of the file that a text names, undefined where none is at hand. */
export function findSibling(siblings: Siblings, name: string): string | undefined {
  return siblings.get(name) ?? siblings.get(name.normalize("NFC"));
}
