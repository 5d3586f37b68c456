import {
  JSON_LIMITS,
  type JsonEvent,
  type JsonFault,
  type JsonFaultCode,
  type JsonLimits,
  type JsonPlan,
} from "./event.ts";
import { childOf, compilePlan, type PlanNode, pointerToken } from "./plan.ts";
import { parseSlice } from "./slice.ts";
import { isDelimiter, passString, passValue } from "./skip.ts";
import { closeWindow, offsetOf, openWindow, readMore, type Window } from "./window.ts";

/** An entered container. The stack of frames is as deep as the plan, whatever the input. */
interface Frame {
  readonly kind: "object" | "array";
  readonly node: PlanNode;
  readonly pointer: string;
  readonly offset: number;
  /** Values begun so far. */
  count: number;
  /** A comma was read, and no value since. */
  comma: boolean;
}

interface Scan {
  readonly window: Window;
  readonly plan: PlanNode;
  readonly limits: JsonLimits;
  readonly frames: Frame[];
  state: "before" | "inside" | "ended";
}

/** Where a value stands, before it is known what it is. */
interface Seat {
  readonly parent: string;
  readonly pointer: string;
  readonly name: string;
  readonly node: PlanNode | null;
  /** Where a report begins if the file ends inside: the value, or its name before it. */
  readonly from: number;
}

const END = -1;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A longer member name ends the scan: no export has one, and a pointer would carry it along. */
const NAME_BYTES = 65_536;

/**
 * Reads JSON from front to back and tells what the plan asks for, in the order of the file. Works on
 * any indentation and on minified text; memory is bounded by one chunk and one element.
 *
 * Never throws for bad input: see `JsonFaultCode`. Inside elements and values only brackets and quotes
 * are followed; `parseSlice` reads and checks the rest.
 */
export function* scanJson(
  chunks: Iterable<Uint8Array>,
  plan: JsonPlan,
  limits: JsonLimits = JSON_LIMITS,
): Generator<JsonEvent, void, undefined> {
  const window = openWindow(chunks, limits.bytes);
  const scan: Scan = { window, plan: compilePlan(plan), limits, frames: [], state: "before" };
  try {
    skipByteOrderMark(window);
    for (let event = nextEvent(scan); event !== null; event = nextEvent(scan)) yield event;
  } finally {
    closeWindow(window);
  }
}

function nextEvent(scan: Scan): JsonEvent | null {
  for (;;) {
    if (scan.state === "ended") return null;
    const byte = peek(scan.window);
    const frame = scan.frames.at(-1);
    if (frame === undefined) return atRoot(scan, byte);
    const here = offsetOf(scan.window);
    if (byte === END) return stop(scan, "truncated", here, frame.pointer, "the file ends inside");
    if (byte === COMMA) {
      scan.window.position += 1;
      const idle = frame.comma || frame.count === 0;
      frame.comma = true;
      if (idle) return separatorFault(frame, here, "a comma without a value before it");
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      return leave(scan, frame, byte);
    } else if (frame.count > 0 && !frame.comma) {
      frame.comma = true;
      return separatorFault(frame, here, "no comma between two values");
    } else {
      return frame.kind === "array" ? item(scan, frame, byte) : member(scan, frame, byte);
    }
  }
}

function atRoot(scan: Scan, byte: number): JsonEvent | null {
  const here = offsetOf(scan.window);
  if (scan.state === "inside") {
    if (byte !== END) return stop(scan, "trailing", here, "", "bytes behind the end of the value");
    scan.state = "ended";
    return null;
  }
  scan.state = "inside";
  if (byte === END) return stop(scan, "truncated", here, "", "the file is empty");
  const seat: Seat = { parent: "", pointer: "", name: "", node: scan.plan, from: here };
  if (isDelimiter(byte) && byte !== QUOTE && byte !== OPEN_OBJECT && byte !== OPEN_ARRAY) {
    return stop(scan, "bad-json", here, "", "no value begins here");
  }
  return value(scan, seat, byte);
}

function item(scan: Scan, frame: Frame, byte: number): JsonEvent {
  const name = String(frame.count);
  const pointer = `${frame.pointer}/${name}`;
  const from = offsetOf(scan.window);
  if (byte === COLON) return stop(scan, "bad-json", from, pointer, "a colon inside an array");
  frame.count += 1;
  frame.comma = false;
  const { elements } = frame.node;
  if (elements !== null) return element(scan, elements, pointer, from);
  const node = childOf(frame.node, name);
  return value(scan, { parent: frame.pointer, pointer, name, node, from }, byte);
}

function member(scan: Scan, frame: Frame, byte: number): JsonEvent {
  const { window } = scan;
  const from = offsetOf(window);
  const broken = (code: JsonFaultCode, detail: string): JsonFault =>
    stop(scan, code, from, frame.pointer, detail);
  if (byte !== QUOTE) return broken("bad-json", "no member name where one must stand");
  window.mark = window.position;
  if (!passString(window)) return broken("truncated", "the file ends inside a name");
  const length = window.position - window.mark;
  if (window.mark < 0 || length > NAME_BYTES) return broken("bad-json", "a name of over 64 KiB");
  const bytes = window.buffer.subarray(window.mark, window.position);
  const read = parseSlice({ bytes, wideNumbers: false });
  window.mark = -1;
  if (typeof read?.value !== "string") return broken("bad-json", "an unreadable name");
  const colon = peek(window);
  if (colon === END) return broken("truncated", "the file ends behind a name");
  if (colon !== COLON) return broken("bad-json", "no colon behind a name");
  window.position += 1;
  const first = peek(window);
  if (first === END) return broken("truncated", "the file ends behind a name");
  if (first === COMMA || first === COLON || first === CLOSE_ARRAY || first === CLOSE_OBJECT) {
    return broken("bad-json", "no value behind a name");
  }
  frame.count += 1;
  frame.comma = false;
  const name = read.value;
  const pointer = `${frame.pointer}/${pointerToken(name)}`;
  const node = childOf(frame.node, name);
  return value(scan, { parent: frame.pointer, pointer, name, node, from }, first);
}

/** Enters, gives or passes the value at `position`, as the plan has it. */
function value(scan: Scan, seat: Seat, byte: number): JsonEvent {
  const kind = byte === OPEN_OBJECT ? "object" : byte === OPEN_ARRAY ? "array" : null;
  const { node } = seat;
  if (kind === null || node?.whole === true) return whole(scan, seat);
  if (node !== null && (node.enter || (node.elements !== null && kind === "array"))) {
    return enter(scan, seat, node, kind);
  }
  const { window } = scan;
  const { parent, pointer, name } = seat;
  const offset = offsetOf(window);
  const passed = passValue(window);
  if (!passed.complete) return stop(scan, "truncated", seat.from, pointer, "the file ends inside");
  const length = offsetOf(window) - offset;
  return { type: "skipped", kind, parent, pointer, name, offset, length, size: passed.size };
}

function element(scan: Scan, of: string, pointer: string, from: number): JsonEvent {
  const { window } = scan;
  window.mark = window.position;
  const passed = passValue(window);
  const fault = unfit(scan, passed.complete, passed.depth, pointer, from, from);
  const { mark } = window;
  window.mark = -1;
  if (fault !== null) return fault;
  const bytes = window.buffer.subarray(mark, window.position);
  const { size, wideNumbers } = passed;
  const { length } = bytes;
  return { type: "element", of, pointer, offset: from, length, bytes, size, wideNumbers };
}

function whole(scan: Scan, seat: Seat): JsonEvent {
  const { window } = scan;
  const { parent, pointer, name } = seat;
  const offset = offsetOf(window);
  window.mark = window.position;
  const passed = passValue(window);
  // At the root nothing but the end of the file closes a number.
  const complete = passed.complete || (scan.frames.length === 0 && passed.literal);
  const fault = unfit(scan, complete, passed.depth, pointer, offset, seat.from);
  const { mark } = window;
  window.mark = -1;
  if (fault !== null) return fault;
  const bytes = window.buffer.subarray(mark, window.position);
  const { size, wideNumbers } = passed;
  const { length } = bytes;
  return { type: "value", parent, pointer, name, offset, length, bytes, size, wideNumbers };
}

/** Why a passed value cannot be given; null where it can. */
function unfit(
  scan: Scan,
  complete: boolean,
  depth: number,
  pointer: string,
  offset: number,
  from: number,
): JsonFault | null {
  if (!complete) return stop(scan, "truncated", from, pointer, "the file ends inside");
  const length = offsetOf(scan.window) - offset;
  if (length > scan.limits.bytes || scan.window.mark < 0) {
    const detail = `${length} bytes, over the limit of ${scan.limits.bytes}`;
    return { type: "fault", code: "too-long", detail, pointer, offset, length };
  }
  if (depth > scan.limits.depth) {
    const detail = `${depth} levels, over the limit of ${scan.limits.depth}`;
    return { type: "fault", code: "too-deep", detail, pointer, offset, length };
  }
  return null;
}

function enter(scan: Scan, seat: Seat, node: PlanNode, kind: "object" | "array"): JsonEvent {
  const offset = offsetOf(scan.window);
  const { pointer } = seat;
  scan.window.position += 1;
  scan.frames.push({ kind, node, pointer, offset, count: 0, comma: false });
  return { type: "enter", kind, pointer, offset, length: 0 };
}

function leave(scan: Scan, frame: Frame, byte: number): JsonEvent {
  const { kind, pointer, offset } = frame;
  const here = offsetOf(scan.window);
  if ((byte === CLOSE_ARRAY) !== (kind === "array")) {
    return stop(scan, "bad-json", here, pointer, `${kind} closed by the wrong bracket`);
  }
  if (frame.comma && frame.count > 0) {
    frame.comma = false;
    return separatorFault(frame, here, "a comma before a closing bracket");
  }
  scan.window.position += 1;
  scan.frames.pop();
  return { type: "leave", kind, pointer, offset, length: here + 1 - offset };
}

function separatorFault(frame: Frame, offset: number, detail: string): JsonFault {
  const { pointer } = frame;
  return { type: "fault", code: "bad-separator", detail, pointer, offset, length: 1 };
}

/** Ends the scan: the span reaches from `offset` to the end of the file. */
function stop(
  scan: Scan,
  code: JsonFaultCode,
  offset: number,
  pointer: string,
  detail: string,
): JsonFault {
  const { window } = scan;
  scan.state = "ended";
  window.mark = -1;
  do window.position = window.buffer.length;
  while (readMore(window));
  return { type: "fault", code, detail, pointer, offset, length: offsetOf(window) - offset };
}

/** The next byte that is not a blank, which stays unread; END at the end of the file. */
function peek(window: Window): number {
  for (;;) {
    const { buffer } = window;
    let at = window.position;
    while (at < buffer.length) {
      const byte = buffer[at] ?? 0;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        window.position = at;
        return byte;
      }
      at += 1;
    }
    window.position = at;
    if (!readMore(window)) return END;
  }
}

function skipByteOrderMark(window: Window): void {
  window.mark = 0;
  while (window.buffer.length < 3 && readMore(window));
  window.mark = -1;
  const [first, second, third] = window.buffer;
  if (first === 0xef && second === 0xbb && third === 0xbf) window.position = 3;
}
