import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { ParseOptions } from "../../model/format.ts";
import { Failure } from "../../model/failure.ts";
import { choice, text } from "../frame/flags.ts";
import type { Parameter } from "../frame/parameter.ts";

/** Flags that change how a source is read. */
export const PARSE_OPTIONS: {
  readonly format: Parameter<string | null>;
  readonly zone: Parameter<string | null>;
  readonly dateOrder: Parameter<"dmy" | "mdy" | "ymd" | null>;
  readonly mapping: Parameter<string | null>;
  readonly owner: Parameter<string | null>;
} = {
  format: text("ID", "read as this format, where detection is not to decide (exhibita formats)"),
  zone: text("ZONE", "declare the zone of wall clocks in the source, such as Europe/Paris"),
  dateOrder: choice("ORDER", ["dmy", "mdy", "ymd"], "declare the order of day, month and year"),
  mapping: text("FILE", "mapping file for a table of unknown shape (docs/formats/mapping.md)"),
  owner: text("NAME", "declare whose device made the export"),
};

export interface ParseOptionValues {
  readonly zone: string | null;
  readonly dateOrder: "dmy" | "mdy" | "ymd" | null;
  readonly mapping: string | null;
  readonly owner: string | null;
}

const LARGEST_MAPPING = 1 << 18;

/**
 * The options that flags declare.
 *
 * @throws Failure `usage` for a mapping file that cannot be read or is no JSON
 */
export function parseOptionsOf(values: ParseOptionValues, cwd: string): ParseOptions {
  const { zone, dateOrder, owner, mapping } = values;
  const read = mapping === null ? null : readMapping(resolve(cwd, mapping));
  return { zone, dateOrder, owner, mapping: read };
}

function readMapping(path: string): unknown {
  try {
    if (statSync(path).size > LARGEST_MAPPING)
      throw new Failure("usage", `a mapping file has at most 256 KiB: ${path}`);
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure(
      "usage",
      `not a mapping file: ${path}`,
      ["see docs/formats/mapping.md"],
      cause,
    );
  }
}
