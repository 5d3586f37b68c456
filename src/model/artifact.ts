/** 64 lower-case hexadecimal digits. */
export type Sha256 = string;

/** True for 64 lower-case hexadecimal digits. */
export function isSha256(value: unknown): value is Sha256 {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

/** A file name as the file system or archive gave it: text for people, bytes where the text is not them. */
export interface SourceName {
  readonly text: string;
  /** Base64 of the raw bytes, only where they are not the UTF-8 of `text`. */
  readonly bytes?: string;
}

/**
 * What became of a file offered as evidence.
 *
 * - `ingested`, `reparsed`, `duplicate`, `unrecognised`: as docs/json.md
 * - `attachment`: a file that a message of the same export names, or media
 * - `companion`: part of an export that no message names
 */
export type ArtifactStatus =
  | "ingested"
  | "duplicate"
  | "reparsed"
  | "unrecognised"
  | "attachment"
  | "companion";

/** One acquired file. `number` counts within the case, from 1, and is never reused. */
export interface Artifact {
  readonly number: number;
  readonly sha256: Sha256;
  readonly size: number;
  readonly name: SourceName;
  /** Format id of the current parse run; null where the file is not parsed. */
  readonly format: string | null;
  readonly role: "source" | "member";
  readonly status: ArtifactStatus;
  readonly exhibit: string | null;
  /** Archives and folders this file was found in. */
  readonly containers: readonly Containment[];
}

/** A file's place inside a container: the entry's path is data, never a path that is opened. */
export interface Containment {
  readonly container: number;
  readonly entry: string;
}
