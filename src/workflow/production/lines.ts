import type { AttachmentLine, EventLine, MessageLine } from "../../model/production.ts";
import type { EventKind, MessageKind } from "../../model/record.ts";
import type { MessageTime } from "../../model/time.ts";
import type { Db } from "../../store/open.ts";
import { idsOf } from "../../store/people.ts";
import type { StoredAttachment, StoredRow } from "../../store/rows.ts";
import { attachmentsOf } from "../../store/rows.ts";
import type { Grounds } from "./grounds.ts";
import type { Places } from "./places.ts";
import type { Slice, SliceReader } from "./slices.ts";

/** A period in ms since the epoch; null where it is open. */
export interface Period {
  readonly from: number | null;
  readonly to: number | null;
}

/** What turns stored rows into lines: one resolver of names and places for every face of a bundle. */
export interface LineSource {
  readonly db: Db;
  readonly places: Places;
  readonly conversations: ReadonlyMap<number, string>;
  readonly accounts: ReadonlyMap<number, string>;
  readonly withheld: Grounds;
  readonly period: Period;
  /** Null where no source bytes are given, as in a search. */
  readonly slices: SliceReader | null;
  /** With the source slice beside each row. */
  readonly raw: boolean;
  /** Path in the bundle of an attachment's bytes; empty where none are given. */
  readonly files: ReadonlyMap<number, string>;
}

export function lineSource(
  db: Db,
  places: Places,
  rest: Pick<LineSource, "withheld" | "period" | "slices" | "raw" | "files">,
): LineSource {
  const conversations = idsOf(db, "conversation");
  return { db, places, conversations, accounts: idsOf(db, "account"), ...rest };
}

/** A withheld row keeps its number, place and time, and says why nothing else is shown. */
export function messageLine(
  row: StoredRow,
  number: number,
  context: boolean,
  source: LineSource,
): MessageLine {
  const ground = source.withheld.ofRow(row);
  const line = { type: "message", ...rowLine(row, number, context, source) } as const;
  const kind = messageKind(row.kind);
  if (ground !== undefined) {
    const nothing = { attachments: [], nativeId: null, replyTo: null, edited: null };
    return { ...line, kind, ...nothing, withheld: { ground } };
  }
  const { nativeId, replyTo, edited } = row;
  return { ...line, kind, attachments: attachmentLines(row, source), nativeId, replyTo, edited };
}

export function eventLine(
  row: StoredRow,
  number: number,
  context: boolean,
  source: LineSource,
): EventLine {
  return { type: "event", ...rowLine(row, number, context, source), kind: eventKind(row.kind) };
}

type RowLine = Omit<EventLine, "type" | "kind">;

function rowLine(row: StoredRow, number: number, context: boolean, source: LineSource): RowLine {
  const { places } = source;
  const locator = places.locator(row.fileNumber, row);
  const place = {
    number,
    id: row.id,
    conversation: source.conversations.get(row.conversation) ?? "",
    time: withEdge(row, source.period),
    artifact: places.of(row.fileNumber).artifact,
    locator,
    context,
  };
  const slice = sliceOf(row, source);
  if (source.withheld.ofRow(row) !== undefined) {
    // The salt would let a short text be guessed from its digest.
    const sealed = { salt: "", sliceDigest: slice.sliceDigest };
    const hidden = source.withheld.ofArtifact(row.fileNumber) !== undefined;
    return {
      ...place,
      // An id begins with the digest of its file, and a file's name is its own as well.
      id: hidden ? `withheld-${row.fileNumber}-${row.offset}` : row.id,
      locator: hidden ? { ...locator, entry: null } : locator,
      account: null,
      name: null,
      text: "",
      flags: ["withheld"],
      ...sealed,
      extra: {},
    };
  }
  const account = row.account === null ? null : (source.accounts.get(row.account) ?? null);
  const { name, text, flags, extra } = row;
  return { ...place, account, name, text, flags, ...slice, extra };
}

function sliceOf(row: StoredRow, { slices, raw }: LineSource): Slice {
  if (slices === null) return { salt: "", sliceDigest: "" };
  const slice = slices.slice(row.id, row.file, row.offset, row.length);
  return raw ? slice : { salt: slice.salt, sliceDigest: slice.sliceDigest };
}

/** Marks a row that may lie outside the period it was selected by. */
function withEdge(row: StoredRow, period: Period): MessageTime {
  return isAtEdge(row, period)
    ? { ...row.time, flags: [...row.time.flags, "edge-of-range"] }
    : row.time;
}

/** True where a row's instant is not known well enough to lie on one side of each bound. */
export function isAtEdge(row: Pick<StoredRow, "earliest" | "latest">, period: Period): boolean {
  const { from, to } = period;
  if (from === null && to === null) return false;
  if (row.earliest === null || row.latest === null) return true;
  return (from !== null && row.earliest < from) || (to !== null && row.latest > to);
}

function attachmentLines(row: StoredRow, source: LineSource): AttachmentLine[] {
  if (row.attachments === 0) return [];
  return attachmentsOf(source.db, row.row).map((attachment) => attachmentLine(attachment, source));
}

function attachmentLine(attachment: StoredAttachment, source: LineSource): AttachmentLine {
  const { name, literal, media, mime, artifact, state } = attachment;
  const stored = artifact === null ? undefined : source.places.artifacts.get(artifact);
  const ground = artifact === null ? undefined : source.withheld.ofArtifact(artifact);
  const described = { name, literal, media, mime };
  if (ground !== undefined) {
    return {
      ...described,
      state: "withheld",
      artifact,
      sha256: null,
      size: null,
      file: null,
      ground,
    };
  }
  if (stored === undefined || artifact === null) {
    const missing = state === "referenced" ? "missing" : "absent";
    return { ...described, state: missing, artifact: null, sha256: null, size: null, file: null };
  }
  const file = source.files.get(artifact) ?? null;
  const { sha256, size } = stored;
  return { ...described, state: "present", artifact, sha256, size, file };
}

const MESSAGE_KINDS: readonly MessageKind[] = [
  "text",
  "media",
  "call",
  "poll",
  "location",
  "contact",
  "deletion",
  "unknown",
];
const EVENT_KINDS: readonly EventKind[] = ["system", "reaction", "edit"];

function messageKind(kind: string): MessageKind {
  return MESSAGE_KINDS.find((one) => one === kind) ?? "unknown";
}

function eventKind(kind: string): EventKind {
  return EVENT_KINDS.find((one) => one === kind) ?? "system";
}
