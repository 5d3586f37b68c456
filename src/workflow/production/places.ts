import type { Locator } from "../../model/locator.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import { allArtifacts } from "../../store/artifacts.ts";
import type { Db } from "../../store/open.ts";

/** A file as a stranger finds it: the source that was received, and the entry in it. */
export interface Place {
  readonly artifact: number;
  readonly entry: string | null;
}

/** Files of a case with their places. */
export interface Places {
  readonly artifacts: ReadonlyMap<number, StoredArtifact>;
  readonly of: (file: number) => Place;
  readonly locator: (
    file: number,
    at: { offset: number; length: number; pointer: string | null; tableRow: number | null },
  ) => Locator;
}

export function placesOf(db: Db): Places {
  const artifacts = new Map(allArtifacts(db).map((artifact) => [artifact.number, artifact]));
  const of = (file: number): Place => {
    const container = artifacts.get(file)?.containers[0];
    if (container === undefined) return { artifact: file, entry: null };
    return { artifact: container.container, entry: container.entry };
  };
  return {
    artifacts,
    of,
    locator: (file, { offset, length, pointer, tableRow }) => ({
      entry: of(file).entry,
      offset,
      length,
      ...(pointer === null ? {} : { pointer }),
      ...(tableRow === null ? {} : { row: tableRow }),
      byteCheckable: true,
    }),
  };
}
