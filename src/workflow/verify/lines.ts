import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";

/** A line of a JSONL file; `number` counts from 1. */
export interface JsonLine {
  readonly number: number;
  readonly value: unknown;
}

/** No line of a bundle is longer: one message is at most 16 MiB, and JSON may escape each byte. */
const MAX_LINE = 128 << 20;

/**
 * The lines of a JSONL file of a bundle, one in memory at a time. A line that is not JSON in UTF-8, or
 * that a reader could take in two ways (a name twice), goes to `onProblem` and is passed over.
 */
export function* jsonLines(
  bundle: StrictBundle,
  name: string,
  onProblem: (problem: Problem) => void,
): Generator<JsonLine> {
  let number = 0;
  for (const bytes of splitLines(bundle.chunks(name))) {
    number += 1;
    if (bytes === null) {
      onProblem({ word: "LIMIT", detail: `line ${number} of ${name} is too long or has no end` });
      return;
    }
    const value = parseLine(bytes);
    if (value === undefined) {
      onProblem({
        word: "BAD FORMAT",
        detail: `line ${number} of ${name} is not JSON in one form`,
      });
    } else {
      yield { number, value };
    }
  }
}

/** Lines without their line feeds; null, and no more, for one that is too long or is not ended. */
function* splitLines(chunks: Iterable<Uint8Array>): Generator<Buffer | null> {
  let parts: Buffer[] = [];
  let length = 0;
  for (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const part = Buffer.from(chunk.subarray(start, end));
      yield parts.length === 0 ? part : Buffer.concat([...parts, part]);
      parts = [];
      length = 0;
      start = end + 1;
    }
    // A copy, since the chunk's buffer is used again.
    parts.push(Buffer.from(chunk.subarray(start)));
    length += chunk.length - start;
    if (length > MAX_LINE) {
      yield null;
      return;
    }
  }
  if (length > 0) yield null;
}

const LINE_FEED = 0x0a;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Undefined where the bytes are no JSON, or where writing the value again gives another length: a
 * name that comes twice, a blank, a number in another notation.
 */
function parseLine(bytes: Buffer): unknown {
  try {
    const text = UTF8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value).length === text.length ? value : undefined;
  } catch {
    return undefined;
  }
}
