/** The time a token states (RFC 3161, section 2.4.2). */
import type { Accuracy } from "./schema.ts";

const GENERALIZED_TIME = 0x18;
/** UTC, no trailing zeros of a fraction (X.690, section 11.7); nothing finer than a nanosecond. */
const FORM = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{0,8}[1-9])?Z$/;
const HEADER = 2;
const MAX_BYTES = 32;

/** The moment an encoded GeneralizedTime names, cut to the millisecond; null for any other form. */
export function timeOf(element: Uint8Array): Date | null {
  if (element[0] !== GENERALIZED_TIME || element.length > MAX_BYTES) return null;
  const match = FORM.exec(Buffer.from(element.subarray(HEADER)).toString("latin1"));
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = ""] = match;
  const millis = fraction.slice(1, 4).padEnd(3, "0");
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}Z`;
  const time = new Date(text);
  // A 30th of February is read as a day of March.
  return !Number.isNaN(time.getTime()) && time.toISOString() === text ? time : null;
}

/** How far the time may be off, in words; empty where the authority does not say. */
export function accuracyText(accuracy: Accuracy | undefined): string {
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {};
  const milliseconds = seconds * 1000 + millis + micros / 1000;
  if (milliseconds === 0) return "";
  return milliseconds < 1000 ? ` ± ${milliseconds} ms` : ` ± ${milliseconds / 1000} s`;
}
