/** Clock, chance and people enter here and nowhere else, so that a test fixes them. */
export interface Environment {
  /** Milliseconds since the epoch, from the machine's clock. */
  readonly now: () => number;
  /** Nanoseconds from a clock that cannot be set. */
  readonly monotonic: () => bigint;
  readonly random: (bytes: number) => Uint8Array;
  readonly user: string;
  readonly host: string;
  /** Value of SOURCE_DATE_EPOCH in seconds, null where unset. */
  readonly sourceDateEpoch: number | null;
}
