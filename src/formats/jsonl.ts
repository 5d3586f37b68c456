import { DEPTH_LIMIT, readJsonText, type JsonFault } from "../decode/json-text.ts";
import { splitLines, type Line } from "../decode/lines.ts";
import { Failure } from "../model/failure.ts";
import type { Detection, Format, ParseInput, ParseOptions, Probe } from "../model/format.ts";
import type { JsonObject } from "../model/json.ts";
import type { FormatRecord, Span } from "../model/record.ts";
import { readMapping, type Mapping } from "./mapping.ts";
import { objectReader, type ObjectReader } from "./mapping/object.ts";
import { hasOwnMembers, OWN_COLUMNS, ownMapping } from "./mapping/own.ts";
import { isJsonObject } from "./mapping/pointer.ts";
import { BATCH, badEncoding, pushFinding, type Refusal } from "./mapping/records.ts";

/**
 * JSON lines of messages that an analyst describes in a mapping file. A line with anything but blanks
 * is one unit; its span takes in its line end, and `row` is its number among all lines.
 */
export const jsonl: Format = {
  id: "jsonl",
  title: "JSON lines of messages with a mapping file",
  version: 1,
  tried: [],
  lacks: ["whatever the objects have no member for"],
  detect: detectOwn,
  parse: parseJsonl,
};

/** Without a mapping only objects with exhibita's own members are known. */
function detectOwn(probe: Probe): Detection {
  const object = firstObject(probe.head, ownMapping("jsonl"));
  return object !== null && hasOwnMembers(Object.keys(object))
    ? { score: 90, reason: `the first line has ${OWN_COLUMNS.join(", ")}` }
    : { score: 0, reason: "JSON lines need a mapping file" };
}

/** The object in the first line that is not blank; null where that line holds none, or is cut off. */
export function firstObject(head: Uint8Array, mapping: Mapping): JsonObject | null {
  for (const line of splitLines([head], mapping.encoding)) {
    if (isBlank(line)) continue;
    const reading = line.fault === null ? readJsonText(line.text) : "syntax";
    return typeof reading === "string" || !isJsonObject(reading.value) ? null : reading.value;
  }
  return null;
}

function isBlank(line: Line): boolean {
  return line.fault === null && line.text.trim() === "";
}

/** Without a mapping, lines that lack exhibita's own members are exceptions. */
function* parseJsonl(input: ParseInput, options: ParseOptions): Iterable<readonly FormatRecord[]> {
  const given = options.mapping === null ? null : readMapping(options.mapping);
  const mapping = given ?? ownMapping("jsonl");
  if (mapping.format !== "jsonl") throw new Failure("usage", "mapping: format: is not jsonl");
  const refuse = given === null ? refuseForeign : () => null;
  const read = objectReader(mapping, options);
  let out: FormatRecord[] = [];
  let units = 0;
  let blank = 0;
  for (const line of splitLines(input.chunks, mapping.encoding)) {
    if (isBlank(line)) {
      blank += 1;
      continue;
    }
    units += 1;
    takeLine(line, mapping, { refuse, read }, out);
    if (out.length >= BATCH) {
      yield out;
      out = [];
    }
  }
  pushFinding(out, "blank-lines", "lines without text", blank);
  out.push({ type: "end", units });
  yield out;
}

function refuseForeign(object: JsonObject): Refusal | null {
  if (hasOwnMembers(Object.keys(object))) return null;
  return { code: "no-mapping", detail: "no mapping file says what the members mean" };
}

interface Body {
  readonly refuse: (object: JsonObject) => Refusal | null;
  readonly read: ObjectReader;
}

/** Adds the line's one row record. */
function takeLine(line: Line, mapping: Mapping, body: Body, out: FormatRecord[]): void {
  const span: Span = { offset: line.offset, length: line.length, row: line.number };
  const reading = objectIn(line, mapping);
  const refusal =
    "code" in reading
      ? reading
      : (body.refuse(reading.object) ??
        (body.read(reading.object, span, reading.flags, out) ? null : NOTHING_MAPPED));
  if (refusal !== null) out.push({ type: "exception", ...refusal, span, conversation: null });
}

const NOTHING_MAPPED: Refusal = { code: "bad-row", detail: "no member that the mapping names" };

type Reading = { readonly object: JsonObject; readonly flags: readonly string[] } | Refusal;

function objectIn(line: Line, mapping: Mapping): Reading {
  if (line.fault === "bad-encoding") return badEncoding(mapping.encoding);
  if (line.fault === "too-long") return { code: "too-long", detail: "a line beyond the limit" };
  const reading = readJsonText(line.text);
  if (typeof reading === "string") return jsonRefusal(reading, line.ended);
  if (!isJsonObject(reading.value)) return { code: "bad-row", detail: "not a JSON object" };
  return { object: reading.value, flags: reading.flags };
}

function jsonRefusal(fault: JsonFault, ended: boolean): Refusal {
  switch (fault) {
    case "syntax":
      return ended
        ? { code: "bad-json", detail: "not a JSON value" }
        : { code: "truncated", detail: "the file ends within a line that is no JSON value" };
    case "too-deep":
      return { code: "bad-json", detail: `more than ${DEPTH_LIMIT} levels` };
    case "duplicate-member":
      return { code: "bad-json", detail: "two members of one name" };
    default:
      return fault satisfies never;
  }
}
