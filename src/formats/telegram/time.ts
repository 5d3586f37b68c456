import type { Json } from "../../model/json.ts";
import type { MessageTime, TimeFlag } from "../../model/time.ts";
import { localTime, unknownTime } from "../../time/read.ts";
import { instantOf, offsetText, wallSeconds } from "./clock.ts";

/** A time of a row, and whether its two notations contradict each other. */
export interface ReadTime {
  readonly time: MessageTime;
  /** `date` and `date_unixtime` differ by what is no zone's offset: one of them was changed. */
  readonly disagrees: boolean;
}

/** 0001-01-01 and 10000-01-01 in seconds: beyond them ISO 8601 needs more than four digits. */
const FIRST_SECOND = -62_135_596_800;
const END_SECOND = 253_402_300_800;

/** Telegram opened in 2013; older `edited` values are the absence of one, written as epoch 0. */
const FIRST_EDIT_YEAR = "1990";
const FIRST_EDIT_SECOND = 631_152_000;

/** Zones have stood at whole quarters of an hour since long before Telegram. */
const QUARTER = 900;

const NONE: readonly string[] = [];
const NO_FLAGS: readonly TimeFlag[] = [];

/**
 * The time in `date` (wall clock of the exporting computer) and `date_unixtime` (UTC seconds, since
 * Telegram Desktop 3.7.6). The second places it; without it, only a declared zone does.
 */
export function readTime(
  date: Json | undefined,
  unixtime: Json | undefined,
  zone: string | null,
): ReadTime {
  const raw = typeof date === "string" ? date : null;
  const wall = raw === null ? null : wallSeconds(raw);
  const second = epochSecond(unixtime);
  if (second !== null) return epochOf(raw, wall, second);
  if (raw === null) return { time: unknownTime(rawOf(unixtime)), disagrees: false };
  if (wall === null) return { time: unknownTime(raw, ["unreadable"]), disagrees: false };
  return { time: localTime(raw, raw, "second", zone), disagrees: false };
}

/** The time of the last edit; null where the values stand for "never". */
export function readEdited(
  edited: Json | undefined,
  unixtime: Json | undefined,
  zone: string | null,
): MessageTime | null {
  if (edited === undefined && unixtime === undefined) return null;
  const second = epochSecond(unixtime);
  if (second !== null && second < FIRST_EDIT_SECOND) return null;
  if (second === null && (typeof edited !== "string" || edited < FIRST_EDIT_YEAR)) return null;
  return readTime(edited, unixtime, zone).time;
}

/** The wall clock that old exports write for "never edited", where it is epoch 0 in some zone; else null. */
export function epochZero(edited: Json | undefined): string | null {
  if (typeof edited !== "string" || edited >= FIRST_EDIT_YEAR) return null;
  const seconds = wallSeconds(edited);
  return seconds === null || Math.abs(seconds) > 18 * 3600 ? null : edited;
}

/** As `epochTime` of src/time has it, from parts that are at hand; an offset that no zone has is not given. */
function epochOf(raw: string | null, wall: number | null, second: number): ReadTime {
  const apart = wall === null ? 0 : wall - second;
  const zone = wall === null || apart % QUARTER !== 0 ? null : offsetText(apart);
  const time: MessageTime = {
    raw: raw ?? String(second),
    local: wall === null ? null : raw,
    candidates: NONE,
    instant: instantOf(second),
    basis: "utc",
    zone,
    precision: "second",
    flags: NO_FLAGS,
  };
  return { time, disagrees: wall !== null && zone === null };
}

function epochSecond(value: Json | undefined): number | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value);
  if (text.length > 13 || !/^-?\d{1,12}$/.test(text)) return null;
  const second = Number(text);
  return second >= FIRST_SECOND && second < END_SECOND ? second : null;
}

function rawOf(value: Json | undefined): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
