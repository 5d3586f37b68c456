import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Selection } from "../../src/model/selection.ts";
import type { CaseReader } from "../../src/workflow/case/open.ts";
import { readCase } from "../../src/workflow/case/open.ts";
import { WHOLE } from "../../src/workflow/production/resolve.ts";
import { search, searchCount, type SearchRequest } from "../../src/workflow/search.ts";
import { emptyCase, put, request, take, telegramFolder, whatsApp } from "./case.ts";

const SAID = [
  "Réunion au CAFÉ du port",
  "cafeteria at noon",
  "the rendez-vous is off",
  "he AND she OR NOT they (really)",
  "boat \u{1f6a3}\u200d\u2642\ufe0f tomorrow",
  "\u6211\u4eec\u660e\u5929\u89c1crane\u5427",
  "ring 0612345678 or IMG4711",
  "ha\u200erb\u200eour master",
  "the harbour is closed",
  "\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f arrives",
  "\u039f\u0394\u039f\u03a3 one",
  "nul\u2028line 100% sure_thing",
];

let reader: CaseReader;

beforeAll(async () => {
  const place = emptyCase();
  const chat = put(place.folder, "chat.txt", whatsApp(SAID.map((text) => `Ada Vermeer: ${text}`)));
  await take(place, request([chat], { exhibit: "4" }));
  await take(place, request([telegramFolder(place.folder)], { exhibit: "9" }));
  const declared = put(
    place.folder,
    "zoned.txt",
    whatsApp(["Bo Linden: in Paris", "Bo Linden: x"]),
  );
  await take(place, request([declared], { zone: "Europe/Paris" }));
  reader = await readCase(place.paths, place.environment);
  return () => reader.close();
});

function find(wanted: Partial<Selection>): string[] {
  const selection = { ...WHOLE, ...wanted };
  const found = [...search(reader, { selection, events: false, limit: null })];
  expect(searchCount(reader, { selection, events: false, limit: null })).toBe(found.length);
  return found.map((line) => line.text);
}

function all(wanted: Partial<Selection>): SearchRequest {
  return { selection: { ...WHOLE, ...wanted }, events: false, limit: null };
}

function edges(wanted: Partial<Selection>): [string, boolean][] {
  const selection = { ...WHOLE, ...wanted };
  return [...search(reader, { selection, events: false, limit: null })].map((line) => [
    line.text,
    line.time.flags.includes("edge-of-range"),
  ]);
}

function conversationOf(text: string): string {
  const selection = { ...WHOLE, query: text };
  const [line] = [...search(reader, { selection, events: false, limit: null })];
  return line?.conversation ?? "";
}

describe("a search for words", () => {
  it.each([
    ["finds a word whatever its accents and capitals", "reunion cafe", [SAID[0]]],
    ["finds whole words first", "café", [SAID[0]]],
    ["finds beginnings with a star", "caf*", [SAID[0], SAID[1]]],
    ["finds phrases in their order", '"the rendez-vous"', [SAID[2]]],
    ["does not find a phrase in another order", '"rendez-vous the"', []],
    ["takes operators for text", "he AND she OR NOT they", [SAID[3]]],
    ["takes brackets for text", "(really)", [SAID[3]]],
    ["finds an emoji", "\u{1f6a3}", [SAID[4]]],
    ["finds Chinese inside a sentence", "\u660e\u5929", [SAID[5]]],
    ["finds a Latin word between Chinese ones", "crane", [SAID[5]]],
    ["finds digits inside a number", "2345", [SAID[6]]],
    ["finds digits inside a word", "g471", [SAID[6]]],
    ["finds Arabic without its vowel signs", "\u0645\u062d\u0645\u062f", [SAID[9]]],
    ["finds Greek whatever its last sigma", "\u03bf\u03b4\u03bf\u03c2", [SAID[10]]],
    ["takes SQL wildcards for text", "100% sure_thing", [SAID[11]]],
    ["finds part of a word where no whole word is found", "afeter", [SAID[1]]],
    ["joins its words by and", "harbour closed", [SAID[8]]],
    ["says that there is nothing", "submarine", []],
  ])("%s", (_, query, expected) => {
    expect(find({ query })).toEqual(expected);
  });

  it("finds a word with an invisible mark inside beside the same word without", () => {
    expect(find({ query: "harbour" })).toEqual([SAID[7], SAID[8]]);
  });

  it("for an invisible mark alone finds where it stands, not everything", () => {
    expect(find({ query: "\u200e" })).toEqual([SAID[7]]);
  });

  it("without words finds all messages", () => {
    expect(find({ query: " " })).toHaveLength(SAID.length + 5);
  });
});

describe("a search by other marks", () => {
  it("finds the rows of an account, by name or id", () => {
    expect(find({ accounts: ["cleo marsh"] })).toEqual(["the barge is in", "pay him at the lock"]);
    const [line] = [...search(reader, all({ accounts: ["Cleo Marsh"] }))];
    expect(find({ accounts: [line?.account ?? ""] })).toHaveLength(2);
  });

  it("finds the rows of a conversation, an exhibit or a kind", () => {
    const [line] = [...search(reader, all({ query: "barge" }))];
    expect(find({ conversations: [line?.conversation ?? ""] })).toHaveLength(3);
    expect(find({ exhibits: ["9"] })).toHaveLength(3);
    expect(find({ exhibits: ["4", "9"] })).toHaveLength(SAID.length + 3);
    expect(find({ kinds: ["media"] })).toHaveLength(1);
  });

  it("narrows by every mark at once", () => {
    expect(find({ exhibits: ["9"], accounts: ["Cleo Marsh"], query: "lock" })).toHaveLength(1);
  });

  it.each([
    [{ accounts: ["Nobody"] }, "no account"],
    [{ conversations: ["none"] }, "no conversation"],
    [{ exhibits: ["77"] }, "no artifact carries"],
    [{ kinds: ["smell"] }, "no such kind"],
    [{ from: "2024-06-26", to: "2024-06-25" }, "the period is empty"],
    [{ from: "yesterday" }, "not a time"],
    [{ from: "2024-13-01" }, "not a time"],
  ] satisfies [Partial<Selection>, string][])("refuses %j", (wanted, message) => {
    expect(() => find(wanted)).toThrow(message);
  });
});

describe("a search by time", () => {
  it("takes a known instant by the bound alone", () => {
    const exhibits = ["9"];
    expect(edges({ exhibits, from: "2024-06-25T18:02:00Z", to: "2024-06-25T18:03:00Z" })).toEqual([
      ["", false],
    ]);
    expect(edges({ exhibits, from: "2024-06-25T18:02:01Z" })).toEqual([
      ["pay him at the lock", false],
    ]);
  });

  it("takes a wall clock without a zone wherever it may lie, and says so", () => {
    const exhibits = ["4"];
    expect(edges({ exhibits, from: "2024-06-26T00:00:00Z" })).toEqual([]);
    const near = edges({ exhibits, from: "2024-06-25T20:00:00Z" });
    expect(near).toHaveLength(SAID.length);
    expect(near.every(([, edge]) => edge)).toBe(true);
    const inside = edges({ exhibits, from: "2024-06-24T12:00:00Z", to: "2024-06-27T00:00:00Z" });
    expect(inside.map(([, edge]) => edge)).toEqual(SAID.map(() => false));
  });

  it("takes a minute that a bound cuts, and says so", () => {
    const conversations = [conversationOf("in Paris")];
    expect(edges({ conversations, from: "2024-06-25T07:00:30Z" })).toEqual([
      ["in Paris", true],
      ["x", false],
    ]);
  });

  it("reads a bound without offset in the zone of the range, else of the case", () => {
    const conversations = [conversationOf("in Paris")];
    expect(edges({ conversations, from: "2024-06-25T09:01:00" })).toEqual([["x", false]]);
    expect(
      edges({ conversations, from: "2024-06-25T03:01:00", rangeZone: "America/New_York" }),
    ).toEqual([["x", false]]);
    expect(edges({ conversations, from: "2024-06-25", to: "2024-06-25" })).toHaveLength(2);
  });
});

const BLNS = "../shared/samples/hostile/blns/blns.json";
describe.skipIf(!existsSync(BLNS))("the naughty strings (where the samples are at hand)", () => {
  it("are found again by themselves, and none is an error", async () => {
    const strings: unknown = JSON.parse(readFileSync(BLNS, "utf8"));
    if (!Array.isArray(strings)) throw new Error("no list");
    const texts = strings.map(String);
    const messages = texts.map((text, at) => ({
      id: at + 1,
      type: "message",
      date: "2024-06-25T18:00:00",
      date_unixtime: "1719338400",
      from: "Cleo Marsh",
      from_id: "user1",
      text,
    }));
    const talk = { name: "Cleo Marsh", type: "personal_chat", id: 1, messages };
    const place = emptyCase();
    await take(place, request([put(place.folder, "result.json", JSON.stringify(talk))]));
    const naughty = await readCase(place.paths, place.environment);
    const lost = texts.filter((text, at) => {
      const selection = { ...WHOLE, query: text };
      const found = [...search(naughty, { selection, events: false, limit: null })];
      return !found.some((line) => line.type === "message" && line.nativeId === String(at + 1));
    });
    naughty.close();
    expect(texts.length).toBeGreaterThan(500);
    expect(lost).toEqual([]);
  });
});
