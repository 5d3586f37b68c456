import type { JsonPlan } from "./event.ts";

/** One place of a compiled plan; `any` answers for names that have no node of their own. */
export interface PlanNode {
  readonly children: Map<string, PlanNode>;
  any: PlanNode | null;
  /** The plan's text, where the elements of an array here are wanted. */
  elements: string | null;
  whole: boolean;
  enter: boolean;
}

/** The plan as a tree, entered at the root value. */
export function compilePlan(plan: JsonPlan): PlanNode {
  const root = emptyNode();
  for (const pointer of plan.elements) nodeAt(root, pointer).elements = pointer;
  for (const pointer of plan.values ?? []) nodeAt(root, pointer).whole = true;
  for (const pointer of plan.enter ?? []) nodeAt(root, pointer).enter = true;
  return root;
}

/** The node for a member or element below `node`; null where the plan wants nothing there. */
export function childOf(node: PlanNode, name: string): PlanNode | null {
  return node.children.get(name) ?? node.any;
}

/** A name as one reference token of a pointer (RFC 6901, section 3). */
export function pointerToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function nodeAt(root: PlanNode, pointer: string): PlanNode {
  let node = root;
  if (pointer === "") return node;
  for (const token of pointer.slice(1).split("/")) {
    node.enter = true;
    node = step(node, token);
  }
  return node;
}

function step(node: PlanNode, token: string): PlanNode {
  if (token === "*") return (node.any ??= emptyNode());
  const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
  const found = node.children.get(name) ?? emptyNode();
  node.children.set(name, found);
  return found;
}

function emptyNode(): PlanNode {
  return { children: new Map(), any: null, elements: null, whole: false, enter: false };
}
