import { beforeAll, describe, expect, it } from "vitest";
import { EVERYTHING } from "../../src/store/filter.ts";
import { rowsOf } from "../../src/store/rows.ts";
import type { CaseReader } from "../../src/workflow/case/open.ts";
import { readCase } from "../../src/workflow/case/open.ts";
import { WHOLE } from "../../src/workflow/production/resolve.ts";
import { search } from "../../src/workflow/search.ts";
import { show, sourceBytes } from "../../src/workflow/show.ts";
import { statistics, type StatisticsBy } from "../../src/workflow/statistics.ts";
import { emptyCase, put, request, take, TALK, talkZip, telegramFolder, whatsApp } from "./case.ts";

let reader: CaseReader;
beforeAll(async () => {
  const place = emptyCase();
  const zip = put(place.folder, "export.zip", talkZip());
  await take(place, request([zip, telegramFolder(place.folder)]));
  reader = await readCase(place.paths, place.environment);
  return () => reader.close();
});

function idOf(text: string): string {
  const [row] = [...rowsOf(reader.db, EVERYTHING)].filter((one) => one.text.includes(text));
  return row?.id ?? "";
}

describe("a message that is shown", () => {
  it("stands among its neighbours, notices included", () => {
    const { rows, wanted } = show(reader, idOf("the crane"), 1);
    expect(rows.map((row) => row.type)).toEqual(["event", "message", "message"]);
    expect(rows.map((row) => row.context)).toEqual([true, false, true]);
    expect(wanted).toBe(1);
    expect(rows[1]?.text).toBe("the crane moves at nine");
  });

  it("at the edge of its conversation has neighbours on one side", () => {
    expect(show(reader, idOf("pay him"), 5).rows).toHaveLength(3);
  });

  it("gives the bytes of its original, though they came out of a ZIP", () => {
    const source = Buffer.from(whatsApp(TALK));
    const id = idOf("the crane");
    const bytes = sourceBytes(reader, id);
    expect(bytes.toString()).toContain("Ada Vermeer: the crane moves at nine");
    expect(source.includes(bytes)).toBe(true);
    expect(source.indexOf(bytes)).toBe(Number(id.split("-")[1]));
  });

  it("is found by the beginning of its id where that is one message's alone", () => {
    const id = idOf("the crane");
    expect(show(reader, id, 0).rows[0]?.id).toBe(id);
    expect(() => show(reader, id.slice(0, 8), 0)).toThrow("more than one message");
    expect(() => show(reader, "ffffffffffffffff", 0)).toThrow("no message has the id");
    for (const odd of ["", "%", "_", "' OR 1=1", `${id}.x`]) {
      expect(() => show(reader, odd, 0)).toThrow("no message has the id");
    }
  });
});

describe("a search", () => {
  it("gives no more than its limit, and events where they are asked for", () => {
    const every = [...search(reader, { selection: WHOLE, events: true, limit: null })];
    expect(every).toHaveLength(9);
    expect(every.filter((line) => line.type === "event")).toHaveLength(1);
    expect([...search(reader, { selection: WHOLE, events: true, limit: 2 })]).toEqual(
      every.slice(0, 2),
    );
  });
});

function bars(by: StatisticsBy): string[] {
  const { total, bars: found } = statistics(reader, WHOLE, by);
  expect(found.reduce((sum, bar) => sum + bar.messages, 0)).toBe(total);
  return found.map(({ label, messages }) => `${label} ${messages}`);
}

describe("statistics", () => {
  it("count the wall clock as it is written, and an instant in the zone of the case", () => {
    expect(bars("day")).toEqual(["2024-06-25 8"]);
    expect(bars("hour")).toEqual(["09:00 5", "18:00 3"]);
    expect(bars("weekday")).toEqual(["Tuesday 8"]);
  });

  it("count people and talks, the busiest first", () => {
    expect(bars("account")).toEqual(["Ada Vermeer 3", "Bo Linden 2", "Cleo Marsh 2", "Dan Osei 1"]);
    expect(bars("conversation")).toHaveLength(2);
  });
});
