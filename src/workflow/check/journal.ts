import type { JournalReading } from "../../custody/read.ts";
import type { CustodyHead } from "../../model/custody.ts";
import type { Check } from "../../model/validation.ts";

/** The chain itself: every line an entry, following from the one before. */
export function checkJournal(reading: JournalReading): Check {
  const subject = "custody.jsonl";
  const faults = reading.faults.map(({ line, detail }) => `line ${line} ${detail}`);
  if (faults.length > 0) {
    return {
      id: "journal",
      subject,
      outcome: "fail",
      detail: `ALTERED: ${faults.slice(0, 5).join("; ")}`,
    };
  }
  const lines = `${reading.entries.length} lines, each following from the one before`;
  return {
    id: "journal",
    subject,
    outcome: "pass",
    detail: `${lines}; lines cut from the end show only against an anchor`,
  };
}

/** The journal against a head that was given out before: what is cut from the end shows only here. */
export function checkAnchored(reading: JournalReading, anchor: CustodyHead): Check {
  const subject = `head of ${anchor.size} lines`;
  const last = reading.digests[anchor.size - 1];
  if (last === anchor.last) {
    return {
      id: "anchor",
      subject,
      outcome: "pass",
      detail: "the journal goes on from the head that was given out",
    };
  }
  const word = reading.entries.length < anchor.size ? "TRUNCATED" : "ALTERED";
  return {
    id: "anchor",
    subject,
    outcome: "fail",
    detail: `${word}: the journal does not hold the head that was given out`,
  };
}
