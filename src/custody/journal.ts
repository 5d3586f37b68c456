import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { canonical } from "../hash/canonical.ts";
import { sha256 } from "../hash/digest.ts";
import type { Sha256 } from "../model/artifact.ts";
import type { CustodyAct, CustodyEntry, CustodyHead, ToolVersions } from "../model/custody.ts";
import type { Environment } from "../model/environment.ts";
import { Failure } from "../model/failure.ts";
import { FIRST_PREV, headOf, lineDigest } from "./chain.ts";
import { readJournal } from "./read.ts";

/** The chain of custody, open for appending. One process holds it; the case's lock sees to that. */
export interface Journal {
  readonly entries: readonly CustodyEntry[];
  readonly digests: readonly Sha256[];
  /** Writes one line and returns once it is on disk. */
  readonly append: (act: CustodyAct) => CustodyEntry;
  /** Writes several lines and returns once all are on disk, with one flush. */
  readonly appendAll: (acts: readonly CustodyAct[]) => readonly CustodyEntry[];
  readonly head: () => CustodyHead;
  readonly close: () => void;
}

/**
 * Opens a case's journal for appending, or starts it. A line cut off by a kill is set aside in a file
 * of its own beside the journal, and the journal says so: nothing that was acknowledged is touched.
 *
 * @throws Failure `integrity` where the lines do not form a chain: such a journal is not written to.
 */
export function openJournal(
  path: string,
  environment: Environment,
  tool: ToolVersions,
  actor: string,
): Journal {
  const reading = readJournal(path);
  const fault = reading.faults[0];
  if (fault !== undefined) {
    throw new Failure("integrity", `${path}: line ${fault.line} ${fault.detail}`, [
      "run `exhibita check` for the whole list; nothing is written to a broken journal",
    ]);
  }
  const fd = openSync(path, "a+", 0o600);
  syncFolder(path);
  const entries = [...reading.entries];
  const digests = [...reading.digests];
  const appendAll = (acts: readonly CustodyAct[]): readonly CustodyEntry[] => {
    const made: CustodyEntry[] = [];
    for (const act of acts) {
      const entry = link(act, entries.at(-1), digests.at(-1) ?? FIRST_PREV, environment, tool);
      entries.push(entry);
      digests.push(lineDigest(entry));
      made.push(entry);
    }
    write(fd, path, made.map((entry) => `${canonical(entry)}\n`).join(""));
    return made;
  };
  const journal: Journal = {
    entries,
    digests,
    append: (act) => {
      const [entry] = appendAll([act]);
      if (entry === undefined) throw new Failure("bug", "the journal wrote no line");
      return entry;
    },
    appendAll,
    head: () => headOf(digests),
    close: () => closeSync(fd),
  };
  if (reading.torn > 0) setAside(fd, path, reading.torn, journal, actor);
  return journal;
}

function link(
  act: CustodyAct,
  before: CustodyEntry | undefined,
  prev: Sha256,
  environment: Environment,
  tool: ToolVersions,
): CustodyEntry {
  const { action, actor, artifacts, options, exhibit, authority, note } = act;
  const at = new Date(environment.now()).toISOString();
  const hidden = {
    salt: salt(environment),
    host: environment.host,
    paths: act.paths ?? [],
    names: act.names ?? [],
    ...(act.members === undefined ? {} : { members: act.members }),
  };
  return {
    seq: (before?.seq ?? 0) + 1,
    at,
    monotonic: environment.monotonic().toString(),
    action,
    actor,
    tool,
    artifacts,
    options,
    ...(exhibit === undefined ? {} : { exhibit }),
    ...(authority === undefined ? {} : { authority }),
    ...(note === undefined ? {} : { note }),
    ...(before !== undefined && at < before.at ? { clockBackwards: true as const } : {}),
    salt: salt(environment),
    prev,
    privateDigest: sha256(canonical(hidden)),
    private: hidden,
  };
}

function salt(environment: Environment): string {
  return Buffer.from(environment.random(16)).toString("hex");
}

function write(fd: number, path: string, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
    fsyncSync(fd);
  } catch (cause) {
    throw new Failure("failed", `the journal could not be written: ${path}`, [], cause);
  }
}

function setAside(fd: number, path: string, torn: number, journal: Journal, actor: string): void {
  const size = fstatSync(fd).size;
  const bytes = Buffer.alloc(torn);
  readSync(fd, bytes, 0, torn, size - torn);
  const digest = sha256(bytes);
  const aside = openSync(`${path}.torn-${digest.slice(0, 12)}`, "w", 0o600);
  writeSync(aside, bytes);
  fsyncSync(aside);
  closeSync(aside);
  ftruncateSync(fd, size - torn);
  journal.append({
    action: "interrupted",
    actor,
    artifacts: [],
    options: { tornBytes: torn, tornSha256: digest },
    note: "the line before this one was cut off while it was written; its bytes were set aside",
  });
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
