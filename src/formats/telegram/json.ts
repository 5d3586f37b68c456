import type { Json, JsonObject } from "../../model/json.ts";

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isMembers(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Sets a member under the name the file gives it, even `__proto__`, which plain assignment would take for the prototype. */
export function put(target: Record<string, Json>, name: string, value: Json): void {
  if (name !== "__proto__") target[name] = value;
  else {
    const property = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(target, name, property);
  }
}
