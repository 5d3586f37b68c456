import type { ConversationKind } from "../../model/record.ts";
import { type Header, newHeader, newHeaderReader, sameStyle } from "./header.ts";
import { feed, finish, newWindow, pieces } from "./lines.ts";
import { mediaDate } from "./medianame.ts";
import { type Day, isSingle, newDay, readDay, READINGS } from "./readings.ts";
import { addHeader, fits, isSameDate, newRun, type Run } from "./run.ts";
import { newSenders, noteSender, kindOf } from "./senders.ts";

/** What the first pass over the file learns; the second pass reads the rows with it. */
export interface Survey {
  readonly runs: readonly Run[];
  readonly kind: ConversationKind;
  readonly bytes: number;
  /** Offset from which layouts changed too often to be told apart; Infinity in any real file. */
  readonly crowdedFrom: number;
}

/** A file that changes its layout more often than this is no export; memory stays bounded. */
const RUN_LIMIT = 10_000;

/** Reads the whole file once, keeping only its runs of layouts. */
export function survey(
  chunks: Iterable<Uint8Array>,
  title: string | null,
  lineEnd: number,
): Survey {
  const window = newWindow(lineEnd);
  window.keep = Infinity;
  const header = newHeader();
  const readHeader = newHeaderReader();
  const runs: Run[] = [];
  const senders = newSenders();
  let run: Run | null = null;
  let crowdedFrom = Infinity;
  const sink = (bytes: Buffer, start: number, limit: number, offset: number): void => {
    if (!readHeader(bytes, start, limit, header)) return;
    if (!senders.isGroup)
      noteSender(senders, bytes, start + header.bodyFrom, limit, header.bracket);
    if (run === null || !sameStyle(run.style, run.pads, header) || !fits(run, header)) {
      if (runs.length >= RUN_LIMIT) {
        crowdedFrom = Math.min(crowdedFrom, offset);
        return;
      }
      run = newRun(header, offset);
      runs.push(run);
    }
    const isNew = !isSameDate(run, header);
    addHeader(run, header, offset);
    if (!isSingle(run.live) && (isNew || run.votedAt === 0)) {
      vote(run, header, mediaDate(bytes, start + header.bodyFrom, limit));
    }
  };
  let total = 0;
  for (const piece of pieces(chunks)) {
    total += piece.length;
    feed(window, piece, sink);
  }
  finish(window, sink);
  return { runs, kind: kindOf(senders, title), bytes: total, crowdedFrom };
}

const scratch: Day = newDay();

/** A media name with the row's own date speaks for the reading under which they agree. */
function vote(run: Run, header: Header, date: number): void {
  run.votedAt = 0;
  if (date === 0) return;
  for (let index = 0; index < READINGS.length; index++) {
    const reading = READINGS[index] ?? 0;
    if ((run.live & reading) === 0 || !readDay(header, reading, scratch)) continue;
    if (scratch.year * 10_000 + scratch.month * 100 + scratch.day !== date) continue;
    run.votes[index] = (run.votes[index] ?? 0) + 1;
    run.votedAt = 1;
  }
}
