import type { AccountLine, ConversationLine, EventLine, MessageLine } from "../model/production.ts";
import type { Drawing, Lookup } from "./drawing.ts";
import { figure, longDate } from "./figures.ts";
import { drawEvent, drawMessage } from "./message.ts";
import { transcriptOf } from "./rows.ts";
import { LEADING, STYLE } from "./style.ts";
import { drawItem } from "./table.ts";
import type { ReadTime } from "./time-line.ts";
import { readTime } from "./time-line.ts";

/** Draws every conversation: its head, then its rows under day headings. */
export function drawTranscript(drawing: Drawing): void {
  const { production } = drawing;
  const lookup: Lookup = {
    accounts: new Map(production.accounts.map((account) => [account.id, account])),
    replied: new Map(),
  };
  const zone = production.description.displayZone;
  let heading: string | null = null;
  for (const step of transcriptOf(production)) {
    if (step.type === "conversation") {
      heading = null;
      lookup.replied.clear();
      drawConversation(drawing, step, lookup);
      continue;
    }
    const time = readTime(step.time, zone);
    const day = dayHeading(drawing, time, step);
    if (day !== heading) drawDay(drawing, day);
    heading = day;
    if (step.type === "message") drawMessage(drawing, lookup, step, time.clock);
    else drawEvent(drawing, lookup, step, time.clock);
  }
}

function drawConversation(
  { sheet, words, survey }: Drawing,
  conversation: ConversationLine,
  lookup: Lookup,
): void {
  const title = conversation.title ?? words.untitled;
  const { inCase, inBundle, context } = conversation.messages;
  sheet.newPage();
  sheet.section(words.conversationBookmark(conversation.id));
  sheet.bookmark(words.conversationBookmark(conversation.id));
  sheet.quote(title, STYLE.heading);
  sheet.rule(0.8);
  sheet.space(3);
  const kind = words.conversationKinds[conversation.kind];
  sheet.say(
    words.conversationLine(conversation.id, kind, conversation.service, conversation.artifact),
    STYLE.soft,
  );
  sheet.space(3);
  sheet.say(words.inThisBundle(figure(inBundle, words), figure(inCase, words)), STYLE.strong);
  const missing = inCase - inBundle;
  if (missing > 0) sheet.say(words.notInThisBundle(missing, figure(missing, words)), STYLE.body);
  if (context > 0) sheet.say(words.ofWhichContext(context, figure(context, words)), STYLE.body);
  const events = conversation.events;
  sheet.say(
    words.eventsInThisBundle(figure(events.inBundle, words), figure(events.inCase, words)),
    STYLE.body,
  );
  const numbers = survey.numbers.get(conversation.id);
  if (numbers !== undefined) sheet.say(words.range(numbers.first, numbers.last), STYLE.body);
  sheet.space(4);
  sheet.say(words.accountsHeading, STYLE.smallStrong);
  for (const id of conversation.accounts) {
    drawItem(sheet, "–", accountText(lookup.accounts.get(id), id, words.unnamed), STYLE.small);
  }
  if (conversation.lacks.length > 0) {
    sheet.space(2);
    sheet.say(words.formatLacks(conversation.lacks.join("; ")), STYLE.caption);
  }
  sheet.space(6);
}

function accountText(account: AccountLine | undefined, id: string, unnamed: string): string {
  if (account === undefined) return id;
  const native = account.nativeId === null ? "" : ` · ${account.nativeId}`;
  return `${account.name ?? unnamed}${native} · ${account.id}`;
}

function dayHeading({ words }: Drawing, time: ReadTime, row: MessageLine | EventLine): string {
  if (time.day !== null) {
    const shown = time.shownIn === null ? "" : ` · ${words.clockOf(time.shownIn)}`;
    return `${longDate(time.day, words)}${shown}`;
  }
  return row.time.candidates.length > 0 ? words.dateUndecided : words.timeUnknown;
}

function drawDay({ sheet }: Drawing, day: string): void {
  sheet.space(7);
  sheet.need(STYLE.subheading.size * LEADING + 46);
  sheet.say(day, STYLE.subheading);
  sheet.rule(0.4);
  sheet.space(2);
}
