/** What one archive may make this process produce; counted on bytes produced, never on bytes declared. */
export interface ArchiveLimits {
  /** Entries listed. */
  readonly entries: number;
  /** Bytes of central directory held in memory. */
  readonly directoryBytes: number;
  readonly entryBytes: number;
  readonly archiveBytes: number;
  /** Produced bytes per stored byte, of an entry and of the archive as a whole. */
  readonly ratio: number;
  /** Below this many produced bytes the ratio is not asked: small files compress as they like. */
  readonly ratioFloor: number;
  /** Archives within archives that are opened; 1 opens none but the outermost. */
  readonly depth: number;
}

const MIB = 1024 * 1024;

/**
 * Room for a 512 GiB export; deflate reaches 1032:1 on purpose-made input, chats stay below 100:1.
 */
export const DEFAULT_LIMITS: ArchiveLimits = {
  entries: 250_000,
  directoryBytes: 64 * MIB,
  entryBytes: 64 * 1024 * MIB,
  archiveBytes: 512 * 1024 * MIB,
  ratio: 200,
  ratioFloor: 64 * MIB,
  depth: 3,
};

/** The most bytes that `stored` bytes may become. */
export function producedLimit(limits: ArchiveLimits, stored: number, absolute: number): number {
  return Math.min(absolute, Math.max(limits.ratioFloor, stored * limits.ratio));
}
