import type { Problem } from "../../bundle/problem.ts";
import { saltedDigest } from "../../hash/digest.ts";
import type { Check } from "../../model/validation.ts";
import { count, judged, note } from "./outcome.ts";
import type { Row } from "./row.ts";
import type { FindSlice } from "./sources.ts";

/** Holds each row's digest against its slice, given in the line or found in a source. */
export interface Slices {
  readonly take: (row: Row) => Promise<void>;
  /** After the last row. */
  readonly check: () => Check;
}

type Comparison = "found" | "notByteCheckable" | "notGiven" | "withheld" | Problem;

/** `problems` are what was found wrong with the lines themselves, filled while they are read. */
export function openSlices(find: FindSlice, problems: Problem[]): Slices {
  const rows = { all: 0, given: 0, found: 0, notByteCheckable: 0, notGiven: 0, withheld: 0 };
  const missing = new Set<number>();
  const passed = (): string =>
    [
      `${count(rows.all)} rows, ${count(rows.given)} with their slice as digested`,
      `found in their source: ${count(rows.found)}`,
      `not byte-checkable: ${count(rows.notByteCheckable)}`,
      `source not given: ${count(rows.notGiven)} (sources: ${count(missing.size)})`,
      `withheld: ${count(rows.withheld)}`,
    ].join("; ");
  return {
    take: async (row) => {
      rows.all += 1;
      rows.given += row.slice === null ? 0 : 1;
      const fault = givenFault(row);
      if (fault !== null) note(problems, fault);
      const compared = await compare(row, find);
      if (typeof compared === "object") {
        note(problems, compared);
        return;
      }
      rows[compared] += 1;
      if (compared === "notGiven") missing.add(row.artifact);
    },
    check: () => judged("records", "data/messages.jsonl, data/events.jsonl", problems, passed()),
  };
}

/** What is wrong with the slice that a line gives; null where nothing is, or none is given. */
function givenFault({
  type,
  number,
  slice,
  withheld,
  locator,
  salt,
  sliceDigest,
}: Row): Problem | null {
  if (slice === null) return null;
  if (withheld) {
    return { word: "BAD FORMAT", detail: `${type} ${number} is withheld, but gives its slice` };
  }
  const isWhole = !locator.byteCheckable || slice.length === locator.length;
  if (isWhole && saltedDigest(salt, slice) === sliceDigest) return null;
  return { word: "ALTERED", detail: `the slice of ${type} ${number} is not that of its digest` };
}

async function compare(row: Row, find: FindSlice): Promise<Comparison> {
  if (row.withheld) return "withheld";
  if (!row.locator.byteCheckable) return "notByteCheckable";
  const slice = await find(row);
  if (slice === "not given") return "notGiven";
  if (typeof slice === "string") {
    return { word: "ALTERED", detail: `${row.type} ${row.number}: ${slice}` };
  }
  if (saltedDigest(row.salt, slice) === row.sliceDigest) return "found";
  const detail = `${row.type} ${row.number} is not what its source holds at its place`;
  return { word: "ALTERED", detail };
}
