import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readJournal } from "../../src/custody/read.ts";
import { differingTables } from "../../src/store/dump.ts";
import { openStore } from "../../src/store/open.ts";
import { checkCase } from "../../src/workflow/check.ts";
import { rebuildIndex } from "../../src/workflow/rebuild.ts";
import { withholdItems } from "../../src/workflow/withholding.ts";
import { fixedEnvironment } from "../environment.ts";
import {
  chat,
  emptyCase,
  photo,
  type Place,
  put,
  request,
  scratch,
  take,
  takeInto,
  talkZip,
  telegramFolder,
  withReader,
  withWriter,
} from "./case.ts";
import { bundle, SIGNED_AT } from "./production.ts";

let place: Place;
let before: string;

/** A case with all that a journal can hold: runs that were superseded, a parser that broke, productions. */
beforeAll(async () => {
  place = emptyCase(scratch(), fixedEnvironment(SIGNED_AT));
  const large = put(place.folder, "large.txt", chat(3_000, "large"));
  const small = put(place.folder, "small.txt", chat(3, "small"));
  const hostile = talkZip([{ name: "../../evil.txt", data: "evil" }]);
  const sources = [
    put(place.folder, "export.zip", hostile),
    telegramFolder(place.folder),
    put(place.folder, "alone.jpg", photo("the crane")),
    put(place.folder, "noise.bin", Buffer.alloc(99, 7)),
    small,
  ];
  await take(place, request(sources, { exhibit: "4", note: "as received" }));
  await withWriter(place, async (writer) => {
    await takeInto(writer, request([large]), () => void writer.parser.close());
    await takeInto(writer, request([small], { zone: "Europe/Paris" }));
    await takeInto(writer, request(sources));
    withholdItems(writer, ["artifact:3"], "a child");
  });
  await bundle(place, { selection: { query: "small" } });
  before = join(place.folder, "before.db");
  const db = openStore(place.paths.index);
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
  copyFileSync(place.paths.index, before);
});

async function expectSame(): Promise<void> {
  const old = openStore(before);
  await withReader(place, ({ db }) => expect(differingTables(db, old)).toEqual([]));
  old.close();
}

function rebuild(): ReturnType<typeof rebuildIndex> {
  return rebuildIndex(place.paths, place.environment, 0, () => undefined);
}

describe("an index made anew", () => {
  it("has the same rows, and the journal says that it was made", async () => {
    const lines = readJournal(place.paths.journal).entries.length;
    const { differences, messages } = await rebuild();
    expect(differences).toEqual([]);
    expect(messages).toBe(11);
    await expectSame();
    expect((await checkCase(place.paths, null)).verdict).toBe("passed");
    expect(readJournal(place.paths.journal).entries.slice(lines)).toMatchObject([
      { action: "rebuilt", options: { lines, messages: 11, differences: [] } },
    ]);
    expect(statSync(place.paths.index).mode & 0o777).toBe(0o600);
  });

  it("replaces one that is gone, empty, cut or full of noise", async () => {
    const bytes = readFileSync(place.paths.index);
    const wrecks = [
      null,
      Buffer.alloc(0),
      bytes.subarray(0, 5_000),
      Buffer.from(bytes.map((byte, at) => (at % 512 === 300 ? byte ^ 0xff : byte))),
    ];
    for (const wreck of wrecks) {
      if (wreck === null) rmSync(place.paths.index);
      else writeFileSync(place.paths.index, wreck);
      await rebuild();
      await expectSame();
    }
    expect(readJournal(place.paths.journal).entries.at(-1)?.action).toBe("rebuilt");
  });

  it("is not made from originals that are not what the journal says", async () => {
    const other = emptyCase();
    const path = put(other.folder, "chat.txt", chat(3, "one"));
    const { reports } = await take(other, request([path]));
    const digest = reports[0]?.sha256 ?? "";
    const index = readFileSync(other.paths.index);
    rmSync(join(other.paths.folder, "originals", digest.slice(0, 2), digest));
    await expect(
      rebuildIndex(other.paths, other.environment, 0, () => undefined),
    ).rejects.toMatchObject({ code: "integrity" });
    expect(readFileSync(other.paths.index).equals(index)).toBe(true);
    expect(readJournal(other.paths.journal).entries.at(-1)?.action).toBe("parsed");
  });
});
