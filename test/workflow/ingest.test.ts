import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blobPath } from "../../src/acquire/originals.ts";
import { sha256 } from "../../src/hash/digest.ts";
import { allArtifacts, membersOf, runsOf } from "../../src/store/artifacts.ts";
import { EVERYTHING } from "../../src/store/filter.ts";
import { attachmentsOf, rowsOf } from "../../src/store/rows.ts";
import type { StoredRow } from "../../src/store/rows.ts";
import type { SourceReport } from "../../src/workflow/ingest/request.ts";
import { checkCase } from "../../src/workflow/check.ts";
import {
  chat,
  emptyCase,
  LOST,
  photo,
  PHOTO,
  type Place,
  put,
  request,
  scratch,
  TALK,
  take,
  takeOne,
  talkZip,
  telegramFolder,
  whatsApp,
  withReader,
  withWriter,
} from "./case.ts";
import { zip } from "../archive/zip.ts";

async function rows(place: Place): Promise<StoredRow[]> {
  return withReader(place, ({ db }) => [...rowsOf(db, { ...EVERYTHING, events: "with" })]);
}

async function statuses(place: Place): Promise<string[]> {
  return withReader(place, ({ db }) =>
    allArtifacts(db).map(({ number, role, status }) => `${number} ${role} ${status}`),
  );
}

async function actions(place: Place): Promise<string[]> {
  return withWriter(place, ({ journal }) => journal.entries.map((entry) => entry.action));
}

/** Nothing wrong with the case, and nothing left to do in it. */
async function expectSound(place: Place): Promise<void> {
  const { verdict, checks, unfinished } = await checkCase(place.paths, null);
  expect({
    verdict,
    unfinished,
    failed: checks.filter((check) => check.outcome !== "pass"),
  }).toEqual({
    verdict: "passed",
    unfinished: [],
    failed: [],
  });
}

function counted(report: SourceReport): number {
  return report.messages + report.events + report.exceptions;
}

describe("a chat handed in as one file", () => {
  it("is ingested, and every unit of it is a message, an event or an exception", async () => {
    const place = emptyCase();
    const path = put(place.folder, "talk.txt", whatsApp(TALK));
    const report = await takeOne(place, request([path], { exhibit: "4" }));
    expect(report).toMatchObject({
      status: "ingested",
      format: "whatsapp",
      exhibit: "4",
      members: 0,
    });
    expect(report.sha256).toBe(sha256(readFileSync(path)));
    expect(report.messages).toBe(5);
    expect(report.units).toBe(6);
    expect(counted(report)).toBe(report.units);
    await expectSound(place);
  });

  it("gives rows whose id, place and slice are the bytes of the file", async () => {
    const place = emptyCase();
    const content = Buffer.from(whatsApp(TALK));
    await take(place, request([put(place.folder, "talk.txt", content)]));
    const found = await rows(place);
    expect(found).toHaveLength(6);
    for (const row of found) {
      expect(row.id).toBe(`${sha256(content).slice(0, 32)}-${row.offset}`);
      const slice = content.subarray(row.offset, row.offset + row.length).toString();
      expect(slice.startsWith("25/06/2024, ")).toBe(true);
      expect(slice).toContain(row.text);
    }
  });

  it("keeps a time without a zone as a wall clock until a zone is declared", async () => {
    const place = emptyCase();
    const path = put(place.folder, "talk.txt", whatsApp(TALK));
    await take(place, request([path]));
    const before = await rows(place);
    expect(before.map((row) => row.time.basis)).toEqual(before.map(() => "unknown"));
    const report = await takeOne(place, request([path], { zone: "Europe/Paris" }));
    expect(report.status).toBe("reparsed");
    const after = await rows(place);
    expect(after[0]?.time).toMatchObject({ basis: "declared", instant: "2024-06-25T07:00:00Z" });
    expect(after.map((row) => row.id)).toEqual(before.map((row) => row.id));
    const runs = await withReader(place, ({ db }) => runsOf(db, 1));
    expect(runs.map((run) => run.current)).toEqual([false, true]);
    expect(await statuses(place)).toEqual(["1 source reparsed"]);
    await expectSound(place);
  });

  it("offered again changes no row and leaves one line for the whole run", async () => {
    const place = emptyCase();
    const one = put(place.folder, "one.txt", chat(4, "one"));
    const two = put(place.folder, "two.txt", chat(3, "two"));
    await take(place, request([one, two], { zone: "Europe/Paris" }));
    const before = await rows(place);
    const { reports, summary } = await take(place, request([one, two]));
    expect(reports.map((report) => report.status)).toEqual(["duplicate", "duplicate"]);
    expect(reports.map((report) => report.messages)).toEqual([4, 3]);
    expect(summary).toMatchObject({ artifacts: 2, messages: 0, exceptions: 0 });
    expect(await rows(place)).toEqual(before);
    expect((await actions(place)).slice(5)).toEqual(["offered-again"]);
    const entry = await withWriter(place, ({ journal }) => journal.entries.at(-1));
    const digests = [one, two].map((path) => sha256(readFileSync(path))).toSorted();
    expect(entry?.options).toEqual({
      count: 2,
      listSha256: sha256(digests.map((digest) => `${digest}\n`).join("")),
    });
    await expectSound(place);
  });

  it("comes from standard input under the name it is given", async () => {
    const place = emptyCase();
    const bytes = Readable.from([Buffer.from(whatsApp(TALK))]);
    const stream = { name: "from-a-pipe.txt", bytes };
    const report = await takeOne(place, request([], { stream }));
    expect(report).toMatchObject({ path: "from-a-pipe.txt", status: "ingested", messages: 5 });
    const [artifact] = await withReader(place, ({ db }) => allArtifacts(db));
    expect(artifact?.name.text).toBe("from-a-pipe.txt");
    await expectSound(place);
  });

  it("is read as the format that was named, whatever it looks like", async () => {
    const place = emptyCase();
    const path = put(place.folder, "shopping.txt", "milk\nbread\n");
    expect(await takeOne(place, request([path]))).toMatchObject({
      status: "unrecognised",
      format: null,
    });
    const forced = await takeOne(place, request([path], { format: "whatsapp" }));
    expect(forced).toMatchObject({ status: "reparsed", format: "whatsapp", messages: 0 });
    expect(counted(forced)).toBe(forced.units);
    expect(forced.exceptions).toBeGreaterThan(0);
    await expectSound(place);
  });

  it("that no format claims is stored, journalled and left unread", async () => {
    const place = emptyCase();
    const path = put(place.folder, "noise.bin", Buffer.alloc(300, 7));
    expect(await takeOne(place, request([path]))).toMatchObject({
      status: "unrecognised",
      units: 0,
    });
    expect(await statuses(place)).toEqual(["1 source unrecognised"]);
    expect(readFileSync(blobPath(place.paths.folder, sha256(Buffer.alloc(300, 7))))).toHaveLength(
      300,
    );
    await expectSound(place);
  });

  it("that is a picture is an attachment, now and when it is offered again", async () => {
    const place = emptyCase();
    const path = put(place.folder, "quay.jpg", photo("the quay"));
    expect(await takeOne(place, request([path]))).toMatchObject({ status: "attachment" });
    const again = await take(place, request([path]));
    expect(again.reports.map((report) => report.status)).toEqual(["duplicate"]);
    expect(await statuses(place)).toEqual(["1 source attachment"]);
    expect(await actions(place)).toEqual(["created", "acquired", "parsed", "offered-again"]);
    await expectSound(place);
  });

  it("is refused by an unknown format or zone before anything is stored", async () => {
    const place = emptyCase();
    const path = put(place.folder, "talk.txt", whatsApp(TALK));
    await expect(take(place, request([path], { format: "pigeon" }))).rejects.toThrow(
      "no such format: pigeon",
    );
    await expect(take(place, request([path], { zone: "Europe/Atlantis" }))).rejects.toMatchObject({
      code: "usage",
    });
    expect(await actions(place)).toEqual(["created"]);
  });
});

describe("a WhatsApp ZIP", () => {
  it("is one source, and its files are members of it", async () => {
    const place = emptyCase();
    const path = put(place.folder, "export.zip", talkZip());
    const { reports, passedOver, summary } = await take(place, request([path]));
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ status: "ingested", members: 3, messages: 5, units: 6 });
    expect(passedOver).toEqual([
      { type: "litter", path: "Thumbs.db", reason: "left behind by an operating system" },
    ]);
    expect(summary).toMatchObject({ artifacts: 1, refused: 0, findings: 0 });
    expect(await statuses(place)).toEqual([
      "1 source ingested",
      "2 member ingested",
      "3 member attachment",
      "4 member companion",
    ]);
    await expectSound(place);
  });

  it("says of each attachment whether its bytes are there, lost, or were left out", async () => {
    const place = emptyCase();
    await take(place, request([put(place.folder, "export.zip", talkZip())]));
    const found = await withReader(place, ({ db }) =>
      [...rowsOf(db, EVERYTHING)].flatMap((row) => attachmentsOf(db, row.row)),
    );
    expect(found).toMatchObject([
      { name: PHOTO, state: "referenced", artifact: 3 },
      { name: LOST, state: "referenced", artifact: null },
      { name: null, state: "absent", artifact: null },
    ]);
  });

  it("gives rows that count in the unpacked member, whose bytes are kept", async () => {
    const place = emptyCase();
    await take(place, request([put(place.folder, "export.zip", talkZip())]));
    const content = Buffer.from(whatsApp(TALK));
    for (const row of await rows(place)) {
      expect(row.file).toBe(sha256(content));
      const blob = readFileSync(blobPath(place.paths.folder, row.file));
      expect(blob.equals(content)).toBe(true);
    }
  });

  it("with the same chat twice is read once", async () => {
    const place = emptyCase();
    const text = whatsApp(TALK);
    const path = put(
      place.folder,
      "twice.zip",
      zip([
        { name: "a/chat.txt", data: text },
        { name: "b/chat.txt", data: text },
      ]),
    );
    const report = await takeOne(place, request([path]));
    expect(report).toMatchObject({ messages: 5, units: 6, members: 2 });
    expect(await rows(place)).toHaveLength(6);
    await expectSound(place);
  });

  it("with two chats gives both as one source", async () => {
    const place = emptyCase();
    const path = put(
      place.folder,
      "two.zip",
      zip([
        { name: "one.txt", data: chat(4, "one") },
        { name: "two.txt", data: chat(3, "two") },
      ]),
    );
    const report = await takeOne(place, request([path]));
    expect(report).toMatchObject({ messages: 7, units: 7, status: "ingested" });
    const again = await takeOne(place, request([path], { zone: "Europe/Paris" }));
    expect(again).toMatchObject({ messages: 7, status: "reparsed" });
    await expectSound(place);
  });

  it("inside another ZIP is one more folder of it", async () => {
    const place = emptyCase();
    const path = put(place.folder, "outer.zip", zip([{ name: "in.zip", data: talkZip() }]));
    const report = await takeOne(place, request([path]));
    expect(report).toMatchObject({ status: "ingested", messages: 5, members: 4 });
    const members = await withReader(place, ({ db }) => membersOf(db, 1).map(({ path: at }) => at));
    expect(members).toContain(`in.zip!/${PHOTO}`);
    await expectSound(place);
  });

  it("whose photo is also handed in alone, before or after, is the same artifact", async () => {
    for (const order of [0, 1]) {
      const place = emptyCase();
      const offered = [
        put(place.folder, "export.zip", talkZip()),
        put(place.folder, "alone.jpg", photo("the crane")),
      ];
      if (order === 1) offered.reverse();
      const { reports } = await take(place, request(offered));
      expect(reports.map((report) => report.status).toSorted()).toEqual(["attachment", "ingested"]);
      const known = await withReader(place, ({ db }) => allArtifacts(db));
      expect(known).toHaveLength(4);
      expect(known.find((one) => one.sha256 === sha256(photo("the crane")))).toMatchObject({
        role: "source",
        status: "attachment",
      });
      await expectSound(place);
    }
  });

  it("whose chat is also handed in alone adds no second set of rows", async () => {
    for (const order of [0, 1]) {
      const place = emptyCase();
      const offered = [
        put(place.folder, "export.zip", talkZip()),
        put(place.folder, "chat.txt", whatsApp(TALK)),
      ];
      if (order === 1) offered.reverse();
      await take(place, request(offered));
      expect(await rows(place)).toHaveLength(6);
      await expectSound(place);
    }
  });

  it("brings the bytes that were missing when its chat came first, without its media", async () => {
    const place = emptyCase();
    await take(place, request([put(place.folder, "chat.txt", whatsApp(TALK))]));
    await take(place, request([put(place.folder, "export.zip", talkZip())]));
    const attachments = await withReader(place, ({ db }) =>
      [...rowsOf(db, EVERYTHING)].flatMap((row) => attachmentsOf(db, row.row)),
    );
    expect(attachments[0]).toMatchObject({ name: PHOTO, state: "referenced" });
    expect(attachments[0]?.artifact).not.toBeNull();
    await expectSound(place);
  });

  it("with hostile entries is stored whole, and what is wrong is counted", async () => {
    const place = emptyCase();
    const path = put(
      place.folder,
      "hostile.zip",
      talkZip([
        { name: "../../evil.txt", data: chat(2, "evil") },
        { name: "broken.txt", data: "broken", crc: 1 },
      ]),
    );
    const { reports, summary } = await take(place, request([path]));
    expect(reports[0]?.findings.map((finding) => finding.code)).toEqual(
      expect.arrayContaining(["name-traversal", "unreadable"]),
    );
    expect(summary.findings).toBeGreaterThanOrEqual(2);
    expect(reports[0]?.status).toBe("ingested");
    await expectSound(place);
  });
});

describe("a folder", () => {
  it("that is an export is one source with the files beside it", async () => {
    const place = emptyCase();
    const folder = telegramFolder(place.folder);
    const report = await takeOne(place, request([folder]));
    expect(report).toMatchObject({ format: "telegram", messages: 3, members: 1, units: 3 });
    expect(await statuses(place)).toEqual(["1 source ingested", "2 member attachment"]);
    expect((await takeOne(place, request([folder]))).status).toBe("duplicate");
    await expectSound(place);
  });

  it("offered again with a photo more has that photo in the case, and its message knows it", async () => {
    const place = emptyCase();
    const folder = join(place.folder, "export");
    put(folder, "chat.txt", whatsApp(TALK));
    put(folder, "zzz.bin", "last in order");
    await take(place, request([folder]));
    put(folder, PHOTO, photo("the crane"));
    put(folder, LOST, photo("found again"));
    const report = await takeOne(place, request([folder]));
    expect(report).toMatchObject({ members: 3, status: "reparsed" });
    const attachments = await withReader(place, ({ db }) =>
      [...rowsOf(db, EVERYTHING)].flatMap((row) => attachmentsOf(db, row.row)),
    );
    expect(attachments.map((one) => one.artifact === null)).toEqual([false, false, true]);
    expect((await takeOne(place, request([folder]))).status).toBe("duplicate");
    await expectSound(place);
  });

  it("with several chats is a place where sources lie", async () => {
    const place = emptyCase();
    const folder = scratch();
    put(folder, "one.txt", chat(4, "one"));
    put(folder, "two.txt", chat(3, "two"));
    put(folder, "phone/export.zip", talkZip());
    put(folder, ".DS_Store", "litter");
    telegramFolder(folder);
    const { reports, passedOver, summary } = await take(place, request([folder]));
    expect(reports.map(({ format, messages }) => `${format} ${messages}`).toSorted()).toEqual([
      "telegram 3",
      "whatsapp 3",
      "whatsapp 4",
      "whatsapp 5",
    ]);
    expect(passedOver.map((item) => item.type)).toEqual(["litter", "litter"]);
    expect(summary).toMatchObject({ artifacts: 4, messages: 15 });
    await expectSound(place);
  });

  it("of the case itself, around it or in it is refused, and nothing is stored", async () => {
    const place = emptyCase();
    const { folder } = place.paths;
    for (const path of [folder, join(folder, "custody.jsonl"), place.folder]) {
      await expect(take(place, request([path]))).rejects.toMatchObject({ code: "usage" });
    }
    expect(await actions(place)).toEqual(["created"]);
  });
});
