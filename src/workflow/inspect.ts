import { openBundle } from "../bundle/read.ts";
import type { Sha256 } from "../model/artifact.ts";
import type { BundleRecord } from "../model/production.ts";
import { readContents } from "./verify/contents.ts";

/** What a bundle says of itself, unjudged. */
export interface Inspection {
  readonly path: string;
  readonly size: number;
  /** bundle.json; null where it cannot be read. */
  readonly bundle: BundleRecord | null;
  readonly files: readonly {
    readonly name: string;
    readonly size: number;
    readonly sha256: Sha256;
  }[];
  /** What kept it from being read whole; empty is no proof that it is sound. */
  readonly problems: readonly string[];
}

/**
 * Reads a bundle without judging it.
 *
 * @throws Failure `not-found` or `not-readable` for a path that is no readable file
 */
export function inspectFile(path: string): Inspection {
  const bundle = openBundle(path);
  try {
    const contents = readContents(bundle);
    return {
      path,
      size: bundle.size,
      bundle: contents.record,
      files: bundle.entries.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
      problems: [...bundle.problems, ...contents.problems].map(
        ({ word, detail }) => `${word}: ${detail}`,
      ),
    };
  } finally {
    bundle.close();
  }
}
