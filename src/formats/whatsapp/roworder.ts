import type { Tally } from "./tally.ts";

/** Rows doubted after one step back; after so many the phone's clock is the likelier cause. */
const DOUBT_LIMIT = 200;
const DAY = 86_400;

/**
 * Watches the time from row to row. Counts the rows earlier than the row before, and answers whether a
 * row is to be doubted: it lies more than a day before the latest row so far, as lines do that are part
 * of a chat pasted into a message. Rows without a certain day are passed over.
 */
export function newOrder(tally: Tally): (day: number, seconds: number) => boolean {
  let before = -Infinity;
  let latest = -Infinity;
  let doubted = 0;
  return (day, seconds) => {
    if (Number.isNaN(day)) return false;
    const now = day * DAY + seconds;
    if (now < before) tally.backward++;
    before = now;
    if (now >= latest - DAY) {
      latest = Math.max(latest, now);
      doubted = 0;
      return false;
    }
    doubted++;
    if (doubted >= DOUBT_LIMIT) latest = now;
    return true;
  };
}
