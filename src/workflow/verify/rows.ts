import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import type { Check } from "../../model/validation.ts";
import { findSources } from "./against.ts";
import { listedArtifacts } from "./artifact.ts";
import type { Contents } from "./contents.ts";
import { jsonLines } from "./lines.ts";
import type { VerifyOptions } from "./options.ts";
import { note } from "./outcome.ts";
import { toRow } from "./row.ts";
import { openSlices } from "./slices.ts";
import { openOriginals } from "./originals.ts";
import { sliceFinder } from "./sources.ts";
import { openTally, ROW_FILES } from "./tally.ts";

/** The two checks that read every row, in one pass: `records` and `counts`. */
export async function checkRows(
  bundle: StrictBundle,
  contents: Contents,
  options: VerifyOptions,
): Promise<readonly Check[]> {
  const ofArtifacts: Problem[] = [];
  const artifacts = listedArtifacts(bundle, (problem) => note(ofArtifacts, problem));
  const found = findSources(options.against, artifacts.values());
  const originals = openOriginals(bundle, found);
  try {
    const ofRows: Problem[] = [];
    const tally = openTally(bundle, artifacts, ofArtifacts);
    const slices = openSlices(sliceFinder(artifacts, originals), ofRows);
    for (const { name, type } of ROW_FILES) {
      for (const { number, value } of jsonLines(bundle, name, (problem) => note(ofRows, problem))) {
        const row = toRow(value, type);
        if (row === null) {
          note(ofRows, { word: "BAD FORMAT", detail: `line ${number} of ${name} is not a row` });
        } else {
          tally.take(row);
          await slices.take(row);
        }
      }
    }
    return [slices.check(), tally.check(contents.record)];
  } finally {
    originals.close();
  }
}
