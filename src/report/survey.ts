import { Failure } from "../model/failure.ts";
import type { EventLine, MessageLine, Production } from "../model/production.ts";
import type { TimeBasis } from "../model/time.ts";

/** What the first page says of the rows, counted by reading them once before they are drawn. */
export interface Survey {
  /** Messages and events by how far their time can be placed. */
  readonly bases: Readonly<Record<TimeBasis, number>>;
  readonly ambiguousDates: number;
  /** Rows without a readable time. */
  readonly untimed: number;
  /** Messages that are withheld as a whole. */
  readonly withheldRows: number;
  /** First and last message number by conversation id. */
  readonly numbers: ReadonlyMap<string, { readonly first: number; readonly last: number }>;
}

/**
 * Counts the rows of a production.
 *
 * @throws Failure `bug` where bundle.json counts other rows than there are.
 */
export function survey(production: Production): Survey {
  const bases: Record<TimeBasis, number> = { utc: 0, offset: 0, declared: 0, unknown: 0 };
  const numbers = new Map<string, { first: number; last: number }>();
  let ambiguousDates = 0;
  let untimed = 0;
  let withheldRows = 0;

  function count(row: MessageLine | EventLine): void {
    const { time } = row;
    bases[time.basis] += 1;
    if (time.flags.includes("ambiguous-date")) ambiguousDates += 1;
    else if (time.local === null && time.instant === null) untimed += 1;
  }

  let messages = 0;
  for (const message of production.messages()) {
    messages += 1;
    count(message);
    if (message.withheld !== undefined) withheldRows += 1;
    const range = numbers.get(message.conversation);
    if (range !== undefined) range.last = message.number;
    else numbers.set(message.conversation, { first: message.number, last: message.number });
  }
  let events = 0;
  for (const event of production.events()) {
    events += 1;
    count(event);
  }
  const stated = production.description.counts;
  if (stated.messages !== messages || stated.events !== events) {
    throw new Failure(
      "bug",
      `bundle.json counts ${stated.messages} messages and ${stated.events} events, the rows are ${messages} and ${events}`,
    );
  }
  return { bases, ambiguousDates, untimed, withheldRows, numbers };
}
