/**
 * A JSON file of any size, read from front to back without holding it. A *plan* names the places that
 * are wanted, as JSON pointers in which `*` stands for any name or index. The scanner *enters* the
 * containers on the way to such a place, gives each *element* of a wanted array, the *values* beside
 * it, and says what it *skipped*; the bytes of elements are not decoded, so that each keeps its exact
 * place in the file. What is not JSON is told as a *fault*, never thrown.
 */
export interface JsonPlan {
  /** Arrays whose elements are given one by one: `/messages`; "" is the root. */
  readonly elements: readonly string[];
  /** Objects and arrays given whole, for small ones: `/channel`. */
  readonly values?: readonly string[];
  /** Further objects and arrays to be entered only to tell what they hold: `/*`. */
  readonly enter?: readonly string[];
}

/** Caps that keep memory bounded; what is over them is told with its span and passed. */
export interface JsonLimits {
  /** Bytes of one element or value. */
  readonly bytes: number;
  /** Levels of brackets inside one element or value. */
  readonly depth: number;
}

export const JSON_LIMITS: JsonLimits = { bytes: 16 * 1024 * 1024, depth: 512 };

/** Bytes of the file: `offset` from its first byte (a byte order mark counts), `length` in bytes. */
interface Place {
  /** RFC 6901 pointer. */
  readonly pointer: string;
  readonly offset: number;
  readonly length: number;
}

/** The bytes of one JSON value, valid until the next event is taken, and what was seen on the way over them. */
export interface JsonSlice extends Place {
  readonly bytes: Buffer;
  /** Members of an object as written, repeated names counted again; elements of an array; 0 for a scalar. */
  readonly size: number;
  /** A number of 16 characters or more, or with an exponent: a double may not hold it. */
  readonly wideNumbers: boolean;
}

/** One element of a wanted array. */
export interface JsonElement extends JsonSlice {
  readonly type: "element";
  /** The plan's own text of the array's place. */
  readonly of: string;
}

/** A scalar inside an entered container, or a value that the plan wants whole. */
export interface JsonValue extends JsonSlice {
  readonly type: "value";
  /** Pointer of the container it stands in. */
  readonly parent: string;
  /** Member name, or the index as text. */
  readonly name: string;
}

/** An entered container begins; `length` is 0, the end is not known yet. */
export interface JsonEnter extends Place {
  readonly type: "enter";
  readonly kind: "object" | "array";
}

/** An entered container ends: the span is all of it. */
export interface JsonLeave extends Place {
  readonly type: "leave";
  readonly kind: "object" | "array";
}

/** A container the plan does not want: passed over, not decoded, not kept. */
export interface JsonSkipped extends Place {
  readonly type: "skipped";
  readonly kind: "object" | "array";
  readonly parent: string;
  readonly name: string;
  /** Its members or elements. */
  readonly size: number;
}

/**
 * - `too-long`, `too-deep`: one value over a limit; the scan goes on behind it
 * - `bad-separator`: a comma too many or too few; nothing is lost by it
 * - `truncated`: the file ends inside a container; the span is the rest, from the unfinished value on
 * - `bad-json`: the structure breaks; the span is the rest of the file, and the scan ends
 * - `trailing`: bytes behind the root value; the span is the rest, and the scan ends
 */
export type JsonFaultCode =
  | "too-long"
  | "too-deep"
  | "bad-separator"
  | "truncated"
  | "bad-json"
  | "trailing";

export interface JsonFault extends Place {
  readonly type: "fault";
  readonly code: JsonFaultCode;
  readonly detail: string;
}

export type JsonEvent = JsonElement | JsonValue | JsonEnter | JsonLeave | JsonSkipped | JsonFault;
