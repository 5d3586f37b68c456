/** What another program said of one thing it was given. */
export interface Finding {
  readonly name: string;
  readonly passed: boolean;
  /** What it said, where that is not what was expected. */
  readonly detail: string;
}

/** One foreign program, and what it is asked. */
export interface Part {
  readonly id: string;
  readonly title: string;
  /** Why it cannot be asked here; null where it can. */
  readonly missing: () => string | null;
  readonly run: (samples: Samples) => readonly Finding[] | Promise<readonly Finding[]>;
}

/** A bundle and its report, made for this run. */
export interface Sample {
  /** The kind of key it is signed with, and whether it is stamped. */
  readonly name: string;
  readonly isStamped: boolean;
  readonly id: string;
  readonly zip: string;
  readonly pdf: string;
}

export interface Samples {
  /** A folder for what parts write; removed at the end. */
  readonly folder: string;
  /** PEM of the root behind every sample. */
  readonly root: string;
  /** PEM of the root behind every time-stamp. */
  readonly tsaRoot: string;
  readonly sources: readonly string[];
  readonly all: readonly Sample[];
}
