import type { EventLine, MessageLine } from "../../model/production.ts";
import type { MessageTime } from "../../model/time.ts";
import { type Line, type Terminal, styled } from "../../terminal/terminal.ts";

/** A row for a person: time as read, who, what, and its id; doubts in words. */
export function rowLines(row: MessageLine | EventLine, ids: boolean): Line[] {
  const name = row.name ?? row.account ?? "";
  const head = row.type === "event" ? `* ${row.kind}` : name;
  const flags = [...row.time.flags, ...row.flags];
  const doubt = flags.length === 0 ? "" : `  [${flags.join(", ")}]`;
  const lines: Line[] = [
    [
      styled("faint", timeText(row.time)),
      "  ",
      styled("strong", head),
      row.type === "event" ? ` ${name}` : "",
      styled("doubtful", doubt),
      ids ? styled("faint", `  ${row.id}`) : "",
    ],
  ];
  for (const line of row.text.split("\n")) if (row.text !== "") lines.push(`    ${line}`);
  for (const attachment of row.type === "message" ? row.attachments : []) {
    const what = attachment.name ?? attachment.literal ?? attachment.media ?? "attachment";
    lines.push([styled("faint", `    [${attachment.state}] ${what}`)]);
  }
  return lines;
}

/** The wall clock where the source writes one, else the instant; both readings where it is ambiguous. */
export function timeText(time: MessageTime): string {
  if (time.local !== null) {
    const clock = time.local.replace("T", " ");
    return time.instant === null ? `${clock} (zone unknown)` : `${clock} ${time.zone ?? "UTC"}`;
  }
  if (time.instant !== null) return time.instant.replace("T", " ");
  if (time.candidates.length > 0) {
    return time.candidates.map((one) => one.replace("T", " ")).join(" or ");
  }
  return time.raw ?? "no time";
}

/** A row as `search --json` gives it. */
export function rowRecord(row: MessageLine | EventLine): object {
  const { number: _, salt: __, sliceDigest: ___, context: ____, ...shown } = row;
  return shown;
}

/** Rows of many conversations, each under its id. */
export function showRows(terminal: Terminal, rows: Iterable<MessageLine | EventLine>): number {
  let count = 0;
  let conversation = "";
  for (const row of rows) {
    if (terminal.json) terminal.record(rowRecord(row));
    else {
      if (row.conversation !== conversation)
        terminal.data([styled("strong", `conversation ${row.conversation}`)]);
      for (const line of rowLines(row, true)) terminal.data(line);
    }
    conversation = row.conversation;
    count += 1;
  }
  return count;
}

/** A row as one line of a spreadsheet. */
export function rowCells(row: MessageLine | EventLine): Record<string, string | number | null> {
  const { time } = row;
  return {
    id: row.id,
    type: row.type,
    kind: row.kind,
    conversation: row.conversation,
    account: row.account,
    name: row.name,
    raw: time.raw,
    local: time.local,
    candidates: time.candidates.join(" | "),
    instant: time.instant,
    basis: time.basis,
    zone: time.zone,
    flags: [...time.flags, ...row.flags].join(" "),
    text: row.text,
    attachments:
      row.type === "message"
        ? row.attachments.map((one) => one.name ?? one.literal ?? "").join(" | ")
        : "",
    artifact: row.artifact,
    entry: row.locator.entry,
    offset: row.locator.offset,
    length: row.locator.length,
  };
}
