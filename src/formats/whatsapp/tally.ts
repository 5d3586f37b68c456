import type { FindingRecord, FormatRecord } from "../../model/record.ts";
import { nameOfReading, type Reason } from "./order.ts";
import type { Segment } from "./plan.ts";
import { READINGS } from "./readings.ts";

/** What the second pass counts, for the findings at its end. */
export interface Tally {
  messages: number;
  files: number;
  ambiguous: number;
  unreadable: number;
  outOfRange: number;
  clock: number;
  backward: number;
  pasted: number;
  badUtf8: number;
  cut: number;
}

export function newTally(): Tally {
  return {
    messages: 0,
    files: 0,
    ambiguous: 0,
    unreadable: 0,
    outOfRange: 0,
    clock: 0,
    backward: 0,
    pasted: 0,
    badUtf8: 0,
    cut: 0,
  };
}

/** Segments told one by one; a file has one, or as many as its phone had languages. */
const SEGMENTS_TOLD = 20;

const REASONS: Readonly<Record<Reason, string>> = {
  layout: "the year stands in front with four digits",
  impossible: "no other order makes every date a real one",
  "media-names": "dates in media names agree with no other order",
  "time-order": "in any other order the time steps back by more than a day",
  ambiguous: "nothing in the file decides",
  contradiction: "no order makes every date a real one, each row speaks for itself",
  declared: "declared by the analyst",
};

/** The findings of one file, those with a count of zero left out. */
export function findingsOf(
  tally: Tally,
  segments: readonly Segment[],
  crowded: boolean,
): readonly FormatRecord[] {
  const findings: FindingRecord[] = segments.slice(0, SEGMENTS_TOLD).map(orderFinding);
  const rest = segments.slice(SEGMENTS_TOLD);
  const add = (code: string, count: number, detail: string): void => {
    if (count > 0) findings.push({ type: "finding", code, detail, count });
  };
  add(
    "date-order",
    rest.reduce((rows, segment) => rows + segment.rows, 0),
    `${rest.length} more segments, each decided by itself`,
  );
  add(
    "many-layouts",
    crowded ? 1 : 0,
    "the layout changes too often to be told apart; from there on each row speaks for itself",
  );
  add(
    "ambiguous-dates",
    tally.ambiguous,
    "rows whose day and month cannot be told apart; ingest with a date order to decide",
  );
  add("unreadable-times", tally.unreadable, "rows whose date or time is none");
  add(
    "out-of-range",
    tally.outOfRange,
    "rows with a year outside 2009 to 2037: another calendar, or a wrong clock",
  );
  add(
    "clock-24h-with-meridiem",
    tally.clock,
    "rows with an hour above 12 and a word for the half of the day; the hour stands as written",
  );
  add("backwards-time", tally.backward, "rows earlier than the row before");
  add(
    "pasted-header",
    tally.pasted,
    "rows that hold, or may be, lines of a chat pasted into a message",
  );
  add("bad-utf8", tally.badUtf8, "rows with bytes that are not UTF-8, shown as U+FFFD");
  add("too-long", tally.cut, "rows cut after 1 MiB; the rest is an exception");
  add("export-cap-suspected", suspectedCap(tally), capDetail(tally));
  return findings;
}

function orderFinding(segment: Segment): FindingRecord {
  const { layout, reading, left } = segment;
  const names = READINGS.filter((bit) => ((reading === 0 ? left : reading) & bit) !== 0).map(
    (bit) => nameOfReading(bit, layout),
  );
  const order = reading === 0 ? `${names.join(" or ") || "none"}, undecided` : names.join("");
  return {
    type: "finding",
    code: "date-order",
    detail: `${order}: ${REASONS[segment.reason]}`,
    count: segment.rows,
  };
}

/**
 * Exports are said to end at about 40,000 messages without media and 10,000 with; a file of such a size
 * may lack its beginning.
 */
function suspectedCap({ messages, files }: Tally): number {
  const cap = files > 0 ? 10_000 : 40_000;
  return Math.abs(messages - cap) <= cap / 400 ? messages : 0;
}

function capDetail({ files }: Tally): string {
  const cap = files > 0 ? "10,000 messages with media" : "40,000 messages without media";
  return `close to ${cap}, where WhatsApp is said to cut an export: earlier messages may be missing`;
}
