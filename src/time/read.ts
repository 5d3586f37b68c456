import type { MessageTime, TimeFlag, TimePrecision } from "../model/time.ts";
import { instantText, placeLocal } from "./zone.ts";

/** No time at all, or one that could not be read: the raw text stays. */
export function unknownTime(raw: string | null, flags: readonly TimeFlag[] = []): MessageTime {
  return {
    raw,
    local: null,
    candidates: [],
    instant: null,
    basis: "unknown",
    zone: null,
    precision: "second",
    flags,
  };
}

/** A wall clock without a zone. With `zone` (checked, declared by an analyst) it is placed; else it stays local. */
export function localTime(
  raw: string,
  local: string,
  precision: TimePrecision,
  zone: string | null,
  flags: readonly TimeFlag[] = [],
): MessageTime {
  if (zone === null) {
    return {
      raw,
      local,
      candidates: [],
      instant: null,
      basis: "unknown",
      zone: null,
      precision,
      flags,
    };
  }
  const placed = placeLocal(local, zone);
  const doubt: readonly TimeFlag[] =
    placed.doubt === null ? [] : [placed.doubt === "fold" ? "ambiguous-fold" : "nonexistent-local"];
  return {
    raw,
    local,
    candidates: [],
    instant: placed.instant,
    basis: "declared",
    zone,
    precision,
    flags: [...flags, ...doubt],
  };
}

/** A wall clock whose day and month cannot be told apart: every reading is kept, none is chosen. */
export function ambiguousTime(
  raw: string,
  candidates: readonly string[],
  precision: TimePrecision,
  flags: readonly TimeFlag[] = [],
): MessageTime {
  return {
    raw,
    local: null,
    candidates,
    instant: null,
    basis: "unknown",
    zone: null,
    precision,
    flags: ["ambiguous-date", ...flags],
  };
}

/** An epoch the source states. `local` and `offset` where the source also writes a wall clock. */
export function epochTime(
  raw: string,
  epochMilliseconds: number,
  precision: TimePrecision,
  local: string | null = null,
): MessageTime {
  return {
    raw,
    local,
    candidates: [],
    instant: instantText(epochMilliseconds),
    basis: "utc",
    zone: local === null ? null : offsetBetween(local, epochMilliseconds),
    precision,
    flags: [],
  };
}

/** A wall clock with the offset the source writes beside it (`+02:00`, `Z`). */
export function offsetTime(
  raw: string,
  local: string,
  offset: string,
  precision: TimePrecision,
): MessageTime {
  const epoch = Date.parse(`${local}${offset}`);
  if (Number.isNaN(epoch)) return unknownTime(raw, ["unreadable"]);
  return {
    raw,
    local,
    candidates: [],
    instant: instantText(epoch),
    basis: offset === "Z" ? "utc" : "offset",
    zone: offset === "Z" ? null : offset,
    precision,
    flags: [],
  };
}

/** The offset an export's own machine stood at, told by a wall clock beside an epoch; null if out of ±18 h. */
export function offsetBetween(local: string, epochMilliseconds: number): string | null {
  const minutes = Math.round((Date.parse(`${local}Z`) - epochMilliseconds) / 60_000);
  if (Number.isNaN(minutes) || Math.abs(minutes) > 18 * 60) return null;
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
