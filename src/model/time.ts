/**
 * How far the source lets its time be placed on the world's clock.
 *
 * - `utc`: the source states an epoch or a UTC time
 * - `offset`: the source writes the offset beside the wall clock
 * - `declared`: the source writes a wall clock, and an analyst declared its zone
 * - `unknown`: a wall clock of no known zone, or no time at all
 */
export type TimeBasis = "utc" | "offset" | "declared" | "unknown";

/** The smallest step the source's own notation can tell apart. */
export type TimePrecision = "day" | "minute" | "second" | "millisecond";

/** Doubts about a time that every reader must see. */
export type TimeFlag =
  | "ambiguous-date"
  | "ambiguous-fold"
  | "nonexistent-local"
  | "clock-24h-with-meridiem"
  | "out-of-range"
  | "unreadable"
  | "edge-of-range";

/**
 * When something was sent, as the source says it and as far as it can be placed.
 *
 * `raw` is the source's own text. `local` is the wall clock it says (`2018-06-13T21:25:15`, no
 * zone), null where day and month cannot be told apart; `candidates` then holds every reading.
 * `instant` is ISO 8601 UTC, null unless the basis allows it. `zone` is the IANA zone or the offset
 * (`+02:00`) the instant rests on.
 */
export interface MessageTime {
  readonly raw: string | null;
  readonly local: string | null;
  readonly candidates: readonly string[];
  readonly instant: string | null;
  readonly basis: TimeBasis;
  readonly zone: string | null;
  readonly precision: TimePrecision;
  readonly flags: readonly TimeFlag[];
}
