/**
 * The part of a file that is in memory: a chunk, joined to what is kept of the chunks before. `mark`
 * is the first byte to keep when more is read, or -1 to keep nothing behind `position`. What is kept
 * beyond `cap` bytes is let go, and `mark` is then -1.
 */
export interface Window {
  buffer: Buffer;
  position: number;
  mark: number;
  /** Offset in the file of `buffer[0]`. */
  base: number;
  readonly cap: number;
  /** Own memory for joined chunks; the chunks themselves stay their owner's. */
  store: Buffer;
  inStore: boolean;
  readonly chunks: Iterator<Uint8Array>;
}

const EMPTY: Buffer = Buffer.alloc(0);

/** A window before the first byte. */
export function openWindow(chunks: Iterable<Uint8Array>, cap: number): Window {
  return {
    buffer: EMPTY,
    position: 0,
    mark: -1,
    base: 0,
    cap,
    store: EMPTY,
    inStore: false,
    chunks: chunks[Symbol.iterator](),
  };
}

/** Lets go of the chunks, where the reading stops before their end. */
export function closeWindow(window: Window): void {
  window.chunks.return?.();
}

/** Offset in the file of the next byte. */
export function offsetOf(window: Window): number {
  return window.base + window.position;
}

/** Reads the next chunk; `position` and `mark` move with the bytes. False at the end of the file. */
export function readMore(window: Window): boolean {
  if (window.mark >= 0 && window.position - window.mark > window.cap) window.mark = -1;
  const from = window.mark >= 0 ? window.mark : window.position;
  // A chunk's memory may be its owner's again as soon as the next is asked for.
  if (!window.inStore || from === window.buffer.length) keepFrom(window, from, 0);
  let next = window.chunks.next();
  while (next.done !== true && next.value.length === 0) next = window.chunks.next();
  if (next.done === true) return false;
  if (window.buffer.length > 0) append(window, next.value);
  else {
    window.buffer = asBuffer(next.value);
    window.inStore = false;
  }
  return true;
}

/** In place while there is room, so that a long value in many small chunks costs linear time. */
function append(window: Window, chunk: Uint8Array): void {
  if (window.buffer.length + chunk.length > window.store.length) {
    keepFrom(window, window.mark >= 0 ? window.mark : window.position, chunk.length);
  }
  const end = window.buffer.length;
  window.store.set(chunk, end);
  window.buffer = window.store.subarray(0, end + chunk.length);
}

/** Moves the bytes from `from` on to the front of a store that has room for as many again, and `more`. */
function keepFrom(window: Window, from: number, more: number): void {
  const kept = window.buffer.length - from;
  const need = (kept + more) * 2;
  const target = need <= window.store.length ? window.store : Buffer.allocUnsafeSlow(need);
  window.buffer.copy(target, 0, from);
  window.store = target;
  window.inStore = true;
  window.buffer = target.subarray(0, kept);
  moveBack(window, from);
}

function moveBack(window: Window, by: number): void {
  window.base += by;
  window.position -= by;
  if (window.mark >= 0) window.mark -= by;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
