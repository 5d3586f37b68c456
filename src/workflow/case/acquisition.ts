import type { SourceName } from "../../model/artifact.ts";
import type { CustodyAct, CustodyEntry } from "../../model/custody.ts";
import { arrayAt, numberAt, stringAt } from "../../model/json.ts";
import type { StoredFinding } from "../../store/artifacts.ts";
import {
  addArtifact,
  addFinding,
  addMember,
  roleOf,
  membersOf,
  promote,
} from "../../store/artifacts.ts";
import type { Db } from "../../store/open.ts";

/** One file of what was offered, stored and numbered. The first of an acquisition is its source. */
export interface AcquiredFile {
  readonly number: number;
  readonly sha256: string;
  readonly size: number;
  /** Name of the source, or path of the member inside the archive or folder. */
  readonly name: SourceName;
}

/** What one offer brought: a file, an archive with its members, or the files of an export folder. */
export interface Acquisition {
  readonly kind: "file" | "archive" | "folder" | "stream";
  readonly files: readonly AcquiredFile[];
  readonly exhibit: string | null;
  readonly note: string | null;
  readonly path: string;
  readonly findings: readonly StoredFinding[];
}

/** The journal line of an acquisition; names, paths and members go into its private part. */
export function acquisitionAct(acquisition: Acquisition, actor: string): CustodyAct {
  const { kind, files, exhibit, note, path, findings } = acquisition;
  const [source, ...inside] = files;
  const members = inside.map(({ number, sha256, size }) => ({ number, sha256, size }));
  return {
    action: "acquired",
    actor,
    artifacts: source === undefined ? [] : [{ number: source.number, sha256: source.sha256 }],
    options: {
      source: kind,
      size: source?.size ?? 0,
      members: members.length,
      findings: findings.map(({ code, detail, count }) => ({ code, detail, count })),
    },
    ...(exhibit === null ? {} : { exhibit }),
    ...(note === null ? {} : { note }),
    paths: [path],
    names: files.map((file) => nameText(file.name)),
    members,
  };
}

/** Puts the files of an acquisition into the index, from its journal line alone. */
export function projectAcquisition(db: Db, entry: CustodyEntry): void {
  const source = entry.artifacts[0];
  if (source === undefined) return;
  const kind = stringAt(entry.options, "source") ?? "file";
  const size = numberAt(entry.options, "size") ?? 0;
  const files = [{ ...source, size }, ...(entry.private?.members ?? [])];
  const members = membersOf(db, source.number);
  const placed = new Set(members.map(({ path, artifact }) => `${artifact} ${path}`));
  let ordinal = members.length;
  for (const [at, file] of files.entries()) {
    const name = readName(entry.private?.names[at] ?? "");
    const role = at === 0 ? "source" : "member";
    const known = roleOf(db, file.number);
    if (known === null) {
      const status = at === 0 ? "unrecognised" : "companion";
      const exhibit = entry.exhibit ?? null;
      addArtifact(db, { ...file, role, status, name, exhibit, acquired: entry.at, seq: entry.seq });
    } else if (at === 0 && known === "member") {
      promote(db, file.number);
    }
    // An export that was taken in before may have grown: what it had keeps its place.
    if (at === 0 || placed.has(`${file.number} ${name.text}`)) continue;
    ordinal += 1;
    const place = { source: source.number, ordinal, path: name.text, artifact: file.number };
    addMember(db, { ...place, archived: kind === "archive" });
  }
  addFindings(db, source.number, entry);
}

function addFindings(db: Db, source: number, entry: CustodyEntry): void {
  for (const finding of arrayAt(entry.options, "findings")) {
    addFinding(db, source, null, {
      code: stringAt(finding, "code") ?? "finding",
      detail: stringAt(finding, "detail") ?? "",
      count: numberAt(finding, "count") ?? 1,
    });
  }
}

/** A name and, where its bytes are not the UTF-8 of it, those in base64 behind a NUL, which no name holds. */
function nameText(name: SourceName): string {
  return name.bytes === undefined ? name.text : `${name.text}\0${name.bytes}`;
}

function readName(text: string): SourceName {
  const [shown = "", bytes] = text.split("\0");
  return bytes === undefined ? { text: shown } : { text: shown, bytes };
}
