import type { MessageTime, TimeFlag, TimePrecision } from "../../model/time.ts";
import { localTime, offsetTime, unknownTime } from "../../time/read.ts";
import { readIso, type CivilReader, type CivilReading } from "./civil.ts";
import { countReader } from "./epoch.ts";
import { readOffset } from "./offset.ts";
import { compilePattern } from "./pattern.ts";

/**
 * Reads a time cell. `raw` is what the source writes, kept whatever happens; `text` the part that the
 * pattern describes; `offset` the offset column's cell, empty where there is none.
 */
export type Clock = (raw: string, text: string, offset: string) => MessageTime;

/**
 * The reader for a mapping's pattern; `zone` is the analyst's for wall clocks without offset. A day and
 * month order that the pattern states is the analyst's declaration, so such a date is not ambiguous.
 *
 * @throws Failure `usage` naming `path`, for a pattern that is none
 */
export function clockOf(pattern: string, zone: string | null, path: string): Clock {
  const count = countReader(pattern);
  if (count !== null) return (raw, text) => plausible(count(raw, text));
  const read: CivilReader = pattern === "iso" ? readIso : compilePattern(pattern, path);
  return (raw, text, offset) => {
    const reading = read(text);
    return reading === null
      ? unknownTime(raw, ["unreadable"])
      : plausible(placed(raw, reading, offset, zone));
  };
}

function placed(
  raw: string,
  { local, offset: within, precision }: CivilReading,
  beside: string,
  zone: string | null,
): MessageTime {
  const written = within ?? (beside === "" ? null : beside);
  if (written === null) return localTime(raw, local, precision, zone);
  const offset = within ?? readOffset(written);
  // An offset that is there but cannot be read: the analyst's zone must not stand in for it.
  if (offset === null) return localTime(raw, local, precision, null, ["unreadable"]);
  return offset === "Z"
    ? utcTime(raw, local, precision)
    : offsetTime(raw, local, offset, precision);
}

/** As offsetTime gives it, without the way through a number: a wall clock in UTC is its own instant. */
function utcTime(raw: string, local: string, precision: TimePrecision): MessageTime {
  const instant = `${local.endsWith(".000") ? local.slice(0, -4) : local}Z`;
  return {
    raw,
    local,
    candidates: [],
    instant,
    basis: "utc",
    zone: null,
    precision,
    flags: [],
  };
}

const FIRST_YEAR = "1990";
const LAST_YEAR = "2100";
const DOUBT: readonly TimeFlag[] = ["out-of-range"];

/** Marks a time before messengers or far ahead: an empty field read as 1970, a count in the wrong unit. */
function plausible(time: MessageTime): MessageTime {
  const year = (time.local ?? time.instant ?? FIRST_YEAR).slice(0, 4);
  if (year >= FIRST_YEAR && year < LAST_YEAR) return time;
  const flags = [...time.flags, ...DOUBT];
  // The offset moved it out of the four digits of ISO 8601.
  const beyond = time.instant !== null && !/^\d/.test(time.instant);
  return beyond
    ? { ...time, instant: null, basis: "unknown", zone: null, flags }
    : { ...time, flags };
}
