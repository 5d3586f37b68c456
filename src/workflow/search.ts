import type { EventLine, MessageLine } from "../model/production.ts";
import type { Selection } from "../model/selection.ts";
import { countRows, rowsOf } from "../store/rows.ts";
import type { CaseReader } from "./case/open.ts";
import { NOTHING_WITHHELD } from "./production/grounds.ts";
import type { LineSource } from "./production/lines.ts";
import { eventLine, lineSource, messageLine } from "./production/lines.ts";
import { placesOf } from "./production/places.ts";
import { filterOf } from "./production/resolve.ts";

export interface SearchRequest {
  readonly selection: Selection;
  readonly events: boolean;
  /** Most rows given; null for all. */
  readonly limit: number | null;
}

type SearchReader = Pick<CaseReader, "db" | "settings">;

/** Rows that a search finds, conversation by conversation, in source order within each. */
export function* search(
  reader: SearchReader,
  request: SearchRequest,
): Generator<MessageLine | EventLine> {
  const { db, settings } = reader;
  const filter = filterOf(
    db,
    request.selection,
    settings.zone,
    request.events ? "with" : "without",
  );
  const source = plainSource(reader, filter);
  let number = 0;
  for (const row of rowsOf(db, filter, request.limit)) {
    number += 1;
    yield row.event
      ? eventLine(row, number, false, source)
      : messageLine(row, number, false, source);
  }
}

/** How many rows a search finds. */
export function searchCount({ db, settings }: SearchReader, request: SearchRequest): number {
  const filter = filterOf(
    db,
    request.selection,
    settings.zone,
    request.events ? "with" : "without",
  );
  return countRows(db, filter);
}

/** Lines without source slices, for tables and searches inside the office: nothing is withheld here. */
export function plainSource(
  reader: Pick<CaseReader, "db">,
  period: LineSource["period"] = { from: null, to: null },
): LineSource {
  const places = placesOf(reader.db);
  const nothing = { withheld: NOTHING_WITHHELD, files: new Map<number, string>() };
  return lineSource(reader.db, places, { ...nothing, period, slices: null, raw: false });
}
