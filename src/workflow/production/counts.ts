import type { ProductionRows } from "../../export/exporter.ts";
import type { ProductionCounts, SourceCounts } from "../../model/production.ts";
import type { Db } from "../../store/open.ts";
import type { SelectedRow } from "../../store/selected.ts";
import { selectedRows } from "../../store/selected.ts";
import type { LineSource } from "./lines.ts";
import { isAtEdge, messageLine } from "./lines.ts";
import type { Places } from "./places.ts";

/** Counts everything a production lists, walking its rows once. */
export function countsOf(
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
    walked.withheld += source.withheld.ofRow(row) === undefined ? 0 : 1;
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
