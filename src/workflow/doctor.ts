import { existsSync, mkdtempSync, rmSync, statfsSync, statSync } from "node:fs";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../model/failure.ts";
import { fontNames } from "../report/fonts.ts";
import { openStore, sqliteVersion } from "../store/open.ts";
import { toolVersions } from "./case/tool.ts";
import { keysIn } from "./keys.ts";

/** One thing that exhibita needs of this machine. */
export interface Finding {
  readonly id: "exhibita" | "node" | "time-zones" | "sqlite" | "fonts" | "disk" | "clock" | "keys";
  readonly state: "good" | "doubtful" | "missing";
  readonly detail: string;
  /** How to get what is missing; null where nothing is. */
  readonly remedy: string | null;
}

export interface Machine {
  /** Milliseconds of the machine's clock. */
  readonly now: number;
  /** Folder whose file system will hold the work. */
  readonly folder: string;
  readonly keyFolder: string;
}

/** Looks at everything, whatever is missing. */
export function examine(machine: Machine): readonly Finding[] {
  const { exhibita, node, tz, unicode } = toolVersions(null);
  return [
    good("exhibita", exhibita),
    nodeFinding(node, unicode),
    tz === "none"
      ? missing("time-zones", "none", "install a Node with full ICU data")
      : good("time-zones", tz),
    attempt("sqlite", "reinstall exhibita with its own dependencies (npm ci)", indexDetail),
    attempt("fonts", "reinstall exhibita with its own dependencies (npm ci)", fontDetail),
    diskFinding(machine.folder),
    clockFinding(machine.now),
    keyFinding(machine.keyFolder),
  ];
}

const LEAST_NODE = "22.18.0";
const LEAST_FREE = 2e9;
/** No clock that is right shows an earlier time than the first release. */
const FIRST_RELEASE = Date.UTC(2026, 10, 1);
const FAR_FUTURE = Date.UTC(2100, 0, 1);

function nodeFinding(node: string, unicode: string): Finding {
  const detail = `${node}, Unicode ${unicode}`;
  return node.localeCompare(LEAST_NODE, "en", { numeric: true }) < 0
    ? missing("node", detail, `exhibita needs Node ${LEAST_NODE} or newer`)
    : good("node", detail);
}

/** Makes an empty index and removes it: the library, its version and its full-text search in one. */
function indexDetail(): string {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-doctor-"));
  try {
    openStore(join(folder, "index.db")).close();
    return `${sqliteVersion()} with full-text search`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fontDetail(): string {
  return fontNames().join(", ");
}

function diskFinding(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const detail = `${(free / 1e9).toFixed(1)} GB free at ${folder}`;
  return free < LEAST_FREE
    ? {
        id: "disk",
        state: "doubtful",
        detail,
        remedy: "a case needs as much as its sources, and as much again",
      }
    : good("disk", detail);
}

function clockFinding(now: number): Finding {
  const detail = new Date(now).toISOString();
  return now < FIRST_RELEASE || now > FAR_FUTURE
    ? missing("clock", detail, "set the machine's clock: every custody entry carries its time")
    : good("clock", detail);
}

function keyFinding(folder: string): Finding {
  if (!existsSync(folder)) {
    const remedy = "exhibita key init --holder NAME makes a key; verify and ingest need none";
    return { id: "keys", state: "doubtful", detail: `none, no folder ${folder}`, remedy };
  }
  const open = platform() !== "win32" && (statSync(folder).mode & 0o077) !== 0;
  const finding = attempt(
    "keys",
    "see exhibita key list",
    () => `${keysIn(folder).length} in ${folder}`,
  );
  return open && finding.state === "good"
    ? { ...finding, state: "doubtful", remedy: `others can look into it: chmod 700 ${folder}` }
    : finding;
}

function attempt(id: Finding["id"], remedy: string, look: () => string): Finding {
  try {
    return good(id, look());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const own = error instanceof Failure ? error.hints[0] : undefined;
    return missing(id, reason, own ?? remedy);
  }
}

function good(id: Finding["id"], detail: string): Finding {
  return { id, state: "good", detail, remedy: null };
}

function missing(id: Finding["id"], detail: string, remedy: string): Finding {
  return { id, state: "missing", detail, remedy };
}
