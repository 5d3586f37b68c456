import type { MessageTime } from "../../model/time.ts";
import type { Bounds } from "./bounds.ts";
import { boundsOf } from "./bounds.ts";

/** A time as a message row holds it beside its own words. */
export interface FlatTime extends Bounds {
  /** Milliseconds since the epoch. */
  readonly instant: number | null;
  /** JSON of what is not as usual: candidates, zone, precision, flags. */
  readonly more: string | null;
}

/** Reads times one after the other, since neighbours have much in common: the minute itself, or the zone. */
export function timeFlattener(): (time: MessageTime) => FlatTime {
  let last: MessageTime | null = null;
  let flat: FlatTime = { instant: null, more: null, earliest: null, latest: null };
  return (time) => {
    if (time === last) return flat;
    const instant = time.instant === null ? null : Date.parse(time.instant);
    const more = last !== null && isAlike(time, last) ? flat.more : moreOf(time);
    flat = { ...boundsOf(time, instant), instant, more };
    last = time;
    return flat;
  };
}

/** True where the two say the same beside the time itself. */
function isAlike(one: MessageTime, other: MessageTime): boolean {
  if (one.zone !== other.zone || one.precision !== other.precision) return false;
  return [one, other].every(({ candidates, flags }) => candidates.length + flags.length === 0);
}

function moreOf(time: MessageTime): string | null {
  const { candidates, zone, precision, flags } = time;
  if (zone === null && precision === "second" && candidates.length === 0 && flags.length === 0) {
    return null;
  }
  return JSON.stringify({
    ...(candidates.length === 0 ? {} : { candidates }),
    ...(zone === null ? {} : { zone }),
    ...(precision === "second" ? {} : { precision }),
    ...(flags.length === 0 ? {} : { flags }),
  });
}
