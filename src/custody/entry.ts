import { isSha256 } from "../model/artifact.ts";
import type {
  CustodyAction,
  CustodyArtifact,
  CustodyEntry,
  CustodyMember,
  CustodyPrivate,
  ToolVersions,
} from "../model/custody.ts";
import { CUSTODY_ACTIONS } from "../model/custody.ts";
import { isJsonObject, isObject } from "../model/json.ts";

/** Reads one line of a journal; null where it is not an entry, whole and of known members only. */
export function parseEntry(line: string): CustodyEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  return toEntry(value);
}

const MEMBERS = new Set(
  (
    "seq at monotonic action actor tool artifacts options exhibit authority note " +
    "clockBackwards salt prev privateDigest private"
  ).split(" "),
);

/** Reads a parsed value as an entry; null where a member is missing, of another type, or unknown. */
export function toEntry(value: unknown): CustodyEntry | null {
  if (!isObject(value) || Object.keys(value).some((name) => !MEMBERS.has(name))) return null;
  const { seq, at, monotonic, action, actor, salt, prev, privateDigest } = value;
  const tool = toTool(value["tool"]);
  const artifacts = toArtifacts(value["artifacts"]);
  const options = value["options"];
  if (
    typeof seq !== "number" ||
    !isText(at) ||
    !isText(monotonic) ||
    !isAction(action) ||
    !isText(actor) ||
    !isText(salt) ||
    !isSha256(prev) ||
    !isSha256(privateDigest) ||
    tool === null ||
    artifacts === null ||
    (value["private"] !== undefined && toPrivate(value["private"]) === null) ||
    !isJsonObject(options)
  ) {
    return null;
  }
  const required = { seq, at, monotonic, action, actor, tool, artifacts, options };
  return { ...required, ...optionalOf(value), salt, prev, privateDigest };
}

type Optional = Pick<CustodyEntry, "exhibit" | "authority" | "note" | "clockBackwards" | "private">;

function optionalOf(value: Record<string, unknown>): Optional {
  const { exhibit, authority, note, clockBackwards } = value;
  const shown = toPrivate(value["private"]);
  return {
    ...(isText(exhibit) ? { exhibit } : {}),
    ...(isText(authority) ? { authority } : {}),
    ...(isText(note) ? { note } : {}),
    ...(clockBackwards === true ? { clockBackwards } : {}),
    ...(shown === null ? {} : { private: shown }),
  };
}

function toTool(value: unknown): ToolVersions | null {
  if (!isObject(value)) return null;
  const { exhibita, node, sqlite, tz, unicode } = value;
  if (!isText(exhibita) || !isText(node) || !isText(tz) || !isText(unicode)) return null;
  if (sqlite !== null && !isText(sqlite)) return null;
  return { exhibita, node, sqlite, tz, unicode };
}

function toArtifacts(value: unknown): readonly CustodyArtifact[] | null {
  if (!Array.isArray(value)) return null;
  const artifacts: CustodyArtifact[] = [];
  for (const item of value) {
    if (!isObject(item)) return null;
    const { number, sha256 } = item;
    if (typeof number !== "number" || !isSha256(sha256)) return null;
    artifacts.push({ number, sha256 });
  }
  return artifacts;
}

function toPrivate(value: unknown): CustodyPrivate | null {
  if (!isObject(value)) return null;
  const { salt, host, paths, names } = value;
  if (!isText(salt) || !isText(host) || !isTexts(paths) || !isTexts(names)) return null;
  const members = value["members"] === undefined ? [] : toMembers(value["members"]);
  if (members === null) return null;
  const shown = { salt, host, paths, names };
  return value["members"] === undefined ? shown : { ...shown, members };
}

function toMembers(value: unknown): readonly CustodyMember[] | null {
  if (!Array.isArray(value)) return null;
  const members: CustodyMember[] = [];
  for (const item of value) {
    if (!isObject(item)) return null;
    const { number, sha256, size } = item;
    if (typeof number !== "number" || typeof size !== "number" || !isSha256(sha256)) return null;
    members.push({ number, sha256, size });
  }
  return members;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isAction(value: unknown): value is CustodyAction {
  return CUSTODY_ACTIONS.some((action) => action === value);
}
