import type { ArchiveFindingCode } from "./finding.ts";

/** One thing about a name that would harm or mislead whoever wrote a file under it. */
export interface NameFault {
  readonly code: ArchiveFindingCode;
  readonly detail: string;
}

const LONGEST_PART = 255;
const LONGEST_PATH = 1024;
const DEEPEST = 64;

/**
 * Judges a name as each common system would read it. exhibita writes no file under a name from an
 * archive; the faults are evidence of how the archive was made.
 */
export function nameFaults(path: string): readonly NameFault[] {
  const faults: NameFault[] = [];
  const parts = path.replaceAll("\\", "/").replace(/\/$/, "").split("/");
  const say = (code: ArchiveFindingCode, detail: string): void =>
    void faults.push({ code, detail });
  if (isAbsolute(path)) say("name-absolute", "absolute path, drive, share or home folder");
  if (parts.some((part) => part === ".." || part === "."))
    say("name-traversal", "holds a step to the same or the parent folder");
  if (parts.some(isDevice)) say("name-device", "a device or alternate stream on Windows");
  const odd = oddities(path, parts);
  if (odd.length > 0) say("name-unusual", odd.join(", "));
  return faults;
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:|~)/.test(path);
}

const DEVICES = new Set(
  ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"].concat(
    ["1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"].flatMap((digit) => [
      `COM${digit}`,
      `LPT${digit}`,
    ]),
  ),
);

/** Windows takes the part before the first dot or colon, blanks at its end left out, in any case. */
function isDevice(part: string): boolean {
  if (/^[A-Za-z]:$/.test(part)) return false;
  if (part.includes(":")) return true;
  if (part.length < 3) return false;
  const stem = part.split(".", 1)[0] ?? "";
  return DEVICES.has(stem.trimEnd().toUpperCase());
}

/** Marks that turn the reading direction, and characters without width. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;

/** C0, C1 and DEL. */
function hasControl(path: string): boolean {
  for (let at = 0; at < path.length; at++) {
    const unit = path.charCodeAt(at);
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return true;
  }
  return false;
}

function oddities(path: string, parts: readonly string[]): readonly string[] {
  const odd: string[] = [];
  const say = (when: boolean, what: string): void => {
    if (when) odd.push(what);
  };
  say(path === "", "empty");
  say(path !== "" && parts.includes("") && !isAbsolute(path), "empty step");
  say(path.includes("\\"), "backslash");
  say(hasControl(path), "control characters");
  say(INVISIBLE.test(path), "bidi or invisible characters");
  say(path.startsWith("-"), "reads as an option");
  say(
    parts.some((part) => /[. ]$/.test(part) && part !== "." && part !== ".."),
    "ends in a dot or blank",
  );
  say(
    parts.some((part) => part.startsWith(" ")),
    "begins with a blank",
  );
  say(parts.includes("__proto__"), "reads as a property of every object");
  say(path.length > LONGEST_PATH || parts.some((part) => part.length > LONGEST_PART), "too long");
  say(parts.length > DEEPEST, "too deep");
  return odd;
}
