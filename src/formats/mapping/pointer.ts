import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Column } from "./schema.ts";

/** The names on the way to a value; none for the whole value. */
export type Path = readonly string[];

/** RFC 6901; a text that opens without a slash is the plain name of a member. */
export function pathOf(column: Column): Path {
  const pointer = String(column);
  if (!pointer.startsWith("/")) return [pointer];
  return pointer
    .slice(1)
    .split("/")
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a path, or undefined. Only own members are seen. */
export function valueAt(value: Json, path: Path): Json | undefined {
  let here: Json | undefined = value;
  for (const name of path) {
    if (isArray(here)) here = /^(?:0|[1-9]\d{0,8})$/.test(name) ? here[Number(name)] : undefined;
    else if (isJsonObject(here)) here = Object.hasOwn(here, name) ? here[name] : undefined;
    else return undefined;
  }
  return here;
}

/** True for what a cell can hold. */
export function isPlain(value: Json | undefined): value is null | boolean | number | string {
  return value !== undefined && (value === null || typeof value !== "object");
}

/** Paths as a tree: a name leads to its subtree, and ends a path where `leaf` is set. */
export interface PathTree {
  leaf: boolean;
  readonly inner: Map<string, PathTree>;
}

export function treeOf(paths: readonly Path[]): PathTree {
  const root: PathTree = { leaf: false, inner: new Map() };
  for (const path of paths) {
    let node = root;
    for (const name of path) {
      const next = node.inner.get(name) ?? { leaf: false, inner: new Map() };
      node.inner.set(name, next);
      node = next;
    }
    node.leaf = true;
  }
  return root;
}

/** The members that no path of the tree takes: plain values at a leaf go, everything else stays. */
export function remainder(value: JsonObject, tree: PathTree): JsonObject {
  const rest: [string, Json][] = [];
  for (const name of Object.keys(value)) {
    const inner = value[name];
    const left = inner === undefined ? inner : remainderOf(inner, tree.inner.get(name));
    if (left !== undefined) rest.push([name, left]);
  }
  return rest.length === 0 ? NOTHING : Object.fromEntries(rest);
}

const NOTHING: JsonObject = {};

function remainderOf(inner: Json, node: PathTree | undefined): Json | undefined {
  if (node === undefined) return inner;
  if (!isJsonObject(inner)) return node.leaf && isPlain(inner) ? undefined : inner;
  const left = remainder(inner, node);
  return left === NOTHING && Object.keys(inner).length > 0 ? undefined : left;
}

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** True for a JSON object of values that were parsed. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return isObject(value);
}
