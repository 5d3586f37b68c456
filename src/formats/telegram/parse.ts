import { scanJson } from "../../decode/json/index.ts";
import type { ParseInput, ParseOptions } from "../../model/format.ts";
import type { FormatRecord } from "../../model/record.ts";
import { findingRecords } from "./findings.ts";
import { PLAN, take } from "./reader.ts";
import { addException, newReader, type Reader } from "./state.ts";

/** Records handed over at a time. */
const BATCH = 256;

/** Reads a `result.json` of Telegram Desktop: every element of a messages array ends as one row. */
export function* parse(
  input: ParseInput,
  options: ParseOptions,
): Generator<readonly FormatRecord[], void, undefined> {
  const reader = newReader(options.zone);
  for (const event of scanJson(input.chunks, PLAN)) {
    take(reader, event);
    if (reader.batch.length >= BATCH) {
      yield reader.batch;
      reader.batch = [];
    }
  }
  finish(reader, input.size);
  yield reader.batch;
}

function finish(reader: Reader, size: number): void {
  if (!reader.hasMessages && reader.exceptions === 0) {
    const span = { offset: 0, length: size, pointer: "" };
    addException(reader, "no-messages", "no messages array where Telegram writes one", span, null);
  }
  reader.batch.push(...findingRecords(reader.findings), { type: "end", units: reader.units });
}
