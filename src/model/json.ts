/** A value that RFC 8785 can write: JSON without NaN, infinities or lone surrogates. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

/** True for a plain JSON object; arrays and null are not. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The string at `name`, or undefined where it is absent or of another type. */
export function stringAt(value: unknown, name: string): string | undefined {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** The finite number at `name`, or undefined where it is absent or of another type. */
export function numberAt(value: unknown, name: string): number | undefined {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/** The array at `name`; empty where it is absent or of another type. */
export function arrayAt(value: unknown, name: string): readonly unknown[] {
  const found = isObject(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : [];
}

/** The object at `name`, or undefined where it is absent or of another type. */
export function objectAt(value: unknown, name: string): Record<string, unknown> | undefined {
  const found = isObject(value) ? value[name] : undefined;
  return isObject(found) ? found : undefined;
}

/** True for what JSON can hold. */
export function isJson(value: unknown): value is Json {
  if (value === null) return true;
  if (typeof value !== "object") return ["string", "number", "boolean"].includes(typeof value);
  return Array.isArray(value) ? value.every(isJson) : isJsonObject(value);
}

/** True for a JSON object whose members are all JSON. */
export function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value) && Object.values(value).every(isJson);
}

/** The strings of the array at `name`; empty where it is absent or of another type. */
export function textsAt(value: unknown, name: string): readonly string[] {
  return arrayAt(value, name).filter((item): item is string => typeof item === "string");
}
