import type { Db } from "../store/open.ts";
import { conversationsOf, accountsOf } from "../store/people.ts";

import { rowsOf } from "../store/rows.ts";
import { localIn } from "../time/zone.ts";
import type { Selection } from "../model/selection.ts";
import type { CaseReader } from "./case/open.ts";
import { filterOf } from "./production/resolve.ts";

export type StatisticsBy = "day" | "hour" | "weekday" | "account" | "conversation";

/** One bar of a plot. `key` is the day, hour, weekday or id, `unknown` where the row does not say. */
export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly messages: number;
}

export interface Statistics {
  readonly by: StatisticsBy;
  readonly total: number;
  readonly bars: readonly Bar[];
  /** Zone in which instants were turned into wall clocks; null where only written wall clocks were used. */
  readonly zone: string | null;
}

/**
 * Counts messages of a selection. Days and hours are those of the wall clock as the source writes it;
 * a row with an instant alone is put into the case's zone, or UTC; a row without either is `unknown`.
 */
export function statistics(reader: CaseReader, selection: Selection, by: StatisticsBy): Statistics {
  const { db, settings } = reader;
  const filter = filterOf(db, selection, settings.zone, "without");
  const zone = settings.zone ?? "UTC";
  const counts = new Map<string, number>();
  let total = 0;
  for (const row of rowsOf(db, filter)) {
    const { local, instant } = row.time;
    const wall = local ?? (instant === null ? null : localIn(instant, zone));
    const key = keyOf(by, wall, row.account, row.conversation);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    total += 1;
  }
  const labels = labelsOf(db, by);
  const bars = [...counts]
    .map(([key, messages]) => ({ ...(labels.get(key) ?? { key, label: key }), messages }))
    .toSorted((a, b) => order(by, a, b));
  return { by, total, bars, zone };
}

function keyOf(
  by: StatisticsBy,
  wall: string | null,
  account: number | null,
  conversation: number,
): string {
  if (by === "account") return account === null ? "unknown" : String(account);
  if (by === "conversation") return String(conversation);
  if (wall === null) return "unknown";
  if (by === "day") return wall.slice(0, 10);
  if (by === "hour") return wall.slice(11, 13);
  return String((new Date(`${wall.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7);
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function labelsOf(db: Db, by: StatisticsBy): Map<string, { key: string; label: string }> {
  if (by === "weekday") {
    return new Map(WEEKDAYS.map((label, at) => [String(at), { key: String(at + 1), label }]));
  }
  if (by === "hour") {
    const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
    return new Map(hours.map((hour) => [hour, { key: hour, label: `${hour}:00` }]));
  }
  if (by === "account") {
    return new Map(
      accountsOf(db).map((one) => [String(one.key), { key: one.id, label: one.name ?? one.id }]),
    );
  }
  if (by === "conversation") {
    return new Map(
      conversationsOf(db).map((one) => [
        String(one.key),
        { key: one.id, label: one.title ?? one.id },
      ]),
    );
  }
  return new Map();
}

/** Clocks and days in their order, people and talks by how much they wrote. */
function order(by: StatisticsBy, a: Bar, b: Bar): number {
  if (by === "account" || by === "conversation") return b.messages - a.messages;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
