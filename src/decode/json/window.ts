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
  let next = window.chunks.next();
  while (next.done !== true && next.value.length === 0) next = window.chunks.next();
  if (next.done === true) return false;
  if (window.mark >= 0 && window.position - window.mark > window.cap) window.mark = -1;
  const from = window.mark >= 0 ? window.mark : window.position;
  if (from === window.buffer.length) {
    moveBack(window, from);
    window.buffer = asBuffer(next.value);
    window.inStore = false;
  } else join(window, from, next.value);
  return true;
}

/**
 * Appends in place while there is room, so that a long value in many small chunks costs linear time;
 * else moves the kept bytes to the front of a store twice as large as they need.
 */
function join(window: Window, from: number, chunk: Uint8Array): void {
  const { buffer, store } = window;
  const end = buffer.length + chunk.length;
  if (window.inStore && end <= store.length) {
    store.set(chunk, buffer.length);
    window.buffer = store.subarray(0, end);
    return;
  }
  const kept = buffer.length - from;
  const need = kept + chunk.length;
  const target = need * 2 <= store.length ? store : Buffer.allocUnsafeSlow(need * 2);
  buffer.copy(target, 0, from);
  target.set(chunk, kept);
  window.store = target;
  window.inStore = true;
  window.buffer = target.subarray(0, need);
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
