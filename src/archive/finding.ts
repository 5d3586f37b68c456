import type { Sha256 } from "../model/artifact.ts";

/**
 * What is wrong with, or merely odd about, a container. A *finding* is something two readers could
 * take differently, or bytes that no entry owns; a *note* is harmless and said for completeness.
 */
export interface ArchiveFinding {
  readonly code: ArchiveFindingCode;
  readonly level: "finding" | "note";
  /** Lower case, no full stop; names from the archive stand in JSON quotes. */
  readonly detail: string;
  /** Ordinal of the entry it is about; null for the archive as a whole. */
  readonly entry: number | null;
  /** Bytes of the archive it rests on. */
  readonly offset: number;
  readonly length: number;
  /** Digest of exactly these bytes, where no entry owns them or their entry cannot be read. */
  readonly sha256?: Sha256;
}

/** Every code and what it says; docs/evidence-intake.md is held to this table. */
export const ARCHIVE_FINDING_CODES = {
  comment: "text in a comment field of the archive or of an entry",
  "comment-length": "the archive comment does not end where the end record says",
  "data-lie": "an entry's declared sizes contradict each other",
  descriptor: "the data descriptor is missing or contradicts the directory",
  "directory-span": "the directory does not stand where the end record says",
  "directory-with-data": "an entry named or marked as a folder holds bytes",
  encrypted: "the entry is encrypted and was not read",
  "entry-count": "the end record counts other than the entries that are there",
  "extra-field": "an extra field is malformed",
  gap: "bytes between entries that no entry owns",
  "headers-disagree": "the local header of an entry contradicts the directory",
  "hidden-entry": "a local header that the directory does not list",
  "kind-disagrees": "name and attributes disagree whether the entry is a folder",
  link: "the entry is a symbolic link: kept as data, never followed",
  method: "the entry is compressed by a method that is not read",
  mode: "the entry carries set-user, set-group or sticky bits",
  "more-findings": "further findings of the same code were counted, not listed",
  "multi-disk": "the archive says it is one volume of several",
  "name-absolute": "the name is an absolute path, a drive or a network share",
  "name-collision": "two names differ only by case, normal form, separators or padding",
  "name-device": "the name is a device or an alternate stream on Windows",
  "name-disagrees": "the entry carries two different names",
  "name-duplicate": "two entries have the same name",
  "name-encoding": "the name's encoding is not declared, or not what is declared",
  "name-file-and-folder": "one name is a file and also a folder of others",
  "name-traversal": "the name steps out of or around folders",
  "name-unusual": "the name is empty, too long, padded, or holds controls or bidi marks",
  "nested-depth": "an archive nested too deep to be opened; it is kept whole",
  "nested-unreadable": "a nested archive could not be opened; it is kept whole",
  "no-directory": "no directory stands where the end record points",
  "no-local-header": "no local header stands where the directory points",
  "out-of-bounds": "the entry's bytes would end after the file or inside the directory",
  overlap: "two entries claim the same bytes: neither was read",
  prefix: "bytes before the first entry",
  "second-end-record": "a second end record: another reader may list other entries",
  special: "the entry is a device, pipe or socket: kept as data, never made",
  "too-many-entries": "more entries than the limit: the rest was not listed",
  trailer: "bytes after the end record",
  unreadable: "the entry's bytes could not be read as the archive declares them",
  "zip64-disagrees": "ZIP64 and plain fields contradict each other",
  "zip64-unneeded": "a ZIP64 field that the sizes do not need",
} as const;

export type ArchiveFindingCode = keyof typeof ARCHIVE_FINDING_CODES;

/** Where the parts of the pre-flight put what they see. */
export interface FindingSink {
  readonly add: (finding: ArchiveFinding) => void;
}

const LISTED_PER_CODE = 1000;

/** A sink that lists the first thousand findings of each code and counts the rest. */
export function findingList(): FindingSink & { readonly close: () => readonly ArchiveFinding[] } {
  const list: ArchiveFinding[] = [];
  const seen = new Map<ArchiveFindingCode, number>();
  return {
    add: (finding) => {
      const count = (seen.get(finding.code) ?? 0) + 1;
      seen.set(finding.code, count);
      if (count <= LISTED_PER_CODE) list.push(finding);
    },
    close: () => [...list, ...[...seen].flatMap(([code, count]) => overflow(code, count))],
  };
}

function overflow(code: ArchiveFindingCode, count: number): ArchiveFinding[] {
  const more = count - LISTED_PER_CODE;
  if (more <= 0) return [];
  const detail = `${more} more findings ${code}`;
  return [{ code: "more-findings", level: "finding", detail, entry: null, offset: 0, length: 0 }];
}
