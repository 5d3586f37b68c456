import type { Problem } from "../../bundle/problem.ts";
import { saltedDigest } from "../../hash/digest.ts";
import type { Check } from "../../model/validation.ts";
import { count, judged } from "./outcome.ts";
import type { Row } from "./row.ts";
import type { Sources } from "./sources.ts";

/** Holds each row's digest against its slice, given in the line or found in a source. */
export interface Slices {
  readonly take: (row: Row) => Promise<void>;
  /** After the last row. */
  readonly check: () => Check;
}

/** `problems` are what was found wrong with the lines themselves, filled while they are read. */
export function openSlices(sources: Sources, problems: Problem[]): Slices {
  let rows = 0;
  let given = 0;
  let found = 0;
  let notByteCheckable = 0;
  let withheld = 0;
  let withoutSource = 0;
  const missing = new Set<number>();

  async function compare(row: Row): Promise<void> {
    if (row.withheld) {
      withheld += 1;
      return;
    }
    if (!row.locator.byteCheckable) {
      notByteCheckable += 1;
      return;
    }
    const slice = await sources.slice(row);
    if (slice === "not given") {
      withoutSource += 1;
      missing.add(row.artifact);
    } else if (typeof slice === "string") {
      problems.push({ word: "ALTERED", detail: `${row.type} ${row.number}: ${slice}` });
    } else if (saltedDigest(row.salt, slice) === row.sliceDigest) {
      found += 1;
    } else {
      const detail = `${row.type} ${row.number} is not what its source holds at its place`;
      problems.push({ word: "ALTERED", detail });
    }
  }

  return {
    take: async (row) => {
      rows += 1;
      if (row.withheld && row.slice !== null) {
        const detail = `${row.type} ${row.number} is withheld, but gives its slice`;
        problems.push({ word: "BAD FORMAT", detail });
      } else if (row.slice !== null) {
        given += 1;
        const isWhole = !row.locator.byteCheckable || row.slice.length === row.locator.length;
        if (!isWhole || saltedDigest(row.salt, row.slice) !== row.sliceDigest) {
          const detail = `the slice of ${row.type} ${row.number} is not that of its digest`;
          problems.push({ word: "ALTERED", detail });
        }
      }
      await compare(row);
    },
    check: () =>
      judged(
        "records",
        "data/messages.jsonl, data/events.jsonl",
        problems,
        [
          `${count(rows)} rows, ${count(given)} with their slice as digested`,
          `found in their source: ${count(found)}`,
          `not byte-checkable: ${count(notByteCheckable)}`,
          `source not given: ${count(withoutSource)} (sources: ${count(missing.size)})`,
          `withheld: ${count(withheld)}`,
        ].join("; "),
      ),
  };
}
