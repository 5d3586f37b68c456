import { describe, expect, test } from "vitest";
import { whatsapp } from "../../src/formats/whatsapp/index.ts";
import type { EventRecord, MessageRecord } from "../../src/model/record.ts";

const OPTIONS = { zone: null, dateOrder: null, owner: null, mapping: null } as const;

function rows(text: string | Buffer): (MessageRecord | EventRecord)[] {
  const bytes = Buffer.from(text);
  const input = { name: "chat.txt", size: bytes.length, chunks: [bytes], siblings: [] };
  return [...whatsapp.parse(input, OPTIONS)]
    .flat()
    .filter((record) => record.type === "message" || record.type === "event");
}

/** Wall clocks of rows with these dates; null where the row keeps both readings. */
function days(dates: readonly string[]): (string | null)[] {
  const text = dates.map((date) => `${date}, 10:00 - Ada: hello\n`).join("");
  return rows(text).map((row) => row.time.local?.slice(0, 10) ?? null);
}

describe("the order of day and month is not decided", () => {
  test("by one pasted row against all other evidence", () => {
    const dates = ["10/01/2020", "11/01/2020", "12/01/2020", "01/02/2020"];
    expect(days([...dates, "02/25/2019", "02/02/2020", "03/02/2020"])).toEqual([
      null,
      null,
      null,
      null,
      "2019-02-25",
      "2020-02-02",
      null,
    ]);
  });

  test("for rows before the phone changed its language", () => {
    const [first, second, third, ...later] = days([
      "1/7/23",
      "1/8/23",
      "1/9/23",
      "13/1/23",
      "14/1/23",
    ]);
    expect([first, second, third]).toEqual([null, null, null]);
    expect(later).toEqual(["2023-01-13", "2023-01-14"]);
  });

  test("by wishes that come every year on one day", () => {
    expect(days(["12/06/20", "12/06/21", "12/06/22", "12/06/23"])).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test("by a file name that somebody typed", () => {
    const chat =
      "02/01/2020, 10:00 - Bob: look at IMG-20200201-WA0001.jpg\n03/01/2020, 10:00 - Bob: x\n";
    expect(rows(chat).map((row) => row.time.local)).toEqual([null, null]);
  });

  test("by two rows that were delivered late", () => {
    expect(
      days(["01/03/20", "02/02/20", "03/03/20", "04/02/20", "05/03/20"]).includes("2020-01-03"),
    ).toBe(false);
  });
});

describe("the order of day and month is decided", () => {
  test("by the name of an attached file", () => {
    const chat =
      "02/01/2020, 10:00 - Bob: IMG-20200201-WA0001.jpg (file attached)\n03/01/2020, 10:00 - Bob: x\n";
    expect(rows(chat).map((row) => row.time.local?.slice(0, 10))).toEqual([
      "2020-02-01",
      "2020-03-01",
    ]);
  });

  test("by a chat that runs forward over months in one order alone", () => {
    const dates = [
      "05/01/2020",
      "12/01/2020",
      "01/02/2020",
      "06/02/2020",
      "02/03/2020",
      "11/03/2020",
      "01/04/2020",
    ];
    expect(days(dates)[0]).toBe("2020-01-05");
  });
});

describe("nobody's words become another's", () => {
  test("in a file whose lines end with CR alone", () => {
    const chat =
      "13/06/2018, 21:25 - Alice: one\r13/06/2018, 21:26 - Bob: two\rand more\r13/06/2018, 21:27 - Alice: three\r";
    expect(rows(chat).map((row) => [row.name, row.text])).toEqual([
      ["Alice", "one"],
      ["Bob", "two\nand more"],
      ["Alice", "three"],
    ]);
  });

  test("where a name holds a quotation mark", () => {
    const chat = '13/06/2018, 21:28 - J"o: hi\n13/06/2018, 21:29 - Le "Chef: hi\n';
    expect(rows(chat).map((row) => [row.type, row.name])).toEqual([
      ["message", 'J"o'],
      ["message", 'Le "Chef'],
    ]);
  });

  test("where a notice quotes them", () => {
    const [row] = rows('13/06/2018, 21:28 - Bob ha cambiado el asunto a "x: y"\n');
    expect([row?.type, row?.name]).toEqual(["event", null]);
  });
});

test("an attachment whose name climbs out of its folder is an attachment", () => {
  const [, row] = rows(
    "[13/06/2018, 21:28:00] Alice: hi\n\u200e[13/06/2018, 21:29:00] Alice: \u200e<attached: ../../../etc/passwd>\n",
  );
  expect(row).toMatchObject({
    type: "message",
    attachments: [{ name: "../../../etc/passwd", state: "referenced" }],
  });
});
