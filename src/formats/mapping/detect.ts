import type { Detection, Probe } from "../../model/format.ts";
import { headerOf } from "../csv.ts";
import { firstObject } from "../jsonl.ts";
import { columnsOf, type Mapping } from "../mapping.ts";
import { pathOf, valueAt } from "./pointer.ts";
import { tableOf } from "./table.ts";

/** What a mapping says of a file: the format it is for, and whether the file has what it names. */
export interface MappedDetection extends Detection {
  readonly id: "csv" | "jsonl";
}

/** Judges a file under a mapping. */
export function detectMapped(probe: Probe, mapping: Mapping): MappedDetection {
  const detection =
    mapping.format === "csv" ? detectTable(probe, mapping) : detectObjects(probe, mapping);
  return { id: mapping.format, ...detection };
}

function detectTable(probe: Probe, mapping: Mapping): Detection {
  const first = headerOf([probe.head], mapping);
  if (first === null) return { score: 0, reason: "the first row cannot be read" };
  const table = tableOf(mapping, mapping.csv.header ? first : null);
  if (typeof table === "string") return { score: 0, reason: table };
  if (mapping.csv.header) return { score: 95, reason: "the header has the mapping's columns" };
  return first.length < table.least
    ? { score: 0, reason: `the first row has ${first.length} fields` }
    : { score: 60, reason: `the first row has the mapping's ${table.least} fields` };
}

function detectObjects(probe: Probe, mapping: Mapping): Detection {
  const object = firstObject(probe.head, mapping);
  if (object === null) return { score: 0, reason: "the first line is no JSON object" };
  const found = columnsOf(mapping).filter(
    (column) => valueAt(object, pathOf(column)) !== undefined,
  );
  return found.length === 0
    ? { score: 0, reason: "the first line has no member the mapping names" }
    : { score: 95, reason: `the first line has ${found.join(", ")}` };
}
