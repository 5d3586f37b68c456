import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { blobPath } from "../../src/acquire/originals.ts";
import { readJournal } from "../../src/custody/read.ts";
import { sha256 } from "../../src/hash/digest.ts";
import { casePaths } from "../../src/workflow/case/locate.ts";
import type { CaseCheck } from "../../src/workflow/check.ts";
import { checkCase } from "../../src/workflow/check.ts";
import { withholdItems } from "../../src/workflow/withholding.ts";
import { setApplied } from "../../src/store/meta.ts";
import type { Db } from "../../src/store/open.ts";
import { openStore } from "../../src/store/open.ts";
import {
  chat,
  emptyCase,
  photo,
  type Place,
  put,
  request,
  scratch,
  take,
  talkZip,
  withReader,
  withWriter,
} from "./case.ts";

let made: Place;

beforeAll(async () => {
  made = emptyCase();
  const zip = put(made.folder, "export.zip", talkZip());
  const chats = put(made.folder, "chat.txt", chat(4, "one"));
  await withWriter(made, async () => undefined);
  await take(made, request([zip, chats], { exhibit: "4" }));
  await take(made, request([chats], { zone: "Europe/Paris" }));
  await withWriter(made, (writer) => withholdItems(writer, ["artifact:3"], "a child"));
});

/** The same case, byte for byte, to be harmed. */
function copy(): Place {
  const folder = scratch();
  cpSync(made.paths.folder, join(folder, "case"), { recursive: true });
  return { ...made, folder, paths: casePaths(join(folder, "case")) };
}

async function faults(place: Place): Promise<string[]> {
  const { checks, verdict } = await checkCase(place.paths, null);
  const failed = checks.filter((check) => check.outcome === "fail");
  expect(verdict).toBe(failed.length > 0 ? "failed" : "passed");
  return failed.map(({ id, detail }) => `${id}: ${detail}`);
}

/** Takes the last journal line out of the index. */
function stepBack(db: Db): void {
  db.exec("DELETE FROM withheld");
  const { digests } = readJournal(made.paths.journal);
  setApplied(db, digests.length - 1, digests.at(-2) ?? "");
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  chmodSync(path, 0o600);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const PHOTO_DIGEST = sha256(photo("the crane"));

describe("a case as it was made", () => {
  it("passes every check, with nothing left to do", async () => {
    const { verdict, checks, unfinished } = await checkCase(made.paths, null);
    expect(verdict).toBe("passed");
    expect(checks.map((check) => check.id)).toEqual(["journal", "originals", "index"]);
    expect(unfinished).toEqual([]);
  });

  it("is readable by its owner alone, and its originals are read-only", () => {
    const { folder, settings, journal, index, lock, secret } = made.paths;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const path of [settings, journal, index, lock, secret]) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
    expect(statSync(blobPath(folder, PHOTO_DIGEST)).mode & 0o777).toBe(0o400);
    expect(statSync(join(blobPath(folder, PHOTO_DIGEST), "..")).mode & 0o077).toBe(0);
  });
});

describe("check says ALTERED or INCOMPLETE of", () => {
  it("an original with one bit turned", async () => {
    const place = copy();
    flip(blobPath(place.paths.folder, PHOTO_DIGEST), 9);
    expect(await faults(place)).toEqual([
      `originals: ALTERED: original ${PHOTO_DIGEST} was changed`,
    ]);
  });

  it("an original that is gone, be it a chat or a photo", async () => {
    const place = copy();
    rmSync(blobPath(place.paths.folder, PHOTO_DIGEST));
    expect(await faults(place)).toEqual([
      `originals: INCOMPLETE: original ${PHOTO_DIGEST} is missing`,
    ]);
    const digest = sha256(chat(4, "one"));
    rmSync(blobPath(place.paths.folder, digest));
    const found = await faults(place);
    expect(found).toHaveLength(3);
    expect(found[2]).toContain("index: INCOMPLETE");
  });

  it("a stranger among the originals", async () => {
    const place = copy();
    put(place.paths.folder, "originals/ab/stranger", "hello");
    put(place.paths.folder, "originals/loose", "hello");
    put(place.paths.folder, `originals/00/${"0".repeat(64)}`, "not what its name says");
    expect(await faults(place)).toHaveLength(3);
  });

  it("any byte of the journal that is turned", async () => {
    const journal = readFileSync(made.paths.journal);
    const place = copy();
    const unseen: number[] = [];
    const last = journal.lastIndexOf("\n", -2);
    for (let at = 0; at < last; at += 7) {
      const bytes = Buffer.from(journal);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(place.paths.journal, bytes);
      const { faults: found, torn } = readJournal(place.paths.journal);
      if (found.length === 0 && torn === 0) unseen.push(at);
    }
    expect(unseen).toEqual([]);
    expect((await faults(place)).join()).toContain("journal: ALTERED");
  });

  it("the journal's last line, by the index that was made of it", async () => {
    const place = copy();
    const text = readFileSync(made.paths.journal, "utf8").replace("a child", "a chili");
    writeFileSync(place.paths.journal, text);
    expect(readJournal(place.paths.journal).faults).toEqual([]);
    expect((await faults(place)).join()).toMatch(/^index: ALTERED: journal line \d+ is not/);
    await expect(withWriter(place, () => undefined)).rejects.toMatchObject({ code: "integrity" });
  });

  it("a blank or a member put into a journal line", () => {
    const place = copy();
    const lines = readFileSync(made.paths.journal, "utf8").split("\n");
    for (const edited of [lines[1]?.replace(",", ", "), lines[1]?.replace("{", '{"added":1,')]) {
      writeFileSync(place.paths.journal, lines.with(1, edited ?? "").join("\n"));
      expect(readJournal(place.paths.journal).faults).toHaveLength(1);
    }
  });

  it("journal lines that are left out, swapped or doubled", () => {
    const place = copy();
    const lines = readFileSync(made.paths.journal, "utf8").split("\n").slice(0, -1);
    const wrongs = lines
      .slice(1)
      .flatMap((line, at) => [
        lines.toSpliced(at, 1),
        lines.with(at, line).with(at + 1, lines[at] ?? ""),
        lines.toSpliced(at, 0, line),
      ]);
    for (const wrong of wrongs) {
      writeFileSync(place.paths.journal, `${wrong.join("\n")}\n`);
      expect(readJournal(place.paths.journal).faults.length).toBeGreaterThan(0);
    }
  });

  it.each([
    [
      "a word of a message",
      "UPDATE message SET text = 'the crane stays' WHERE text LIKE '%crane%'",
    ],
    ["who wrote it", "UPDATE message SET account = 2 WHERE account = 1"],
    ["what is withheld", "DELETE FROM withheld"],
    ["a row put in", "INSERT INTO production VALUES ('1', 9, 'P9', 3, NULL, NULL, '{}')"],
    [
      "a word of the full-text index",
      "INSERT INTO message_text (rowid, text) VALUES (1, 'planted')",
    ],
    ["a trigger", "CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM message; END"],
  ])("the index, in %s", async (_, sql) => {
    const place = copy();
    const db = openStore(place.paths.index);
    db.exec(sql);
    db.close();
    expect((await faults(place)).join()).toMatch(/^index: ALTERED: rows differ/);
  });

  it("an index that is no database any more", async () => {
    const place = copy();
    writeFileSync(place.paths.index, Buffer.alloc(8192, 1));
    expect((await faults(place)).join()).toMatch(/^index: /);
    rmSync(place.paths.index);
    expect((await faults(place)).join()).toContain("rebuild");
  });
});

/** The case after its last lines were cut from the journal, and the index put back to match. */
async function cut(anchored: boolean): Promise<CaseCheck> {
  const place = copy();
  const lines = readFileSync(made.paths.journal, "utf8").split("\n").slice(0, -1);
  writeFileSync(place.paths.journal, `${lines.slice(0, -1).join("\n")}\n`);
  const db = openStore(place.paths.index);
  stepBack(db);
  db.close();
  return checkCase(place.paths, anchored ? readJournal(made.paths.journal).head : null);
}

describe("a journal cut at its end", () => {
  it("shows against a head that was given out before, as TRUNCATED", async () => {
    const { verdict, checks } = await cut(true);
    expect(verdict).toBe("failed");
    expect(checks.find((check) => check.id === "anchor")?.detail).toContain("TRUNCATED");
  });

  it("does not show without one, and check says so", async () => {
    const { verdict, checks } = await cut(false);
    expect(verdict).toBe("passed");
    expect(checks[0]?.detail).toContain("only against an anchor");
  });

  it("shows against the index, where that was left as it was", async () => {
    const place = copy();
    const lines = readFileSync(made.paths.journal, "utf8").split("\n").slice(0, -1);
    writeFileSync(place.paths.journal, `${lines.slice(0, -1).join("\n")}\n`);
    expect((await faults(place)).join()).toContain("TRUNCATED");
    await expect(withWriter(place, () => undefined)).rejects.toMatchObject({ code: "integrity" });
  });

  it("of a line that is not the one given out is ALTERED", async () => {
    const { head } = readJournal(made.paths.journal);
    const { checks } = await checkCase(made.paths, { ...head, size: head.size - 1 });
    expect(checks[1]).toMatchObject({ id: "anchor", outcome: "fail" });
  });
});

describe("what a kill leaves behind", () => {
  it("is unfinished, not altered: an original without a line, a torn line, an index behind", async () => {
    const place = copy();
    const digest = sha256("arrived, not journalled");
    const path = put(place.paths.folder, `originals/${digest.slice(0, 2)}/${digest}`, "");
    writeFileSync(path, "arrived, not journalled");
    put(place.paths.folder, "originals/.incoming-1-1", "half");
    writeFileSync(place.paths.journal, '{"seq":', { flag: "a" });
    const db = openStore(place.paths.index);
    stepBack(db);
    db.close();
    const { verdict, unfinished } = await checkCase(place.paths, null);
    expect(verdict).toBe("passed");
    expect(unfinished).toHaveLength(3);
    await withReader(place, ({ db: read }) => {
      expect(read.prepare("SELECT item FROM withheld").pluck().all()).toEqual(["artifact:3"]);
    });
    expect((await checkCase(place.paths, null)).unfinished).toHaveLength(1);
    expect(readJournal(place.paths.journal).entries.at(-1)?.action).toBe("interrupted");
  });
});

describe("an old copy of the index", () => {
  it("is brought up to the journal by the next reader", async () => {
    const place = emptyCase();
    const one = put(place.folder, "one.txt", chat(4, "one"));
    const two = put(place.folder, "two.txt", chat(3, "two"));
    await take(place, request([one]));
    const old = join(place.folder, "old");
    mkdirSync(old);
    copyFileSync(place.paths.index, join(old, "index.db"));
    await take(place, request([two]));
    for (const suffix of ["-wal", "-shm"]) rmSync(`${place.paths.index}${suffix}`, { force: true });
    copyFileSync(join(old, "index.db"), place.paths.index);
    await withReader(place, ({ db }) => {
      expect(db.prepare("SELECT count(*) FROM message").pluck().get()).toBe(7);
    });
    expect(await checkCase(place.paths, null)).toMatchObject({ verdict: "passed", unfinished: [] });
  });
});
