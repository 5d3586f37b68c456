import type { EntryKind } from "./kind.ts";

/** One record of the central directory. */
export interface ArchiveEntry {
  readonly ordinal: number;
  /** Decoded for people, separators as written. */
  readonly path: string;
  readonly pathBytes: Uint8Array;
  readonly kind: EntryKind;
  /** Declared bytes; reading checks them. */
  readonly size: number;
  /** ISO 8601: UTC with `Z` where the archive states an instant, else a wall clock without a zone. */
  readonly modified: string | null;
  /** True where `read` may be tried; false for empty folders too. */
  readonly readable: boolean;
  /** Why the entry's bytes are not read; null where they are, or where there are none. */
  readonly reason: string | null;
}
