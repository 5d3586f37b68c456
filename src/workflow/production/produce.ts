import type { ProductionRows } from "../../export/exporter.ts";
import type {
  AccountLine,
  ConversationLine,
  EventLine,
  MessageLine,
  ProductionCounts,
  SourceCounts,
} from "../../model/production.ts";
import type { ProductionOptions, Selection } from "../../model/selection.ts";
import type { RowFilter } from "../../store/filter.ts";
import type { Db } from "../../store/open.ts";
import { accountsOf, conversationsOf } from "../../store/people.ts";
import type { SelectedRow } from "../../store/selected.ts";
import {
  select,
  selectedAccounts,
  selectedAttachments,
  selectedConversations,
  selectedFiles,
  selectedRows,
} from "../../store/selected.ts";
import { withheldOf } from "../../store/withheld.ts";
import type { CaseWriter } from "../case/open.ts";
import type { JournalExtract } from "./journal-extract.ts";
import { journalExtract } from "./journal-extract.ts";
import type { LineSource } from "./lines.ts";
import { eventLine, isAtEdge, lineSource, messageLine } from "./lines.ts";
import type { GivenBytes } from "./media.ts";
import { giveBytes } from "./media.ts";
import type { Places } from "./places.ts";
import { placesOf } from "./places.ts";
import { sliceReader } from "./slices.ts";
import type { GivenFiles } from "./sources.ts";
import { artifactLines, exceptionLines, lacksOf, namedArtifacts } from "./sources.ts";

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
  const withheld = withheldOf(db);
  const files = selectedFiles(db);
  const attachments = selectedAttachments(db);
  const named = namedArtifacts(places, files, attachments);
  const media = options.media ? mediaOf(from, places, attachments, withheld, scratch) : NOTHING;
  const originals = options.originals
    ? originalsOf(from, places, files, withheld, scratch)
    : NOTHING;
  const given: GivenFiles = new Map([...originals.places, ...media.places]);
  const slices = sliceReader(from.paths, from.secret);
  const mediaFiles = new Map([...media.places].map(([number, place]) => [number, place.file]));
  const rest = { withheld, period: filter, slices, raw: options.raw, files: mediaFiles };
  const source = lineSource(db, places, rest);
  const conversations = await conversationLines(db, places, source);
  const accounts = accountLines(db, places, source);
  const artifacts = artifactLines(db, places, named, { withheld, names: options.private, given });
  const exceptions = exceptionLines(
    db,
    places,
    files.map(({ file }) => file),
  );
  const hidden = named.filter((number) => withheld.has(`artifact:${number}`));
  const journal = journalExtract(from.journal, new Set(named), new Set(hidden), options.private);
  const rows: ProductionRows = {
    conversations,
    accounts,
    artifacts,
    exceptions,
    custody: journal.lines,
    messages: () => messages(db, source),
    events: () => events(db, source),
  };
  const counts = countsOf(
    rows,
    db,
    source,
    files.map(({ file }) => file),
  );
  return {
    rows,
    counts,
    journal,
    bytes: [...media.files, ...originals.files],
    close: slices.close,
  };
}

const NOTHING: GivenBytes = { files: [], places: new Map() };

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

function mediaOf(
  from: Case,
  places: Places,
  attachments: readonly number[],
  withheld: ReadonlyMap<string, string>,
  scratch: string,
): GivenBytes {
  const open = attachments.filter((number) => !withheld.has(`artifact:${number}`));
  const found = open.flatMap((number) => places.artifacts.get(number) ?? []);
  return giveBytes(from.paths, found, "data/attachments", scratch);
}

/** Whole sources, but for those that hold something withheld: their bytes would give it away. */
function originalsOf(
  from: Case,
  places: Places,
  files: readonly { file: number; source: number }[],
  withheld: ReadonlyMap<string, string>,
  scratch: string,
): GivenBytes {
  const sources = new Set(files.flatMap(({ file }) => places.of(file).artifact));
  const tainted = new Set<number>();
  for (const item of withheld.keys()) {
    for (const number of filesOf(item, places)) {
      tainted.add(number);
      for (const { container } of places.artifacts.get(number)?.containers ?? [])
        tainted.add(container);
    }
  }
  const open = [...sources].filter((number) => !tainted.has(number)).toSorted((a, b) => a - b);
  const found = open.flatMap((number) => places.artifacts.get(number) ?? []);
  return giveBytes(from.paths, found, "data/originals", scratch);
}

/** Files an item of the withheld list lies in: the artifact itself, or the file of the message. */
function filesOf(item: string, places: Places): number[] {
  const number = /^artifact:(\d+)$/.exec(item)?.[1];
  if (number !== undefined) return [Number(number)];
  const digest = item.slice(0, 32);
  return [...places.artifacts.values()]
    .filter((artifact) => artifact.sha256.startsWith(digest))
    .map((artifact) => artifact.number);
}

async function conversationLines(
  db: Db,
  places: Places,
  source: LineSource,
): Promise<ConversationLine[]> {
  const known = new Map(conversationsOf(db).map((one) => [one.key, one]));
  const taken = selectedConversations(db);
  const accounts = Map.groupBy(selectedAccounts(db), (row) => row.conversation);
  const formats = new Set([...places.artifacts.values()].flatMap((one) => one.format ?? []));
  const lacks = await lacksOf(formats);
  const services = new Map(accountsOf(db).map((account) => [account.artifact, account.service]));
  return taken.flatMap((take): ConversationLine[] => {
    const one = known.get(take.conversation);
    if (one === undefined) return [];
    const format = places.artifacts.get(one.artifact)?.format ?? "";
    const { messages: inBundle, context } = take;
    return [
      {
        type: "conversation",
        id: one.id,
        title: one.title,
        kind: one.kind,
        nativeId: one.nativeId,
        service: services.get(one.artifact) ?? format,
        artifact: places.of(one.artifact).artifact,
        accounts: (accounts.get(one.key) ?? []).flatMap(
          ({ account }) => source.accounts.get(account) ?? [],
        ),
        messages: { inCase: one.messages, inBundle, context },
        events: { inCase: one.events, inBundle: take.events },
        lacks: lacks.get(format) ?? [],
      },
    ];
  });
}

function accountLines(db: Db, places: Places, source: LineSource): AccountLine[] {
  const known = new Map(accountsOf(db).map((one) => [one.key, one]));
  const shown = shownNames(db, source);
  return [...shown].flatMap(([key, { messages, names }]): AccountLine[] => {
    const one = known.get(key);
    if (one === undefined) return [];
    const { id, service, nativeId, name } = one;
    const artifact = places.of(one.artifact).artifact;
    return [
      { type: "account", id, service, nativeId, name, artifact, names: [...names], messages },
    ];
  });
}

function shownNames(
  db: Db,
  source: LineSource,
): Map<number, { messages: number; names: Set<string> }> {
  const shown = new Map<number, { messages: number; names: Set<string> }>();
  for (const row of selectedAccounts(db)) {
    if (!source.accounts.has(row.account)) continue;
    const entry = shown.get(row.account) ?? { messages: 0, names: new Set<string>() };
    entry.messages += row.messages;
    for (const name of row.names) entry.names.add(name);
    shown.set(row.account, entry);
  }
  return shown;
}

function countsOf(
  rows: ProductionRows,
  db: Db,
  source: LineSource,
  files: readonly number[],
): ProductionCounts {
  const walked = walk(db, source);
  const { conversations, accounts, artifacts, exceptions } = rows;
  return {
    messages: walked.messages,
    events: walked.events,
    exceptions: exceptions.length,
    conversations: conversations.length,
    accounts: accounts.length,
    artifacts: artifacts.length,
    attachments: walked.attachments,
    attachmentsIncluded: walked.included,
    withheld: walked.withheld,
    context: walked.context,
    edgeOfRange: walked.edge,
    messagesInConversations: conversations.reduce((sum, one) => sum + one.messages.inCase, 0),
    sources: sourceCounts(files, source.places),
  };
}

function sourceCounts(files: readonly number[], places: Places): SourceCounts {
  const total = { units: 0, messages: 0, events: 0, exceptions: 0 };
  for (const number of files) {
    const run = places.artifacts.get(number)?.run;
    total.units += run?.units ?? 0;
    total.messages += run?.messages ?? 0;
    total.events += run?.events ?? 0;
    total.exceptions += run?.exceptions ?? 0;
  }
  return total;
}

interface Walked {
  messages: number;
  events: number;
  attachments: number;
  included: number;
  withheld: number;
  context: number;
  edge: number;
}

function walk(db: Db, source: LineSource): Walked {
  const walked = {
    messages: 0,
    events: 0,
    attachments: 0,
    included: 0,
    withheld: 0,
    context: 0,
    edge: 0,
  };
  const unsliced = { ...source, slices: null };
  const note = (row: SelectedRow): void => {
    walked.withheld += source.withheld.has(row.id) ? 1 : 0;
    walked.edge += isAtEdge(row, source.period) ? 1 : 0;
  };
  for (const row of selectedRows(db, false)) {
    walked.messages += 1;
    walked.context += row.context ? 1 : 0;
    note(row);
    if (row.attachments === 0) continue;
    const line = messageLine(row, 0, row.context, unsliced);
    walked.attachments += line.attachments.length;
    for (const attachment of line.attachments) {
      walked.included += attachment.file === null ? 0 : 1;
      walked.withheld += attachment.state === "withheld" ? 1 : 0;
    }
  }
  for (const row of selectedRows(db, true)) {
    walked.events += 1;
    note(row);
  }
  return walked;
}
