import type { JournalReading } from "../../custody/read.ts";
import { numberAt } from "../../model/json.ts";

/** Sources that were acquired and never came to a parse line, and a line cut off by a kill. */
export function unfinishedOf(reading: JournalReading): string[] {
  const open = new Map<string, number>();
  for (const entry of reading.entries) {
    const [first] = entry.artifacts;
    if (first === undefined) continue;
    if (entry.action === "acquired") open.set(String(first.number), entry.seq);
    if (entry.action === "parsed" || entry.action === "reparsed") {
      open.delete(String(first.number));
      open.delete(String(numberAt(entry.options, "source")));
    }
  }
  const unparsed = [...open].map(
    ([number, seq]) =>
      `artifact ${number} (journal line ${seq}) was acquired and not parsed; offer it again`,
  );
  return reading.torn > 0
    ? [...unparsed, `${reading.torn} bytes of a cut-off line at the journal's end`]
    : unparsed;
}
