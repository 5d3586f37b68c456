import { blobPath } from "../../acquire/originals.ts";
import { lineDigest } from "../../custody/chain.ts";
import { canonical } from "../../hash/canonical.ts";
import type { CustodyEntry } from "../../model/custody.ts";
import type { ParseOptions } from "../../model/format.ts";
import { Failure } from "../../model/failure.ts";
import type { AccountRecord, ConversationRecord } from "../../model/record.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import {
  addFinding,
  artifactByNumber,
  membersOf,
  removeParserFailure,
  setStatus,
} from "../../store/artifacts.ts";
import type { Bound, MessageLoader } from "../../store/load.ts";
import { attachmentLoader, indexText, messageLoader, nextMessageId } from "../../store/load.ts";
import { setApplied } from "../../store/meta.ts";
import type { Db } from "../../store/open.ts";
import type { RunCounts } from "../../store/runs.ts";
import {
  addException,
  beginRun,
  endRun,
  upsertAccount,
  upsertConversation,
} from "../../store/runs.ts";
import type { FlatBatch } from "../parse/protocol.ts";
import type { CaseWriter } from "./open.ts";
import type { Siblings } from "./siblings.ts";
import { siblingsOf } from "./siblings.ts";

/** A file to be parsed: the bytes of `artifact`, among the files of `source`. */
export interface Parsing {
  readonly artifact: number;
  readonly source: number;
  readonly format: string;
  readonly options: ParseOptions;
}

/**
 * Parses a file into the index in one transaction. `acknowledge` is called when every row is in, to write
 * or to name the journal line; the transaction is committed after it, so that the index never holds what
 * the journal does not.
 *
 * @throws Failure `bug` where the parser itself broke; nothing of the run is kept then.
 */
export async function parseInto(
  writer: Pick<CaseWriter, "db" | "paths" | "parser">,
  parsing: Parsing,
  again: boolean,
  acknowledge: (parsed: RunCounts) => CustodyEntry,
  onProgress: (rows: number) => void = () => {},
): Promise<RunCounts> {
  const { db } = writer;
  const file = required(db, parsing.artifact);
  const siblings = siblingsOf(parsing, membersOf(db, parsing.source));
  db.exec("BEGIN IMMEDIATE");
  try {
    const { artifact, source, format, options } = parsing;
    const run = beginRun(db, {
      artifact,
      source,
      format,
      options: canonical(options),
    });
    const intake = intakeOf(db, run, artifact, siblings, onProgress);
    const job = {
      blob: blobPath(writer.paths.folder, file.sha256),
      name: siblings.name ?? file.name.text,
      size: file.size,
      siblings: siblings.paths,
      format,
      options,
    };
    const end = await writer.parser.parse(job, intake.take);
    const counts = { ...intake.finish(), units: end.units, digest: end.digest };
    const parsed = { ...counts, formatVersion: end.version };
    const entry = acknowledge(parsed);
    endRun(db, run, entry.seq, parsed);
    removeParserFailure(db, artifact);
    for (const number of new Set([artifact, source])) {
      setStatus(db, number, again ? "reparsed" : "ingested");
    }
    setApplied(db, entry.seq, lineDigest(entry));
    db.exec("COMMIT");
    return parsed;
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}

function required(db: Db, number: number): StoredArtifact {
  const artifact = artifactByNumber(db, number);
  if (artifact === null) throw new Failure("not-found", `no artifact ${number} in this case`);
  return artifact;
}

interface Intake {
  readonly take: (batch: FlatBatch) => void;
  /** Writes what is pending, indexes the text, and gives the counts. */
  readonly finish: () => { messages: number; events: number; exceptions: number };
}

function intakeOf(
  db: Db,
  run: number,
  artifact: number,
  siblings: Siblings,
  onProgress: (rows: number) => void,
): Intake {
  const conversations: number[] = [];
  const accounts: number[] = [];
  const seen = { conversations: new Map<string, number>(), accounts: new Map<string, number>() };
  const first = nextMessageId(db);
  const rows = rowIntake(db, run, siblings, conversations, accounts);
  let exceptions = 0;
  const takeConversation = (record: ConversationRecord): void => {
    note(seen.conversations, conversations, record.key, upsertConversation(db, artifact, record));
  };
  const takeAccount = (record: AccountRecord): void => {
    note(seen.accounts, accounts, record.key, upsertAccount(db, artifact, record));
  };
  return {
    take: (batch) => {
      batch.conversations.forEach(takeConversation);
      batch.accounts.forEach(takeAccount);
      rows.add(batch);
      for (const exception of batch.exceptions) {
        exceptions += 1;
        const position = exception.conversation;
        const conversation = position === null ? null : (conversations[position] ?? null);
        addException(db, run, exceptions, { ...exception, conversation });
      }
      for (const finding of batch.findings) addFinding(db, artifact, run, finding);
      onProgress(rows.messages() + rows.events());
    },
    finish: () => {
      rows.flush();
      indexText(db, first);
      return { messages: rows.messages(), events: rows.events(), exceptions };
    },
  };
}

function note(seen: Map<string, number>, ids: number[], key: string, id: number): void {
  if (seen.has(key)) return;
  seen.set(key, id);
  ids.push(id);
}

const CONVERSATION = 0;
const ACCOUNT = 1;
const EVENT = 2;

function rowIntake(
  db: Db,
  run: number,
  siblings: Siblings,
  conversations: readonly number[],
  accounts: readonly number[],
): Pick<MessageLoader, "flush"> & {
  add: (batch: FlatBatch) => void;
  messages: () => number;
  events: () => number;
} {
  const loader = messageLoader(db, run);
  const attach = attachmentLoader(db);
  const counts = { messages: 0, events: 0 };
  const add = (batch: FlatBatch): void => {
    const attached: [number, number, Bound[]][] = [];
    for (const [cells, attachments] of batch.messages) {
      const row = [...cells];
      row[CONVERSATION] = conversations[Number(cells[CONVERSATION])] ?? null;
      row[ACCOUNT] = cells[ACCOUNT] === null ? null : (accounts[Number(cells[ACCOUNT])] ?? null);
      const id = loader.add(row);
      if (cells[EVENT] === 1) counts.events += 1;
      else counts.messages += 1;
      attachments.forEach((attachment, ordinal) => {
        const found = siblings.find(attachment[0] ?? null);
        attached.push([id, ordinal, [...attachment, found]]);
      });
    }
    if (attached.length === 0) return;
    loader.flush();
    for (const [id, ordinal, row] of attached) {
      attach(id, ordinal, row);
      const number = row.at(-1);
      if (typeof number === "number") setStatus(db, number, "attachment");
    }
  };
  return { add, flush: loader.flush, messages: () => counts.messages, events: () => counts.events };
}
