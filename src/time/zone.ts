import { Temporal } from "temporal-polyfill";
import { Failure } from "../model/failure.ts";

/** Where a wall clock lies on the world's clock in a zone. */
export interface Placement {
  /** ISO 8601 UTC. */
  readonly instant: string;
  /** `fold`: the hour came twice, the earlier is given; `gap`: the clock skipped it, read as if it had not. */
  readonly doubt: "fold" | "gap" | null;
}

/**
 * Checks a zone that a person named: an IANA name (`Europe/Paris`) or an offset (`+02:00`).
 *
 * @throws Failure `usage` where it is neither.
 */
export function checkZone(zone: string): string {
  try {
    return Temporal.PlainDateTime.from("2024-01-01T00:00").toZonedDateTime(zone).timeZoneId;
  } catch (cause) {
    throw new Failure(
      "usage",
      `no such time zone: ${zone}`,
      ["name an IANA zone such as Europe/Paris, or an offset such as +02:00"],
      cause,
    );
  }
}

/**
 * Places a wall clock (`2018-06-13T21:25:15`) in a checked zone, with the doubt daylight saving leaves.
 * Offsets are kept by hour: a chat asks for the same few hours thousands of times.
 */
export function placeLocal(local: string, zone: string): Placement {
  const offset = offsetOfHour(local.slice(0, 13), zone);
  if (offset === null) return placeExactly(local, zone);
  return { instant: instantText(Date.parse(`${local}Z`) - offset), doubt: null };
}

const MOST_HOURS = 50_000;
const hours = new Map<string, number | null>();

/** Milliseconds a zone is ahead of UTC all through a wall-clock hour; null where it changes within. */
function offsetOfHour(hour: string, zone: string): number | null {
  const key = `${hour} ${zone}`;
  const known = hours.get(key);
  if (known !== undefined) return known;
  const [first, last] = [`${hour}:00:00`, `${hour}:59:59`].map((wall) => {
    const placed = placeExactly(wall, zone);
    return placed.doubt === null ? Date.parse(`${wall}Z`) - Date.parse(placed.instant) : null;
  });
  const offset = first !== undefined && first !== null && first === last ? first : null;
  if (hours.size >= MOST_HOURS) hours.clear();
  hours.set(key, offset);
  return offset;
}

function placeExactly(local: string, zone: string): Placement {
  const wall = Temporal.PlainDateTime.from(local);
  const earlier = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  const later = wall.toZonedDateTime(zone, { disambiguation: "later" });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return { instant: instantText(earlier.epochMilliseconds), doubt: null };
  }
  const exists = earlier.toPlainDateTime().equals(wall);
  const compatible = wall.toZonedDateTime(zone, { disambiguation: "compatible" });
  return { instant: instantText(compatible.epochMilliseconds), doubt: exists ? "fold" : "gap" };
}

const DAY = 86_400_000;
const day = { start: Number.NaN, text: "" };

/** ISO 8601 UTC; whole seconds carry no fraction. The text of a day is kept, since rows come day by day. */
export function instantText(epochMilliseconds: number): string {
  const start = Math.floor(epochMilliseconds / DAY) * DAY;
  if (start !== day.start) {
    const text = new Date(start).toISOString();
    Object.assign(day, { start, text: text.slice(0, text.indexOf("T") + 1) });
  }
  const ms = epochMilliseconds - start;
  const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  const rest = ms % 1000;
  return `${day.text}${clock}${rest === 0 ? "" : `.${String(rest).padStart(3, "0")}`}Z`;
}

function two(value: number): string {
  const whole = Math.floor(value);
  return whole < 10 ? `0${whole}` : String(whole);
}

/** Wall clock of an instant in a checked zone, `2018-06-13T21:25:15`. */
export function localIn(instant: string, zone: string): string {
  const wall = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return wall.toString({ smallestUnit: wall.millisecond === 0 ? "second" : "millisecond" });
}

/** Offset of a zone at an instant, `+02:00`. */
export function offsetAt(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).offset;
}
