import { ACCOUNTS, CONVERSATIONS, EVENTS, EXCEPTIONS, MESSAGES } from "../../bundle/names.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { shown } from "../../bundle/walk.ts";
import { numberAt, objectAt, stringAt } from "../../model/json.ts";
import type { BundleRecord, ProductionCounts } from "../../model/production.ts";
import type { Check } from "../../model/validation.ts";
import { COUNTED, type ListedArtifact } from "./artifact.ts";
import { jsonLines } from "./lines.ts";
import { count, judged, notChecked, note } from "./outcome.ts";
import type { Row } from "./row.ts";

interface InConversation {
  messages: number;
  context: number;
  events: number;
}

const NO_ROWS: Readonly<InConversation> = { messages: 0, context: 0, events: 0 };

/** Counts the rows of a bundle as they pass, to be held against what bundle.json says. */
export interface Tally {
  readonly take: (row: Row) => void;
  /** After the last row. */
  readonly check: (record: BundleRecord | null) => Check;
}

/** A tally of one bundle; `problems` are what was found wrong with its artifacts before. */
export function openTally(
  bundle: StrictBundle,
  artifacts: ReadonlyMap<number, ListedArtifact>,
  problems: readonly Problem[],
): Tally {
  const found: Problem[] = [...problems];
  const conversations = new Map<string, InConversation>();
  const rows = { message: 0, event: 0 };
  const of = { attachments: 0, attachmentsIncluded: 0, withheld: 0, context: 0, edgeOfRange: 0 };
  const altered = (detail: string): void => note(found, { word: "ALTERED", detail });

  function take(row: Row): void {
    rows[row.type] += 1;
    if (row.number !== rows[row.type]) altered(`${row.type} ${row.number} is out of sequence`);
    if (!artifacts.has(row.artifact))
      altered(`${row.type} ${row.number} is of an unlisted artifact`);
    const conversation = conversations.get(row.conversation) ?? { ...NO_ROWS };
    conversations.set(row.conversation, conversation);
    of.edgeOfRange += row.edgeOfRange ? 1 : 0;
    of.withheld += row.withheld ? 1 : 0;
    if (row.type === "event") {
      conversation.events += 1;
      return;
    }
    conversation.messages += 1;
    conversation.context += row.context ? 1 : 0;
    of.context += row.context ? 1 : 0;
    of.attachments += row.attachments.length;
    for (const { state, file } of row.attachments) {
      of.withheld += state === "withheld" ? 1 : 0;
      of.attachmentsIncluded += file === null ? 0 : 1;
      if (file !== null && bundle.find(file) === undefined) {
        altered(`message ${row.number} names ${shown(file)}, which is not there`);
      }
    }
  }

  function check(record: BundleRecord | null): Check {
    const inConversations = checkConversations(bundle, conversations, found);
    if (record === null) return notChecked("counts", "bundle.json", "bundle.json cannot be read");
    const counted: Omit<ProductionCounts, "sources"> = {
      messages: rows.message,
      events: rows.event,
      exceptions: countLines(bundle, EXCEPTIONS, found),
      conversations: inConversations.conversations,
      accounts: countLines(bundle, ACCOUNTS, found),
      artifacts: artifacts.size,
      ...of,
      messagesInConversations: inConversations.messages,
    };
    for (const [name, value] of Object.entries(counted)) {
      const stated = numberAt(record.counts, name);
      if (stated !== value) altered(`bundle.json counts ${stated} ${name}, the lines ${value}`);
    }
    checkSources(record, artifacts, altered);
    return judged("counts", "bundle.json", found, statement(record));
  }

  return { take, check };
}

/** An artifact may be listed for an attachment's sake: what else was read of it is not counted. */
function checkSources(
  record: BundleRecord,
  artifacts: ReadonlyMap<number, ListedArtifact>,
  altered: (detail: string) => void,
): void {
  for (const [at, name] of COUNTED.entries()) {
    const sum = [...artifacts.values()].reduce((all, { counts }) => all + (counts?.[at] ?? 0), 0);
    const stated = record.counts.sources[name];
    if (stated > sum) {
      altered(`bundle.json counts ${stated} ${name} of its sources, the lines ${sum}`);
    }
  }
}

/** Never the word for "nothing is missing": a bundle can only repeat what its maker says. */
function statement({ counts }: BundleRecord): string {
  const items = count(counts.messages + counts.events);
  const selected = `${count(counts.messages)} of ${count(counts.messagesInConversations)}`;
  return `as listed: ${items} of the ${items} items its maker listed; selected: ${selected} messages of these conversations, as the maker states`;
}

/** Every conversation states how many of its rows are given here. */
function checkConversations(
  bundle: StrictBundle,
  rows: Map<string, InConversation>,
  problems: Problem[],
): { readonly conversations: number; readonly messages: number } {
  const total = { conversations: 0, messages: 0 };
  const altered = (detail: string): void => note(problems, { word: "ALTERED", detail });
  for (const { number, value } of jsonLines(bundle, CONVERSATIONS, (problem) =>
    note(problems, problem),
  )) {
    total.conversations += 1;
    const messages = objectAt(value, "messages");
    total.messages += numberAt(messages, "inCase") ?? 0;
    const id = stringAt(value, "id") ?? "";
    const found = rows.get(id) ?? NO_ROWS;
    rows.delete(id);
    const agrees =
      numberAt(messages, "inBundle") === found.messages &&
      numberAt(messages, "context") === found.context &&
      numberAt(objectAt(value, "events"), "inBundle") === found.events;
    if (!agrees) altered(`conversation ${number} states other counts than its rows`);
  }
  if (rows.size > 0) altered(`rows are of ${rows.size} conversations that are not listed`);
  return total;
}

function countLines(bundle: StrictBundle, name: string, problems: Problem[]): number {
  let lines = 0;
  for (const _ of jsonLines(bundle, name, (problem) => note(problems, problem))) lines += 1;
  return lines;
}

/** The files whose lines are rows, and the type of each. */
export const ROW_FILES: readonly { readonly name: string; readonly type: Row["type"] }[] = [
  { name: MESSAGES, type: "message" },
  { name: EVENTS, type: "event" },
];
