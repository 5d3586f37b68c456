import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { MAX_ENTRIES } from "../../src/bundle/names.ts";
import { readJournal } from "../../src/custody/read.ts";
import { sha256 } from "../../src/hash/digest.ts";
import { planBundle } from "../../src/workflow/bundling/bundle.ts";
import { casePaths } from "../../src/workflow/case/locate.ts";
import { checkCase } from "../../src/workflow/check.ts";
import { fixedEnvironment } from "../environment.ts";
import { zip } from "../archive/zip.ts";
import {
  emptyCase,
  photo,
  PHOTO,
  type Place,
  put,
  request,
  scratch,
  take,
  talkZip,
  telegramFolder,
  whatsApp,
  withWriter,
} from "./case.ts";
import { bundle, bundleRequest, SIGNED_AT, verified } from "./production.ts";

let made: Place;
let zipPath: string;
let folderPath: string;

beforeAll(async () => {
  made = emptyCase(scratch(), fixedEnvironment(SIGNED_AT));
  zipPath = put(made.folder, "export.zip", talkZip());
  folderPath = telegramFolder(made.folder);
  await take(made, request([zipPath, folderPath], { zone: "Europe/Paris", exhibit: "4" }));
});

/** The same case, to be worked on. */
function copy(environment = fixedEnvironment(SIGNED_AT)): Place {
  const folder = scratch();
  cpSync(made.paths.folder, join(folder, "case"), { recursive: true });
  return { folder, environment, paths: casePaths(join(folder, "case")) };
}

describe("a bundle of the whole case", () => {
  it("verifies, and its rows are found in the ZIP and the folder that were received", async () => {
    const { made: done, record } = await bundle(copy(), { selection: { wholeCase: true } });
    const report = await verified(done.zip, [zipPath, folderPath]);
    expect(report.verdict).toBe("passed");
    const records = report.checks.find((check) => check.id === "records");
    expect(records?.detail).toContain("found in their source: 9");
    expect(records?.detail).toContain("not given: 0");
    expect((await verified(done.pdf)).verdict).toBe("passed");
    expect(record.counts).toMatchObject({
      messages: 8,
      events: 1,
      conversations: 2,
      attachments: 4,
      attachmentsIncluded: 0,
      withheld: 0,
      context: 0,
      edgeOfRange: 0,
      messagesInConversations: 8,
      sources: { units: 9, messages: 8, events: 1, exceptions: 0 },
    });
    expect(done).toMatchObject({ id: "2024-00311-P001", messages: 8, events: 1, attachments: 4 });
    expect(sha256(readFileSync(done.zip))).toBe(done.sha256);
  });

  it("states for each attachment whether its bytes are at hand", async () => {
    const { lines } = await bundle(copy());
    const states = lines("messages").flatMap(({ attachments }) =>
      Array.isArray(attachments) ? attachments.map(({ state, name }) => `${state} ${name}`) : [],
    );
    expect(states).toEqual([
      `present ${PHOTO}`,
      "missing IMG-20240625-WA0002.jpg",
      "absent null",
      "present photos/photo_1.jpg",
    ]);
  });

  it("holds attachments by number, and whole sources, where they are asked for", async () => {
    const {
      names,
      file,
      made: done,
      record,
    } = await bundle(copy(), {
      options: { media: true, originals: true },
    });
    expect(names).toEqual(
      expect.arrayContaining([
        "data/attachments/000001.jpg",
        "data/attachments/000002.jpg",
        "data/originals/000001.zip",
        "data/originals/000002.json",
      ]),
    );
    expect(file("data/attachments/000001.jpg").equals(photo("the crane"))).toBe(true);
    expect(file("data/originals/000001.zip").equals(readFileSync(zipPath))).toBe(true);
    expect(record.counts.attachmentsIncluded).toBe(2);
    const report = await verified(done.zip);
    expect(report.verdict).toBe("passed");
    expect(report.checks.find((check) => check.id === "records")?.detail).toContain(
      "found in their source: 9",
    );
  });

  it("keeps names, paths and host to the office unless they are asked for", async () => {
    const place = copy();
    const shut = await bundle(place);
    const open = await bundle(place, { options: { private: true } });
    const texts = [shut, open].map(({ file }) => file("data/custody.jsonl").toString());
    expect(texts.map((text) => text.includes("poste-7"))).toEqual([false, true]);
    expect(texts.map((text) => text.includes("export.zip"))).toEqual([false, true]);
    expect((await verified(open.made.zip)).verdict).toBe("passed");
  });
});

describe("a selection", () => {
  it("takes exactly the rows that match", async () => {
    const { lines, record } = await bundle(copy(), { selection: { query: "crane" } });
    expect(lines("messages")).toMatchObject([{ text: "the crane moves at nine", context: false }]);
    expect(lines("events")).toEqual([]);
    expect(record.counts).toMatchObject({ messages: 1, context: 0, messagesInConversations: 5 });
    expect(lines("conversations")).toMatchObject([
      { messages: { inCase: 5, inBundle: 1, context: 0 }, events: { inCase: 1, inBundle: 0 } },
    ]);
    expect(record.selectionText).toContain('text "crane"');
  });

  it("widened by neighbours marks them", async () => {
    const {
      lines,
      record,
      made: done,
    } = await bundle(copy(), {
      selection: { query: "lock", context: 1 },
    });
    expect(lines("messages")).toMatchObject([
      { text: "", context: true },
      { text: "pay him at the lock", context: false },
    ]);
    expect(record.counts).toMatchObject({ messages: 2, context: 1 });
    expect((await verified(done.zip)).verdict).toBe("passed");
  });

  it("widened to whole conversations marks what was added, in source order", async () => {
    const { lines, record } = await bundle(copy(), {
      selection: { query: "crane", wholeConversations: true },
    });
    expect(lines("messages").map(({ context }) => context)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(lines("events")).toMatchObject([{ context: true }]);
    expect(record.counts).toMatchObject({ messages: 5, events: 1, context: 4 });
  });

  it("by time counts and flags the rows that may lie outside", async () => {
    const { lines, record } = await bundle(copy(), {
      selection: { from: "2024-06-25T09:04:30", to: "2024-06-25T09:06:00" },
    });
    expect(lines("messages").map(({ time }) => JSON.stringify(time).includes("edge"))).toEqual([
      true,
      false,
    ]);
    expect(record.counts).toMatchObject({ messages: 2, edgeOfRange: 1 });
  });

  it("without slices gives their salted digests alone", async () => {
    const { lines, made: done } = await bundle(copy(), { options: { raw: false } });
    const rows = lines("messages");
    expect(rows.some((row) => "raw" in row || "rawBase64" in row)).toBe(false);
    expect((await verified(done.zip, [zipPath, folderPath])).verdict).toBe("passed");
  });

  it("that takes nothing makes nothing, and uses no number", async () => {
    const place = copy();
    await expect(bundle(place, { selection: { query: "submarine" } })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(readdirSync(join(place.folder, "out"))).toEqual([]);
    expect((await bundle(place)).made.id).toBe("2024-00311-P001");
  });

  it("in French says so in French", async () => {
    const { record } = await bundle(copy(), { language: "fr", selection: { query: "crane" } });
    expect(record.selectionText).toContain("les lignes qui répondent à : texte");
    expect(record.limits[0]).toContain("Un export contient");
  });
});

describe("productions", () => {
  it("are numbered within their procedure, name the one before, and stay in the journal", async () => {
    const place = copy();
    const first = await bundle(place, { procedure: "24/17" });
    const second = await bundle(place, { procedure: "24/17" });
    const other = await bundle(place, { procedure: "24/18" });
    expect([first, second, other].map((one) => one.made.id)).toEqual([
      "24-17-P001",
      "24-17-P002",
      "24-18-P001",
    ]);
    expect(second.record.previous).toEqual({ id: "24-17-P001", sha256: first.made.sha256 });
    expect(other.record.previous).toBeNull();
    expect(second.record.contentDigest).toBe(first.record.contentDigest);
    const { entries } = readJournal(place.paths.journal);
    expect(entries.slice(-2)).toMatchObject([
      { action: "selected", options: { bundle: "24-18-P001" } },
      { action: "bundled", options: { bundle: "24-18-P001", zipSha256: other.made.sha256 } },
    ]);
    const { verdict, unfinished } = await checkCase(place.paths, second.record.anchor);
    expect({ verdict, unfinished }).toEqual({ verdict: "passed", unfinished: [] });
  });

  it("never take a number twice, even where making one failed", async () => {
    const place = copy();
    const broken = {
      ...bundleRequest(place).signer,
      sign: () => Promise.reject(new Error("card")),
    };
    await expect(bundle(place, { signer: broken })).rejects.toThrow("card");
    expect(readdirSync(join(place.folder, "out"))).toEqual([]);
    expect((await bundle(place)).made.id).toBe("2024-00311-P002");
  });

  it("refuse a name that is taken, and leave the file there as it was", async () => {
    const place = copy();
    const path = put(place.folder, "out/2024-00311-P001.pdf", "another's");
    await expect(bundle(place)).rejects.toMatchObject({ code: "target-exists" });
    expect(readFileSync(path, "utf8")).toBe("another's");
    expect(readdirSync(join(place.folder, "out"))).toEqual(["2024-00311-P001.pdf"]);
  });

  it("are refused by a signer whose certificate does not hold today, and nothing is left", async () => {
    const place = copy(fixedEnvironment("2031-01-01T00:00:00Z"));
    await expect(bundle(place)).rejects.toMatchObject({ code: "key-unusable" });
    expect(readdirSync(join(place.folder, "out"))).toEqual([]);
  });

  it("are planned without a trace", async () => {
    const place = copy();
    const before = readFileSync(place.paths.journal);
    const plan = await withWriter(place, (writer) =>
      planBundle(writer, bundleRequest(place, { selection: { query: "crane" } }), place.folder),
    );
    expect(plan).toMatchObject({ id: "2024-00311-P001", counts: { messages: 1 } });
    expect(readFileSync(place.paths.journal).equals(before)).toBe(true);
    expect(existsSync(join(place.folder, "out"))).toBe(false);
    expect(readdirSync(place.folder)).toEqual(["case"]);
  });

  it("are readable by their owner alone", async () => {
    const { made: done } = await bundle(copy());
    expect(statSync(done.zip).mode & 0o077).toBe(0);
    expect(statSync(done.pdf).mode & 0o077).toBe(0);
  });
});

describe("with SOURCE_DATE_EPOCH", () => {
  const EPOCH = { ...fixedEnvironment(SIGNED_AT), sourceDateEpoch: 1_767_225_600 };
  const LATER = { ...fixedEnvironment("2026-03-02T15:00:00Z"), sourceDateEpoch: 1_767_225_600 };

  it("two copies of a case give the same manifest, but for the signed report, and the same page", async () => {
    const options = { media: true, originals: true };
    const one = await bundle(copy(EPOCH), { options });
    const two = await bundle(copy(LATER), { options });
    const [a, b] = [one, two].map(({ file }) =>
      file("manifest-sha256.txt")
        .toString()
        .split("\n")
        .filter((line) => !line.includes("report")),
    );
    expect(a).toEqual(b);
    expect(one.record).toEqual(two.record);
    expect(one.record.created).toBe("2026-01-01T00:00:00Z");
    expect(one.record.unsignedPdfSha256).toBe(two.record.unsignedPdfSha256);
    expect((await verified(two.made.zip)).verdict).toBe("passed");
  });

  it("twice from one case gives the same data", async () => {
    const place = copy(EPOCH);
    const [a, b] = [await bundle(place), await bundle(place)].map(({ file }) =>
      file("manifest-sha256.txt")
        .toString()
        .split("\n")
        .filter((line) => !line.includes("report")),
    );
    expect(a).toEqual(b);
  });
});

function photoName(at: number): string {
  return `IMG-20240625-WA${String(at).padStart(4, "0")}.jpg`;
}

describe("many attachments", () => {
  it("go into numbered archives, and the bundle verifies with few entries", async () => {
    const place = emptyCase(scratch(), fixedEnvironment(SIGNED_AT));
    const count = process.env["SLOW"] === "1" ? 1_900 : 950;
    const numbers = Array.from({ length: count }, (_, at) => at);
    const rows = numbers.map((at) => `Ada Vermeer: ${photoName(at)} (file attached)`);
    const parts = numbers.map((at) => ({ name: photoName(at), data: photo(`photo ${at}`) }));
    const path = put(
      place.folder,
      "many.zip",
      zip([{ name: "chat.txt", data: whatsApp(rows) }, ...parts]),
    );
    await take(place, request([path]));
    const {
      made: done,
      names,
      record,
      lines,
    } = await bundle(place, {
      options: { media: true, originals: true },
    });
    expect(names.length).toBeLessThan(MAX_ENTRIES - 60);
    expect(names).toContain("data/attachments-001.zip");
    expect(record.counts.attachmentsIncluded).toBe(count);
    const packed = lines("artifacts").filter((line) => line["fileEntry"] !== undefined);
    expect(packed.length).toBe(count - names.filter((one) => one.endsWith(".jpg")).length);
    expect((await verified(done.zip, [path])).verdict).toBe("passed");
  }, 120_000);
});
