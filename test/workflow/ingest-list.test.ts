import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readJournal } from "../../src/custody/read.ts";
import { runsOf } from "../../src/store/artifacts.ts";
import { checkCase } from "../../src/workflow/check.ts";
import { readIngestList } from "../../src/workflow/ingest/list.ts";
import { planIngest } from "../../src/workflow/ingest/plan.ts";
import { reparse } from "../../src/workflow/reparse.ts";
import {
  chat,
  emptyCase,
  put,
  request,
  scratch,
  take,
  talkZip,
  telegramFolder,
  UNDECLARED,
  withReader,
  withWriter,
} from "./case.ts";

describe("a list of sources", () => {
  it("names each with its exhibit, zone, format and note; an empty cell leaves what the flags said", () => {
    const folder = scratch();
    const path = put(
      folder,
      "list.csv",
      '\ufeffpath,exhibit,zone,note\nphones/a.zip,4,Europe/Paris,"first, of two"\n/b.txt,,,\n',
    );
    const base = request([], { exhibit: "9", zone: "UTC", note: "all" });
    expect(readIngestList(path, base)).toMatchObject([
      {
        paths: [join(folder, "phones/a.zip")],
        exhibit: "4",
        note: "first, of two",
        options: { zone: "Europe/Paris" },
      },
      { paths: ["/b.txt"], exhibit: "9", note: "all", options: { zone: "UTC" } },
    ]);
  });

  it.each([
    ["file,zone\na.txt,\n", "the list's header"],
    ["path,colour\na.txt,red\n", "the list's header"],
    ["", "the list's header"],
    ["path,zone\n,UTC\n", "line 2 names no path"],
    ["path,zone\na.txt\n", "line 2 has 1 cells, the header 2"],
    ["path,note\na.txt,by train, late\n", "line 2 has 3 cells, the header 2"],
    ["path,zone\na.txt,Europe/Atlantis\n", "zone"],
  ])("that is %j is refused before anything is taken in", (text, message) => {
    const path = put(scratch(), "list.csv", text);
    expect(() => readIngestList(path, request([]))).toThrow(message);
  });
});

describe("a plan", () => {
  it("says what would be taken in, and stores nothing", async () => {
    const place = emptyCase();
    const zip = put(place.folder, "export.zip", talkZip());
    const text = put(place.folder, "chat.txt", chat(3, "one"));
    const noise = put(place.folder, "noise.bin", "noise");
    const folder = telegramFolder(place.folder);
    expect(await planIngest([zip, text, noise, folder])).toMatchObject([
      { path: zip, files: 1, format: "archive" },
      { path: text, files: 1, format: "whatsapp" },
      { path: noise, files: 1, format: null },
      { path: folder, files: 2, format: "telegram" },
    ]);
    expect(readdirSync(join(place.paths.folder, "originals"))).toEqual([]);
  });
});

describe("a stored source that is parsed again", () => {
  it("gets a new run under what was declared, by its number or a member's digest", async () => {
    const place = emptyCase();
    await take(place, request([put(place.folder, "export.zip", talkZip())]));
    const quiet = {
      source: () => undefined,
      passedOver: () => undefined,
      progress: () => undefined,
    };
    await withWriter(place, async (writer) => {
      const zoned = { ...UNDECLARED, zone: "Europe/Paris" };
      expect(await reparse(writer, ["1"], null, zoned, quiet)).toMatchObject({ messages: 5 });
      const owned = { ...UNDECLARED, owner: "Ada Vermeer" };
      expect(await reparse(writer, ["2"], null, owned, quiet)).toMatchObject({ messages: 5 });
      await expect(reparse(writer, ["99"], null, UNDECLARED, quiet)).rejects.toMatchObject({
        code: "not-found",
      });
    });
    const runs = await withReader(place, ({ db }) => runsOf(db, 2));
    expect(runs.map(({ current, options }) => [current, JSON.parse(options)])).toEqual([
      [false, UNDECLARED],
      [false, { ...UNDECLARED, zone: "Europe/Paris" }],
      [true, { ...UNDECLARED, zone: "Europe/Paris", owner: "Ada Vermeer" }],
    ]);
    const lines = readJournal(place.paths.journal).entries.map((entry) => entry.action);
    expect(lines).toEqual(["created", "acquired", "parsed", "reparsed", "reparsed"]);
    expect(await checkCase(place.paths, null)).toMatchObject({ verdict: "passed", unfinished: [] });
  });
});
