import { Failure } from "../model/failure.ts";
import type { ConversationLine, EventLine, MessageLine, Production } from "../model/production.ts";

/** A step of the transcript: the head of a conversation, then its rows. */
export type Step = ConversationLine | MessageLine | EventLine;

/**
 * The rows of a production as a person reads them: conversation by conversation, the events between
 * the messages where the source has them.
 *
 * @throws Failure `bug` where rows are left over: a report that leaves out a row must not exist.
 */
export function* transcriptOf(production: Production): Generator<Step> {
  const messages = queue(production.messages());
  const events = queue(production.events());
  for (const conversation of production.conversations) {
    yield conversation;
    for (;;) {
      const message = ofConversation(messages.head, conversation.id);
      const event = ofConversation(events.head, conversation.id);
      if (event !== null && (message === null || precedes(event, message))) {
        yield event;
        events.next();
      } else if (message !== null) {
        yield message;
        messages.next();
      } else {
        break;
      }
    }
  }
  const left = messages.head ?? events.head;
  if (left !== null) {
    throw new Failure("bug", `row ${left.id} stands outside the order of the conversations`);
  }
}

interface Queue<Row> {
  head: Row | null;
  next: () => void;
}

function queue<Row>(rows: Iterable<Row>): Queue<Row> {
  const iterator = rows[Symbol.iterator]();
  function take(): Row | null {
    const step = iterator.next();
    return step.done === true ? null : step.value;
  }
  const waiting: Queue<Row> = { head: take(), next: () => void (waiting.head = take()) };
  return waiting;
}

function ofConversation<Row extends { readonly conversation: string }>(
  row: Row | null,
  conversation: string,
): Row | null {
  return row !== null && row.conversation === conversation ? row : null;
}

/** Source order within one file; between files, the world's clock where both are placed on it. */
function precedes(event: EventLine, message: MessageLine): boolean {
  if (event.artifact === message.artifact && event.locator.entry === message.locator.entry) {
    return event.locator.offset < message.locator.offset;
  }
  const [a, b] = [event.time.instant, message.time.instant];
  return a !== null && b !== null && Date.parse(a) < Date.parse(b);
}
