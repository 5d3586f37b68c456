import { CUSTODY } from "../../bundle/names.ts";
import { openBundle, type StrictBundle } from "../../bundle/read.ts";
import { Failure } from "../../model/failure.ts";
import type { Check } from "../../model/validation.ts";
import { type Contents, readContents } from "./contents.ts";
import { custodyLines, type ProvenLine } from "./custody.ts";
import { judged } from "./outcome.ts";

/**
 * Holds a bundle's journal against that of another bundle of the same case: what both know of the
 * journal must be the same, and the one with the longer journal is the newer.
 *
 * @param custody the check of the bundle's own lines, to be refined
 * @param path of the other bundle, which was verified before
 * @throws Failure `usage` where it is of another case
 */
export function checkAnchor(
  custody: Check,
  bundle: StrictBundle,
  contents: Contents,
  path: string,
): Check {
  if (custody.outcome === "fail" || contents.record === null) return custody;
  const other = openBundle(path);
  try {
    const record = readContents(other).record;
    if (record === null || record.case.number !== contents.record.case.number) {
      throw new Failure("usage", `${path} is no bundle of the same case`);
    }
    const own = contents.record.anchor;
    const splits = own.size === record.anchor.size && own.root !== record.anchor.root;
    if (splits || disagree(linesByPlace(bundle), linesByPlace(other))) {
      const detail = `the journal is another than the one ${record.id} was made from`;
      return judged("custody", CUSTODY, [{ word: "ALTERED", detail }], "");
    }
    const note =
      record.anchor.size > own.size
        ? `SUPERSEDED: ${record.id} knows ${record.anchor.size - own.size} later lines of the journal`
        : `no later journal is known from ${record.id}`;
    return { ...custody, detail: `${custody.detail}; ${note}` };
  } finally {
    other.close();
  }
}

function linesByPlace(bundle: StrictBundle): ReadonlyMap<number, ProvenLine> {
  const lines = custodyLines(bundle, () => undefined);
  return new Map(lines.map((line) => [line.proof.index, line]));
}

function disagree(a: ReadonlyMap<number, ProvenLine>, b: ReadonlyMap<number, ProvenLine>): boolean {
  return [...a].some(([index, line]) => {
    const same = b.get(index);
    return same !== undefined && same.digest !== line.digest;
  });
}
