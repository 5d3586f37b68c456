import type { ParseOptions } from "../../model/format.ts";
import { isObject, stringAt } from "../../model/json.ts";

/** Reads effective parse options back from a journal line or a run. */
export function toParseOptions(value: unknown): ParseOptions {
  const order = stringAt(value, "dateOrder");
  return {
    zone: stringAt(value, "zone") ?? null,
    dateOrder: order === "dmy" || order === "mdy" || order === "ymd" ? order : null,
    owner: stringAt(value, "owner") ?? null,
    mapping: isObject(value) ? (value["mapping"] ?? null) : null,
  };
}
