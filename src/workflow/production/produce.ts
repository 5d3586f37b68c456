import type { ProductionRows } from "../../export/exporter.ts";
import type { EventLine, MessageLine, ProductionCounts } from "../../model/production.ts";
import type { ProductionOptions, Selection } from "../../model/selection.ts";
import type { RowFilter } from "../../store/filter.ts";
import type { Db } from "../../store/open.ts";
import { rowsByPublicId } from "../../store/rows.ts";
import {
  hideRows,
  isSelected,
  select,
  selectedAttachments,
  selectedFiles,
  selectedRows,
} from "../../store/selected.ts";
import type { CaseWriter } from "../case/open.ts";
import { countsOf } from "./counts.ts";
import { givenOf } from "./given.ts";
import type { Grounds } from "./grounds.ts";
import { groundsOf } from "./grounds.ts";
import type { JournalExtract } from "./journal-extract.ts";
import { journalExtract } from "./journal-extract.ts";
import type { LineSource } from "./lines.ts";
import { eventLine, lineSource, messageLine } from "./lines.ts";
import type { GivenBytes } from "./media.ts";
import { accountLines, conversationLines } from "./people.ts";
import { placesOf } from "./places.ts";
import { sliceReader } from "./slices.ts";
import { artifactLines, exceptionLines, namedArtifacts } from "./sources.ts";

/** A selection drawn, with everything that goes with its rows. */
export interface Produced {
  readonly rows: ProductionRows;
  readonly counts: ProductionCounts;
  readonly journal: JournalExtract;
  /** Bytes of attachments and originals, as files of the bundle. */
  readonly bytes: GivenBytes["files"];
  readonly close: () => void;
}

type Case = Pick<CaseWriter, "db" | "paths" | "secret" | "journal">;

/**
 * Draws a selection: rows in the total order, names and places resolved once, counts, and the journal
 * lines it rests on. Rows are read anew on every pass; nothing grows with their number.
 *
 * @param scratch an existing folder for large intermediate files, which the caller removes
 */
export async function produce(
  from: Case,
  filter: RowFilter,
  selection: Selection,
  options: ProductionOptions,
  scratch: string,
): Promise<Produced> {
  const { db } = from;
  select(db, filter, selection);
  const places = placesOf(db);
  const withheld = groundsOf(db, places, from.journal.entries);
  hideRows(db, withheld.rows);
  const taken = selectedFiles(db);
  const files = taken.map(({ file }) => file);
  const attachments = openAttachments(db, withheld);
  const given = givenOf(from.paths, places, attachments, files, withheld, options, scratch);
  const slices = sliceReader(from.paths, from.secret);
  const mediaFiles = new Map([...given.media.places].map(([number, { file }]) => [number, file]));
  const rest = { withheld, period: filter, slices, raw: options.raw, files: mediaFiles };
  const source = lineSource(db, places, rest);
  const named = namedArtifacts(places, taken, attachments);
  const hidden = [...places.artifacts.values()].filter(
    ({ number }) => withheld.ofArtifact(number) !== undefined,
  );
  const journal = journalExtract(
    from.journal,
    new Set(named),
    hidden.map(({ sha256 }) => sha256),
    itemsTaken(db, new Set(named)),
    options.private,
  );
  const rules = {
    withheld,
    names: options.private,
    given: new Map([...given.originals.places, ...given.media.places]),
  };
  const rows: ProductionRows = {
    conversations: await conversationLines(db, source),
    accounts: accountLines(db, source),
    artifacts: artifactLines(db, places, named, rules),
    exceptions: exceptionLines(db, places, files, withheld),
    custody: journal.lines,
    messages: () => messages(db, source),
    events: () => events(db, source),
  };
  const bytes = [...given.media.files, ...given.originals.files];
  const counts = countsOf(rows, db, source, files);
  return { rows, counts, journal, bytes, close: slices.close };
}

/** Whether an item of the journal is a row of the selection, or an artifact that it names. */
function itemsTaken(db: Db, named: ReadonlySet<number>): (item: string) => boolean {
  return (item) => {
    const number = /^artifact:(\d+)$/.exec(item)?.[1];
    if (number !== undefined) return named.has(Number(number));
    return rowsByPublicId(db, item).some(({ row }) => isSelected(db, row));
  };
}

/** Artifacts that open rows name, each once: what only a withheld row names stays with it. */
function openAttachments(db: Db, withheld: Grounds): number[] {
  const numbers = new Set<number>();
  for (const { artifact, id, fileNumber } of selectedAttachments(db)) {
    if (withheld.ofRow({ id, fileNumber }) === undefined) numbers.add(artifact);
  }
  return [...numbers];
}

function* messages(db: Db, source: LineSource): Generator<MessageLine> {
  let number = 0;
  for (const row of selectedRows(db, false)) {
    number += 1;
    yield messageLine(row, number, row.context, source);
  }
}

function* events(db: Db, source: LineSource): Generator<EventLine> {
  let number = 0;
  for (const row of selectedRows(db, true)) {
    number += 1;
    yield eventLine(row, number, row.context, source);
  }
}
