/**
 * Which rows go into a production, as the analyst said it. A selection takes exactly the rows it
 * matches; `wholeConversations` and `context` widen it and say so. Lists are alternatives, members
 * are joined by "and". Ids and names stand as typed; the production resolves them once.
 */
export interface Selection {
  readonly query: string | null;
  /** Instant with offset, or a wall clock in `rangeZone`; from is inclusive, to exclusive. */
  readonly from: string | null;
  readonly to: string | null;
  readonly rangeZone: string | null;
  readonly accounts: readonly string[];
  readonly conversations: readonly string[];
  readonly exhibits: readonly string[];
  readonly kinds: readonly string[];
  readonly tags: readonly string[];
  readonly wholeCase: boolean;
  readonly wholeConversations: boolean;
  /** Neighbours added on each side of a matching row, in conversation order. */
  readonly context: number;
}

/** What of the selected rows leaves the office. */
export interface ProductionOptions {
  /** Bytes of attachments. */
  readonly media: boolean;
  /** Whole source files. */
  readonly originals: boolean;
  /** The source slice of each row beside its reading. */
  readonly raw: boolean;
  /** Host names, paths and original file names of the journal lines. */
  readonly private: boolean;
}
