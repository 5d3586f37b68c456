import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Format, ParseOptions, Probe } from "../../src/model/format.ts";
import type {
  EndRecord,
  EventRecord,
  ExceptionRecord,
  FormatRecord,
  MessageRecord,
} from "../../src/model/record.ts";

/**
 * A scenario is a folder `fixtures/<format>/<name>/` of
 *
 * - `input*`: the one source file, as an application wrote it
 * - `expected.jsonl`: the records it gives, one a line
 * - `about.md`: application, version, locale, how it was made
 * - `options.json`, where needed: `zone`, `dateOrder`, `owner`, `mapping` (a file beside it), `name` (the
 *   source's name as found) and `siblings` (paths of the export's other files)
 */
export interface Scenario {
  readonly format: string;
  readonly name: string;
  readonly folder: string;
  /** Name the source is offered under. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly options: ParseOptions;
  readonly siblings: readonly string[];
}

export const FIXTURES: string = join(import.meta.dirname, "..", "..", "fixtures");

/** Names of a format's scenarios; none where it has no folder. */
export function scenarioNames(format: string): readonly string[] {
  const folder = join(FIXTURES, format);
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

interface OptionsFile {
  readonly zone?: string;
  readonly dateOrder?: "dmy" | "mdy" | "ymd";
  readonly owner?: string;
  readonly mapping?: string;
  readonly name?: string;
  readonly siblings?: readonly string[];
}

export function loadScenario(format: string, name: string): Scenario {
  const folder = join(FIXTURES, format, name);
  const [input, ...others] = readdirSync(folder).filter((entry) => entry.startsWith("input"));
  if (input === undefined || others.length > 0) throw new Error(`${folder} needs one input*`);
  const optionsPath = join(folder, "options.json");
  const file = existsSync(optionsPath) ? readOptions(optionsPath) : {};
  const options: ParseOptions = {
    zone: file.zone ?? null,
    dateOrder: file.dateOrder ?? null,
    owner: file.owner ?? null,
    mapping: file.mapping === undefined ? null : readMappingFile(join(folder, file.mapping)),
  };
  const bytes = readFileSync(join(folder, input));
  const { siblings = [], name: fileName = input } = file;
  return { format, name, folder, fileName, bytes, options, siblings };
}

/** What detection sees of a scenario. */
export function probeOf({ fileName, bytes, siblings }: Scenario): Probe {
  return { name: fileName, head: bytes.subarray(0, 65_536), size: bytes.length, siblings };
}

/** Every record that `bytes` give in the scenario's place, taken whole or in chunks of these sizes. */
export function recordsOf(
  format: Format,
  scenario: Scenario,
  bytes: Uint8Array = scenario.bytes,
  sizes: (() => number) | null = null,
): readonly FormatRecord[] {
  // As a file's reader does, each iteration starts anew: a parser may read the file more than once.
  const chunks = sizes === null ? [bytes] : { [Symbol.iterator]: () => chunksOf(bytes, sizes) };
  const { fileName: name, siblings, options } = scenario;
  return [...format.parse({ name, size: bytes.length, chunks, siblings }, options)].flat();
}

/** Chunks that are overwritten when the next is taken, as the contract of ParseInput allows. */
function* chunksOf(bytes: Uint8Array, sizes: () => number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const chunk = new Uint8Array(bytes.subarray(at, at + Math.max(1, sizes())));
    yield chunk;
    at += chunk.length;
    chunk.fill(0);
  }
}

export type RowRecord = MessageRecord | EventRecord | ExceptionRecord;

/** The records that stand for source rows. */
export function rowsOf(records: readonly FormatRecord[]): readonly RowRecord[] {
  return records.filter(
    (record) => record.type === "message" || record.type === "event" || record.type === "exception",
  );
}

/** The last record, which must be the count of source rows. */
export function endOf(records: readonly FormatRecord[]): EndRecord {
  const last = records.at(-1);
  if (last?.type !== "end") throw new Error("the last record is not the end");
  return last;
}

/** One record a line, as `expected.jsonl` has them. */
export function recordLines(records: readonly FormatRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

function readOptions(path: string): OptionsFile {
  return JSON.parse(readFileSync(path, "utf8"));
}

function readMappingFile(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
