import type { ProductionOptions } from "../../model/selection.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import type { CasePaths } from "../case/locate.ts";
import type { Grounds } from "./grounds.ts";
import type { GivenBytes } from "./media.ts";
import { giveBytes, LOOSE_FILES } from "./media.ts";
import type { Places } from "./places.ts";

/** Bytes that leave the office with a production. */
export interface Given {
  readonly media: GivenBytes;
  readonly originals: GivenBytes;
}

/**
 * Lays out attachments and whole sources, as far as they were asked for. Nothing goes whose bytes hold
 * something withheld.
 *
 * @param attachments numbers in the order of the rows that have them
 * @param files numbers of the files whose rows are taken
 */
export function givenOf(
  paths: CasePaths,
  places: Places,
  attachments: readonly number[],
  files: readonly number[],
  withheld: Grounds,
  options: ProductionOptions,
  scratch: string,
): Given {
  const open = (numbers: readonly number[]): StoredArtifact[] =>
    numbers
      .filter((number) => !withheld.isTainted(number))
      .flatMap((number) => places.artifacts.get(number) ?? []);
  const sources = [...new Set(files.map((file) => places.of(file).artifact))];
  const whole = options.originals ? open(sources.toSorted((a, b) => a - b)) : [];
  const media = options.media ? open(attachments) : [];
  const room = Math.min(whole.length, LOOSE_FILES / 4);
  return {
    media: giveBytes(paths, media, "data/attachments", scratch, LOOSE_FILES - room),
    originals: giveBytes(paths, whole, "data/originals", scratch, room),
  };
}
