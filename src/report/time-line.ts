import type { MessageTime, TimeBasis } from "../model/time.ts";
import { localIn } from "../time/zone.ts";
import type { ReportWords } from "../words/catalogue.ts";

/** A row's place in the day: the heading it stands under, and the clock beside it. */
export interface ReadTime {
  /** ISO date, null where the row has no readable one. */
  readonly day: string | null;
  /** Zone the clock is shown in where the source writes none of its own. */
  readonly shownIn: string | null;
  /** `21:25:15`, `21:25`, or empty. */
  readonly clock: string;
}

/** The wall clock the source writes; else the instant, shown in the display zone or in UTC. */
export function readTime(time: MessageTime, displayZone: string | null): ReadTime {
  if (time.local !== null) return split(time.local, null, time);
  if (time.instant === null) return { day: null, shownIn: null, clock: "" };
  if (displayZone === null) return split(time.instant.slice(0, -1), "UTC", time);
  return split(localIn(time.instant, displayZone), displayZone, time);
}

const CLOCK_LENGTH = { day: 0, minute: 5, second: 8, millisecond: 12 } as const;

function split(local: string, shownIn: string | null, time: MessageTime): ReadTime {
  const at = local.indexOf("T");
  const clock = local.slice(at + 1, at + 1 + CLOCK_LENGTH[time.precision]);
  return { day: local.slice(0, at), shownIn, clock };
}

/** The time as written, the instant it was read as, and what that rests on: one small line. */
export function timeText(time: MessageTime, words: ReportWords): string {
  const raw = time.raw === null ? words.noTimeWritten : words.written(time.raw);
  const instant = time.instant === null ? "" : ` · ${time.instant}`;
  return `${raw}${instant} · ${basisText(time, words)}`;
}

function basisText(time: MessageTime, words: ReportWords): string {
  const zone = time.zone ?? "";
  const texts: Readonly<Record<TimeBasis, string>> = {
    utc: words.basisUtc,
    offset: words.basisOffset(zone),
    declared: words.basisDeclared(zone),
    unknown: words.basisUnknown,
  };
  return texts[time.basis];
}
