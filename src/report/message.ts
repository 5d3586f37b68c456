import type { EventLine, MessageLine } from "../model/production.ts";
import { detailsOf } from "./details.ts";
import type { Drawing, Lookup } from "./drawing.ts";
import { LEADING, STYLE, TEXT_WIDTH } from "./style.ts";
import { timeText } from "./time-line.ts";
import type { Span } from "./span.ts";

/** Numbers stand right-aligned in a column of their own, what they number beside it. */
const NUMBER_WIDTH = 34;
const BODY = 44;
const BODY_WIDTH: number = TEXT_WIDTH - BODY;

/** A bar between the two marks a row that was added as context. */
const BAR = 39;

/** Ids longer than this are cut beside a message; the conversation's head has them whole. */
const ID_LENGTH = 28;

/** Draws a message: number and name, the time as written and as read, the text, then its details. */
export function drawMessage(
  drawing: Drawing,
  lookup: Lookup,
  message: MessageLine,
  clock: string,
): void {
  const { sheet, words } = drawing;
  begin(drawing, String(message.number), headOf(drawing, lookup, message, clock), message);
  sheet.number(message.number);
  sheet.carry(words.continued(message.number), message.number);
  const place = { indent: BODY, width: BODY_WIDTH };
  if (message.withheld !== undefined) {
    sheet.say(words.withheldRow(message.withheld.ground), STYLE.strong, place);
  } else if (message.text !== "") {
    sheet.quote(message.text, STYLE.body, place);
  }
  for (const detail of detailsOf(drawing, lookup, message)) sheet.text(detail, place);
  sheet.carry(null);
  sheet.bar(null);
  if (message.nativeId !== null) lookup.replied.set(message.nativeId, message.number);
}

/** Draws an event, set apart by its slant and its own numbers. */
export function drawEvent(drawing: Drawing, lookup: Lookup, event: EventLine, clock: string): void {
  const { sheet, words } = drawing;
  const number = words.eventNumber(event.number);
  const name = event.name ?? nameOf(lookup, event.account);
  const head: Span[] = [
    { text: clock === "" ? "" : `${clock}  `, style: STYLE.event },
    { text: words.eventKinds[event.kind], style: STYLE.event },
    { text: name === null ? "" : ` · ${name}`, style: STYLE.event },
    { text: event.context ? `  [${words.context}]` : "", style: STYLE.smallStrong },
  ];
  begin(drawing, number, head, event);
  sheet.carry(words.continuedEvent(event.number));
  const place = { indent: BODY, width: BODY_WIDTH };
  if (event.text !== "") sheet.quote(event.text, STYLE.event, place);
  for (const detail of detailsOf(drawing, lookup, event)) sheet.text(detail, place);
  sheet.carry(null);
  sheet.bar(null);
}

/** The number and the head lines; neither is parted from the first line of what follows. */
function begin(
  { sheet, words }: Drawing,
  number: string,
  head: readonly Span[],
  row: MessageLine | EventLine,
): void {
  sheet.space(5);
  const lines = sheet.wrap(head, BODY_WIDTH);
  const size = STYLE.strong.size;
  sheet.need((Math.min(lines.length, 3) + 2) * size * LEADING);
  const label = sheet.wrap([{ text: number, style: STYLE.number }], NUMBER_WIDTH * 2)[0];
  sheet.bar(row.context ? BAR : null);
  if (label !== undefined) sheet.put(label, NUMBER_WIDTH - label.width, size);
  for (const line of lines) {
    sheet.need(size * LEADING);
    sheet.put(line, BODY, size);
    sheet.advance(size);
  }
  const { offset, length, row: tableRow } = row.locator;
  const place = row.locator.byteCheckable
    ? words.sourcePlace(row.artifact, offset, length)
    : words.sourceRow(row.artifact, tableRow ?? offset);
  const written = `${timeText(row.time, words)} · ${place}`;
  sheet.say(written, STYLE.running, { indent: BODY, width: BODY_WIDTH });
}

function headOf({ words }: Drawing, lookup: Lookup, message: MessageLine, clock: string): Span[] {
  const account = message.account === null ? undefined : lookup.accounts.get(message.account);
  const name = message.name ?? account?.name ?? words.unnamed;
  const id = account?.nativeId ?? message.account ?? "";
  const shown = message.withheld === undefined ? name : words.nameWithheld;
  const head: Span[] = [];
  if (clock !== "") head.push({ text: `${clock}  `, style: STYLE.figure });
  head.push({ text: shown, style: STYLE.strong });
  if (id !== "" && id !== name && message.withheld === undefined) {
    head.push({ text: `  ${cut(id)}`, style: STYLE.soft });
  }
  for (const tag of tagsOf(message, words)) {
    head.push({ text: `  [${tag}]`, style: STYLE.smallStrong });
  }
  return head;
}

function tagsOf(message: MessageLine, words: Drawing["words"]): string[] {
  const tags: string[] = [];
  if (message.kind !== "text") tags.push(words.messageKinds[message.kind]);
  if (message.edited !== null) tags.push(words.edited);
  if (message.context) tags.push(words.context);
  if (message.withheld !== undefined) tags.push(words.withheld);
  return tags;
}

function nameOf(lookup: Lookup, account: string | null): string | null {
  return account === null ? null : (lookup.accounts.get(account)?.name ?? account);
}

function cut(id: string): string {
  return id.length > ID_LENGTH ? `${id.slice(0, ID_LENGTH - 1)}…` : id;
}
