/**
 * A window over a stream of bytes: `data[from..to)` is what has been received and not yet let go, and
 * `base` is the place of `data[0]` in the stream. The bytes are copies, so a chunk may be overwritten
 * as soon as the next is taken.
 */
export interface Window {
  data: Buffer;
  from: number;
  to: number;
  base: number;
}

const FIRST_CAPACITY = 128 * 1024;

/** An empty window at the start of a stream. */
export function openWindow(): Window {
  return { data: Buffer.allocUnsafe(FIRST_CAPACITY), from: 0, to: 0, base: 0 };
}

/** Adds a chunk; `data` may move, so that indexes into it shift by the value returned. */
export function append(window: Window, chunk: Uint8Array): number {
  let shift = 0;
  if (window.to + chunk.length > window.data.length) {
    shift = window.from;
    makeRoom(window, window.to - window.from + chunk.length);
  }
  window.data.set(chunk, window.to);
  window.to += chunk.length;
  return shift;
}

/** Moves what is held to the front, into twice the room where it fills more than half. */
function makeRoom(window: Window, needed: number): void {
  const held = window.data.subarray(window.from, window.to);
  const roomy = needed * 2 > window.data.length;
  const target = roomy ? Buffer.allocUnsafe(needed * 2) : window.data;
  target.set(held, 0);
  window.base += window.from;
  window.data = target;
  window.to = held.length;
  window.from = 0;
}
