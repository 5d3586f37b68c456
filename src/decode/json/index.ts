export type {
  JsonElement,
  JsonEnter,
  JsonEvent,
  JsonFault,
  JsonFaultCode,
  JsonLeave,
  JsonLimits,
  JsonPlan,
  JsonSkipped,
  JsonSlice,
  JsonValue,
} from "./event.ts";
export { JSON_LIMITS } from "./event.ts";
export { scanJson } from "./scan.ts";
export { type ParsedSlice, parseSlice } from "./slice.ts";
