/** Files and folders that operating systems leave beside others, in lower case. */
const LITTER = new Set([
  "thumbs.db",
  "ehthumbs.db",
  "desktop.ini",
  ".ds_store",
  "__macosx",
  ".spotlight-v100",
  ".trashes",
  ".fseventsd",
  "$recycle.bin",
  "system volume information",
]);

/** True where any step of a `/` path is what an operating system leaves behind: named, never parsed. */
export function isLitter(path: string): boolean {
  return path
    .split("/")
    .some((part) => LITTER.has(part.toLowerCase()) || (part.startsWith("._") && part.length > 2));
}
