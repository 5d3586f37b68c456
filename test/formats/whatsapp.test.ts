import { describe, expect, test } from "vitest";
import { whatsapp } from "../../src/formats/whatsapp/index.ts";
import {
  findingsOf,
  isUnit,
  messageOf,
  messagesOf,
  read,
  rowsOf,
  unitsOf,
} from "./whatsapp-read.ts";

const lines = (...rows: readonly string[]): string => rows.map((row) => `${row}\n`).join("");

describe("the order of day and month", () => {
  test("one day above 12 decides for the whole segment", () => {
    const [first] = rowsOf(lines("03/04/2021, 10:00 - Ada: a", "25/04/2021, 10:00 - Ada: b"));
    expect(first?.time.local).toBe("2021-04-03T10:00:00");
  });

  test("nothing decides: both readings are kept and none is chosen", () => {
    const { time } = messageOf("03/04/2021, 10:00 - Ada: a");
    expect(time).toMatchObject({
      raw: "03/04/2021, 10:00",
      local: null,
      candidates: ["2021-04-03T10:00:00", "2021-03-04T10:00:00"],
      instant: null,
      flags: ["ambiguous-date"],
    });
  });

  test("a two-digit year may stand in front", () => {
    const { time } = messageOf("[15-01-20 02:22:56] Ada: a");
    expect(time.candidates).toEqual(["2020-01-15T02:22:56", "2015-01-20T02:22:56"]);
  });

  test("a media name with a date decides", () => {
    const text = lines("03/04/2021, 10:00 - Ada: IMG-20210304-WA0001.jpg (file attached)");
    expect(messageOf(text).time.local).toBe("2021-03-04T10:00:00");
    expect(findingsOf(read(text)).get("date-order")?.detail).toMatch(/^mdy: dates in media names/);
  });

  test("the reading that alone runs forward decides, a single step back does not", () => {
    const rows = ["05/06", "04/07", "03/08"].map((day) => `${day}/2021, 10:00 - Ada: a`);
    expect(rowsOf(lines(...rows)).map((row) => row.time.local?.slice(0, 10))).toEqual([
      "2021-06-05",
      "2021-07-04",
      "2021-08-03",
    ]);
    expect(rowsOf(lines(...rows.slice(0, 2))).every((row) => row.time.local === null)).toBe(true);
  });

  test("orders that contradict each other leave the rows between them undecided", () => {
    const days = ["13/01", "02/03", "03/20", "04/05", "05/21"];
    const rows = rowsOf(lines(...days.map((day) => `${day}/2021, 10:00 - Ada: a`)));
    expect(rows.map((row) => row.time.local?.slice(5, 10) ?? "?")).toEqual([
      "01-13",
      "?",
      "03-20",
      "04-05",
      "05-21",
    ]);
  });

  test("the analyst's word forces the reading and shows what it cannot read", () => {
    const text = lines("03/04/2021, 10:00 - Ada: a", "25/04/2021, 10:00 - Ada: b");
    const [first, second] = rowsOf(text, { options: { dateOrder: "mdy" } });
    expect(first?.time.local).toBe("2021-03-04T10:00:00");
    expect(second?.time).toMatchObject({
      raw: "25/04/2021, 10:00",
      local: null,
      flags: ["unreadable"],
    });
  });

  test("no day rolls over into the next month", () => {
    const { time } = messageOf("2021-02-30, 10:00 - Ada: a");
    expect(time).toMatchObject({ local: null, flags: ["unreadable"] });
  });

  test("a year of another calendar is flagged and placed nowhere", () => {
    const { time } = messageOf("25/12/2567, 10:00 - Ada: a", { options: { zone: "Asia/Bangkok" } });
    expect(time).toMatchObject({
      local: "2567-12-25T10:00:00",
      instant: null,
      flags: ["out-of-range"],
    });
  });

  test("a declared zone places the time", () => {
    const { time } = messageOf("25/12/2023, 10:00 - Ada: a", { options: { zone: "Europe/Paris" } });
    expect(time).toMatchObject({ instant: "2023-12-25T09:00:00Z", basis: "declared" });
  });
});

describe("the clock", () => {
  test.each([
    ["12:05 AM", "00:05"],
    ["12:05 PM", "12:05"],
    ["1:05\u202fp.\u00a0m.", "13:05"],
    ["1.05 pm", "13:05"],
    ["23:59", "23:59"],
    ["17 h 46", "17:46"],
  ])("%s is %s", (written, clock) => {
    const { time } = messageOf(`25/12/2023, ${written} - Ada: a`);
    expect(time).toMatchObject({ local: `2023-12-25T${clock}:00`, precision: "minute", flags: [] });
  });

  test.each([
    ["2023/12/25 上午10:15", "10:15"],
    ["2023. 12. 25. 오후 3:15", "15:15"],
    ["25.12.2023 klo 21.25", "21:25"],
    ["25.12.2023 г., 13:34 ч.", "13:34"],
  ])("%s is understood", (written, clock) => {
    expect(messageOf(`${written} - Ada: a`).time.local).toBe(`2023-12-25T${clock}:00`);
  });
});

describe("authors", () => {
  test.each([
    ['Ada changed the subject to "tea: four"', "event"],
    ["Ada a changé le sujet de « thé » en « café: noir »", "event"],
    ['Ada "Countess" King: hello: you', "message"],
    ["Ada:", "message"],
    ["Ada: ", "message"],
    ["Ada:.", "message"],
    ["You were added", "event"],
  ])("%s is a %s", (rest, type) => {
    expect(rowsOf(`25/12/2023, 10:00 - ${rest}\n`)[0]?.type).toBe(type);
  });

  test("a title with a colon makes a longer name, and it is flagged", () => {
    const message = messageOf("25/12/2023, 10:00 - Dr: Who: hello", {
      name: "WhatsApp Chat with Dr_ Who.txt",
    });
    expect(message).toMatchObject({ name: "Dr: Who", text: "hello", flags: ["name-with-colon"] });
  });

  test("marks around a number stay in the name and not in the account", () => {
    const message = messageOf("25/12/2023, 10:00 - \u202a+12 345\u202c: hello");
    expect(message).toMatchObject({ account: "+12 345", name: "\u202a+12 345\u202c" });
  });

  test("accounts are declared once, before the first row that names them", () => {
    const records = read(lines("25/12/2023, 10:00 - Ada: a", "25/12/2023, 10:01 - Ada: b"));
    expect(records.map((record) => record.type).slice(0, 4)).toEqual([
      "conversation",
      "account",
      "message",
      "message",
    ]);
  });
});

describe("what is not text", () => {
  test("a sibling confirms a name whose words are unknown, in either Unicode form", () => {
    const text = "25/12/2023, 10:00 - Ada: cafe\u0301.pdf (bijlage erbij)";
    expect(messageOf(text).attachments).toEqual([]);
    const [file] = messageOf(text, { siblings: ["Media/caf\u00e9.pdf"] }).attachments;
    expect(file).toMatchObject({ name: "cafe\u0301.pdf", state: "referenced" });
  });

  test("an unknown placeholder of iOS is a message of unknown kind", () => {
    const [, message] = rowsOf(
      lines(
        "[25.12.2023, 10:00:00] Ada: a",
        "\u200e[25.12.2023, 10:00:01] Ada: \u200eobrázek vynechán",
      ),
    );
    expect(message).toMatchObject({ type: "message", kind: "unknown" });
  });

  test("an ordinary sentence is not taken for a call, a poll, a place or a notice", () => {
    const texts = [
      "Voice call, later?",
      "NOTE:\nsomething (2 things)",
      "see https://maps.google.com/?q=1,2 there",
      "You changed the date",
      "I left",
    ];
    const rows = rowsOf(lines(...texts.map((text) => `25/12/2023, 10:00 - Ada: ${text}`)));
    expect(rows.map((row) => row.kind)).toEqual(texts.map(() => "text"));
    expect(rows.map((row) => row.text)).toEqual(texts);
  });
});

describe("accounting", () => {
  test("lines before the first header are one exception", () => {
    const records = read(lines("Exported by hand", "", "25/12/2023, 10:00 - Ada: a"));
    expect(records.filter(isUnit).map((record) => [record.type, record.span])).toEqual([
      ["exception", { offset: 0, length: 18 }],
      ["message", { offset: 18, length: 27 }],
    ]);
    expect(unitsOf(records)).toBe(2);
  });

  test("a row of more than 1 MiB is cut, the rest is an exception, the next row is read", () => {
    const long = `25/12/2023, 10:00 - Ada: ${"é".repeat(700_000)}`;
    for (const chunk of [1 << 12, 1 << 24]) {
      const records = read(lines(long, "25/12/2023, 10:01 - Ada: b"), { chunk });
      const units = records.filter(isUnit);
      expect(units.map((unit) => unit.type)).toEqual(["message", "exception", "message"]);
      expect(units[0]?.span).toEqual({ offset: 0, length: (1 << 20) - 1 });
      expect(unitsOf(records)).toBe(3);
    }
  });

  test("bytes that are not UTF-8 keep their row, flagged and counted", () => {
    const bytes = Buffer.concat([
      Buffer.from("25/12/2023, 10:00 - Ada: a"),
      Buffer.from([0xff, 0x0a]),
    ]);
    const records = read(bytes);
    expect(records.filter(isUnit)).toMatchObject([{ text: "a\ufffd", flags: ["bad-utf8"] }]);
    expect(findingsOf(records).get("bad-utf8")?.count).toBe(1);
  });

  test("a file near the cap of an export is suspected to lack its beginning", () => {
    const row = "25/12/2023, 10:00 - Ada: a\n";
    expect(findingsOf(read(row.repeat(40_000))).get("export-cap-suspected")?.count).toBe(40_000);
    expect(findingsOf(read(row.repeat(39_000))).has("export-cap-suspected")).toBe(false);
  });

  test("a file that gives fewer bytes when it is read for its rows loses nothing silently", () => {
    const bytes = Buffer.from("25/12/2023, 10:00 - Ada: a\n");
    let passes = 0;
    const chunks = {
      *[Symbol.iterator]() {
        passes++;
        if (passes <= 2) yield bytes;
      },
    };
    const options = { zone: null, dateOrder: null, owner: null, mapping: null };
    const input = { name: "chat.txt", size: bytes.length, chunks, siblings: [] };
    const records = [...whatsapp.parse(input, options)].flat();
    expect(records.filter(isUnit)).toMatchObject([{ type: "exception", span: { length: 27 } }]);
  });

  test("a UTF-16 file is one exception", () => {
    const bytes = Buffer.from("\ufeff25/12/2023, 10:00 - Ada: a\n", "utf16le");
    expect(read(bytes).filter(isUnit)).toMatchObject([
      { type: "exception", code: "utf-16", span: { offset: 0, length: bytes.length } },
    ]);
  });

  test("a file whose layout changes with every line is read within bounds", () => {
    const rows = Array.from({ length: 30_000 }, (_, index) =>
      index % 2 === 0 ? "25/12/2023, 10:00 - Ada: a" : "[25.12.2023, 10:00:00] Ada: b",
    );
    const records = read(lines(...rows));
    expect(records.filter(isUnit)).toHaveLength(unitsOf(records));
    expect(messagesOf(lines(...rows)).length).toBe(30_000);
    expect(findingsOf(records).has("many-layouts")).toBe(true);
  });
});

describe("the conversation", () => {
  const direct = lines("25/12/2023, 10:00 - Ada: a", "25/12/2023, 10:01 - Bo: b");
  test.each([
    ["WhatsApp Chat with Bo.txt", direct, "Bo", "direct"],
    ["Discussion WhatsApp avec Bo (1).txt", direct, "Bo", "direct"],
    ["WhatsApp Chat with The Club.txt", direct, "The Club", "unknown"],
    ["_chat.txt", direct, null, "direct"],
    ["_chat.txt", `${direct}25/12/2023, 10:02 - Cy: c\n`, null, "group"],
    ["_chat.txt", `25/12/2023, 09:00 - Ada created group "x"\n${direct}`, null, "group"],
    ["_chat.txt", "", null, "unknown"],
  ])("%s", (name, text, title, kind) => {
    expect(read(text, { name })[0]).toMatchObject({ type: "conversation", title, kind });
  });
});

function score(name: string, text: string): number {
  const head = Buffer.from(text);
  return whatsapp.detect({ name, head, size: head.length, siblings: [] }).score;
}

describe("detection", () => {
  const row = "25/12/2023, 10:00 - Ada: a\n";

  test("other text, JSON and tables are not mine", () => {
    expect(score("a.txt", "Dear Ada,\nthank you.\n")).toBe(0);
    expect(score("result.json", '{"name":"Ada","messages":[{"date":"2023-12-25T10:00:00"}]}')).toBe(
      0,
    );
    expect(score("a.csv", "date,name\n2023-12-25 10:00:00,Ada\n")).toBe(0);
    expect(score("WhatsApp Chat with Ada.txt", "nothing of the kind")).toBe(0);
  });

  test("a header anywhere scores by its place, the name adds to it", () => {
    expect(score("a.txt", row)).toBeGreaterThan(score("a.txt", `intro\n${row}`));
    expect(score("_chat.txt", row)).toBeGreaterThan(score("a.txt", row));
    expect(score("a.txt", "text\n".repeat(40) + row)).toBeLessThan(50);
  });

  test("an empty file is no chat, whatever its name", () => {
    expect(score("a.txt", "")).toBe(0);
    expect(score("WhatsApp Chat with Ada.txt", "")).toBe(0);
  });
});
