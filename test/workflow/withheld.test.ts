import { beforeAll, describe, expect, it } from "vitest";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../src/hash/digest.ts";
import { allArtifacts } from "../../src/store/artifacts.ts";
import { EVERYTHING } from "../../src/store/filter.ts";
import { rowsOf } from "../../src/store/rows.ts";
import { casePaths } from "../../src/workflow/case/locate.ts";
import { checkCase } from "../../src/workflow/check.ts";
import { releaseItems, withholdItems } from "../../src/workflow/withholding.ts";
import { zip } from "../archive/zip.ts";
import { fixedEnvironment } from "../environment.ts";
import { has, textOf } from "../report/pdf-text.ts";
import {
  emptyCase,
  photo,
  PHOTO,
  type Place,
  put,
  request,
  scratch,
  TALK,
  take,
  telegramFolder,
  whatsApp,
  withReader,
  withWriter,
} from "./case.ts";
import { bundle, leaked, type Opened, SIGNED_AT, verified } from "./production.ts";

const CHAT = whatsApp([...TALK, "Bo Linden: papers.zip (file attached)"]);
const INNER = photo("the inner photo, long enough to be found");
const SHOT = photo("the crane at night, long enough to be found");
const PAPERS = zip([{ name: "inner.jpg", data: INNER }]);
const EXPORT = zip([
  { name: "WhatsApp Chat with Bo Linden.txt", data: CHAT },
  { name: PHOTO, data: SHOT },
  { name: "papers.zip", data: PAPERS },
]);

let made: Place;
beforeAll(async () => {
  made = emptyCase(scratch(), fixedEnvironment(SIGNED_AT));
  const path = put(made.folder, "export.zip", EXPORT);
  await take(made, request([path, telegramFolder(made.folder)], { zone: "Europe/Paris" }));
});

function copy(): Place {
  const folder = scratch();
  cpSync(made.paths.folder, join(folder, "case"), { recursive: true });
  return {
    folder,
    environment: fixedEnvironment(SIGNED_AT),
    paths: casePaths(join(folder, "case")),
  };
}

/** A bundle of everything that may leave the office, after these items were withheld. */
async function without(place: Place, items: readonly string[]): Promise<Opened> {
  await withWriter(place, (writer) => withholdItems(writer, items, "professional secret"));
  const opened = await bundle(place, { options: { media: true, originals: true, private: true } });
  const report = await verified(opened.made.zip, [place.folder]);
  expect(report.checks.filter((check) => check.outcome !== "pass")).toEqual([]);
  expect(await checkCase(place.paths, null)).toMatchObject({ verdict: "passed", unfinished: [] });
  return opened;
}

async function numberOf(place: Place, content: Uint8Array | string): Promise<string> {
  const all = await withReader(place, ({ db }) => allArtifacts(db));
  return `artifact:${all.find((one) => one.sha256 === sha256(content))?.number}`;
}

async function messageId(place: Place, text: string): Promise<string> {
  const rows = await withReader(place, ({ db }) => [...rowsOf(db, EVERYTHING)]);
  return rows.find((row) => row.text.includes(text))?.id ?? "";
}

function paths({ made: { zip: zipped, pdf } }: Opened): string[] {
  return [zipped, pdf];
}

describe("what nobody withholds", () => {
  it("is found by the search for leaks, so that the search can be trusted", async () => {
    const place = copy();
    const opened = await bundle(place, { options: { media: true, private: true } });
    const secrets = ["the crane moves at nine", SHOT, sha256(SHOT), PHOTO];
    expect(leaked(paths(opened), secrets)).toHaveLength(4);
  });
});

describe("a withheld photo", () => {
  it("leaves a counted placeholder with its ground, and neither its bytes nor its digest", async () => {
    const place = copy();
    const opened = await without(place, [await numberOf(place, SHOT)]);
    expect(leaked(paths(opened), [SHOT, sha256(SHOT), sha256(SHOT).slice(0, 32)])).toEqual([]);
    const [line] = opened
      .lines("messages")
      .filter((row) => String(row["text"]).includes(PHOTO) || JSON.stringify(row).includes(PHOTO));
    expect(line?.["attachments"]).toMatchObject([
      { state: "withheld", sha256: null, size: null, file: null, ground: "professional secret" },
    ]);
    expect(opened.record.counts).toMatchObject({ withheld: 1, attachmentsIncluded: 2 });
    expect(opened.lines("artifacts")).toContainEqual(
      expect.objectContaining({
        sha256: null,
        name: null,
        entry: null,
        ground: "professional secret",
      }),
    );
    const originals = opened.names.filter((name) => name.startsWith("data/originals/"));
    expect(originals).toEqual(["data/originals/000001.json"]);
  });

  it("inside an archive that a message sends takes that archive's bytes with it", async () => {
    const place = copy();
    const opened = await without(place, [await numberOf(place, INNER)]);
    expect(leaked(paths(opened), [INNER, sha256(INNER)])).toEqual([]);
    expect(opened.names.filter((name) => name.endsWith(".zip"))).toEqual([]);
  });

  it("that no selected row names stays out of the private part of its archive's line", async () => {
    const place = copy();
    await withWriter(place, async (writer) =>
      withholdItems(writer, [await numberIn(writer.db, SHOT)], "x"),
    );
    const opened = await bundle(place, {
      selection: { query: "quay" },
      options: { private: true },
    });
    expect(leaked(paths(opened), [sha256(SHOT), PHOTO])).toEqual([]);
  });

  it("is given again when it is released, and the earlier ground stays in the journal", async () => {
    const place = copy();
    const item = await numberOf(place, SHOT);
    await without(place, [item]);
    await withWriter(place, (writer) => releaseItems(writer, [item]));
    const opened = await bundle(place, { options: { media: true } });
    expect(leaked(paths(opened), [SHOT])).toHaveLength(1);
    expect(opened.record.counts.withheld).toBe(0);
    expect(opened.lines("custody").map((line) => JSON.stringify(line))).toEqual(
      expect.arrayContaining([
        expect.stringContaining('"withheld"'),
        expect.stringContaining('"released"'),
      ]),
    );
    await expect(withWriter(place, (writer) => releaseItems(writer, [item]))).rejects.toMatchObject(
      { code: "not-found" },
    );
  });
});

describe("a withheld message", () => {
  it("leaves its place and its ground; its text, its slice and its salt are nowhere", async () => {
    const place = copy();
    const id = await messageId(place, "the crane moves");
    const opened = await without(place, [id]);
    expect(leaked(paths(opened), ["the crane moves at nine", "crane moves"])).toEqual([]);
    expect(opened.lines("messages")[0]).toMatchObject({
      id,
      text: "",
      name: null,
      account: null,
      salt: "",
      withheld: { ground: "professional secret" },
    });
    expect(opened.record.counts).toMatchObject({ messages: 9, withheld: 1 });
    const originals = opened.names.filter((name) => name.startsWith("data/originals/"));
    expect(originals).toEqual(["data/originals/000001.json"]);
  });

  it.skipIf(!has("pdftotext"))("is not on the pages (where pdftotext is at hand)", async () => {
    const place = copy();
    const before = await bundle(place);
    expect(textOf(readFileSync(before.made.pdf))).toContain("crane moves");
    const opened = await without(place, [await messageId(place, "the crane moves")]);
    const pages = textOf(readFileSync(opened.made.pdf));
    expect(pages).not.toContain("crane moves");
    expect(pages).toContain("professional secret");
  });

  it("takes the photo that it alone sends with it", async () => {
    const place = copy();
    const opened = await without(place, [await messageWith(place, PHOTO)]);
    expect(leaked(paths(opened), [SHOT, sha256(SHOT)])).toEqual([]);
    expect(opened.record.counts.attachmentsIncluded).toBe(2);
  });
});

describe("a withheld chat", () => {
  it("leaves its rows as placeholders, and no word, name or digest of it", async () => {
    for (const whole of [false, true]) {
      const place = copy();
      const opened = await without(place, [await numberOf(place, whole ? EXPORT : CHAT)]);
      const digests = [CHAT, ...(whole ? [EXPORT, SHOT, PAPERS, INNER] : [])].map((content) =>
        sha256(content).slice(0, 32),
      );
      const words = ["crane moves", "at the quay", "0612345678", "Ada Vermeer"];
      expect(
        leaked(paths(opened), [...digests, ...words, ...(whole ? [SHOT, INNER] : [])]),
      ).toEqual([]);
      expect(opened.record.counts).toMatchObject({ messages: 9, withheld: 7 });
      expect(opened.lines("messages").filter((row) => "withheld" in row)).toHaveLength(6);
    }
  });
});

describe("withholding", () => {
  it("needs a ground, and names of the case", async () => {
    const place = copy();
    await withWriter(place, (writer) => {
      expect(() => withholdItems(writer, ["1"], " ")).toThrow("a ground is needed");
      expect(() => withholdItems(writer, ["1", "999"], "x")).toThrow(
        'nothing in the case is called "999"',
      );
      expect(writer.journal.entries.filter((entry) => entry.action === "withheld")).toEqual([]);
      expect(withholdItems(writer, ["1", sha256(SHOT)], "x")).toEqual(["artifact:1", "artifact:3"]);
    });
  });
});

async function messageWith(place: Place, name: string): Promise<string> {
  return withReader(place, ({ db }) => {
    const row = db
      .prepare<[string], number>("SELECT message FROM attachment WHERE name = ?")
      .pluck()
      .get(name);
    return [...rowsOf(db, EVERYTHING)].find((one) => one.row === row)?.id ?? "";
  });
}

async function numberIn(db: Parameters<typeof allArtifacts>[0], content: Buffer): Promise<string> {
  return `artifact:${allArtifacts(db).find((one) => one.sha256 === sha256(content))?.number}`;
}
