import { isUtf8 } from "node:buffer";
import type { Json } from "../../model/json.ts";
import type { JsonSlice } from "./event.ts";
import { mendEscapes } from "./mend.ts";
import { quoteWideNumbers } from "./numbers.ts";

/** A slice read as JSON. The counts are 0, and `badUtf8` false, for all but a few slices of a file. */
export interface ParsedSlice {
  readonly value: Json;
  /** `\xNN` escapes read as `\u00NN`. */
  readonly controls: number;
  /** Lone surrogates read as U+FFFD. */
  readonly loneSurrogates: number;
  /** Bytes that are not UTF-8, read as U+FFFD. */
  readonly badUtf8: boolean;
}

/**
 * Reads one slice that the scanner gave. Strings are well-formed UTF-16; where `wideNumbers` is set, a
 * number that a double does not hold to its last digit comes as the text it was written in.
 *
 * Null where the slice is not JSON: V8's own words for it differ between versions, and are not given.
 * A member name that is repeated keeps its last value, as JSON.parse has it: compare the slice's `size`.
 */
export function parseSlice(slice: Pick<JsonSlice, "bytes" | "wideNumbers">): ParsedSlice | null {
  const { bytes } = slice;
  let text = bytes.toString("utf8");
  let controls = 0;
  let loneSurrogates = 0;
  if (text.includes("\\u") || text.includes("\\x")) {
    const mended = mendEscapes(text);
    ({ text, controls, loneSurrogates } = mended);
  }
  if (slice.wideNumbers) text = quoteWideNumbers(text);
  try {
    const value: Json = JSON.parse(text);
    const badUtf8 = text.includes("\uFFFD") && !isUtf8(bytes);
    return { value, controls, loneSurrogates, badUtf8 };
  } catch {
    return null;
  }
}
