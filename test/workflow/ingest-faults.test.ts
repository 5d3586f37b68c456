import { readFileSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readJournal } from "../../src/custody/read.ts";
import { publicEntry } from "../../src/custody/chain.ts";
import { sha256 } from "../../src/hash/digest.ts";
import { Failure } from "../../src/model/failure.ts";
import { findingsOf } from "../../src/store/artifacts.ts";
import { conversationsOf } from "../../src/store/people.ts";
import { checkCase } from "../../src/workflow/check.ts";
import {
  chat,
  emptyCase,
  photo,
  PHOTO,
  put,
  request,
  scratch,
  take,
  takeInto,
  talkZip,
  UNDECLARED,
  withWriter,
} from "./case.ts";

/** A Telegram chat without line breaks, which is a JSON line as well. */
const ONE_LINE = JSON.stringify({
  name: "Dan Osei",
  type: "personal_chat",
  id: 77,
  messages: [
    { id: 1, type: "message", date: "2024-06-25T18:00:00", from: "Dan Osei", text: "at nine" },
  ],
});

describe("while a source is taken in", () => {
  it("its acquired line is on disk before the first of its rows is", async () => {
    const place = emptyCase();
    const seen: (readonly string[])[] = [];
    await take(place, request([put(place.folder, "export.zip", talkZip())]), () => {
      seen.push(readJournal(place.paths.journal).entries.map((entry) => entry.action));
    });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen[0]).toEqual(["created", "acquired"]);
  });

  it("names, paths and members' digests stay in the private part of its line", async () => {
    const place = emptyCase();
    const path = put(place.folder, "Suspect's export.zip", talkZip());
    await take(place, request([path], { note: "from the phone" }));
    const [, acquired] = readJournal(place.paths.journal).entries;
    if (acquired === undefined) throw new Error("no line");
    expect(acquired).toMatchObject({
      action: "acquired",
      actor: "Ines Okafor",
      note: "from the phone",
      artifacts: [{ number: 1, sha256: sha256(readFileSync(path)) }],
      options: { source: "archive", members: 3 },
    });
    expect(acquired.private).toMatchObject({
      host: "poste-7",
      paths: [path],
      names: ["Suspect's export.zip", "WhatsApp Chat with Bo Linden.txt", PHOTO, "unnamed.bin"],
    });
    const shown = JSON.stringify(publicEntry(acquired));
    for (const secret of [
      "Suspect",
      "Bo Linden",
      PHOTO,
      sha256(photo("the crane")),
      place.folder,
    ]) {
      expect(shown).not.toContain(secret);
    }
  });

  it("a parser that breaks costs that source alone, and the journal and the case say so", async () => {
    const place = emptyCase();
    const large = put(place.folder, "large.txt", chat(20_000, "large"));
    const small = put(place.folder, "small.txt", chat(3, "small"));
    await withWriter(place, async (writer) => {
      const { reports, summary } = await takeInto(
        writer,
        request([large, small]),
        ({ path }) => void (path === large && writer.parser.close()),
      );
      expect(reports.map(({ status, messages }) => ({ status, messages }))).toEqual([
        { status: "unrecognised", messages: 0 },
        { status: "ingested", messages: 3 },
      ]);
      expect(reports[0]?.findings).toMatchObject([{ code: "parser-failed", count: 1 }]);
      expect(summary).toMatchObject({ unrecognised: 1, findings: 1 });
    });
    const { entries } = readJournal(place.paths.journal);
    const failed = entries.filter((entry) => entry.action === "failed");
    expect(failed).toMatchObject([{ artifacts: [{ number: 1 }], options: { format: "whatsapp" } }]);
    const broken = await checkCase(place.paths, null);
    expect(broken.verdict).toBe("passed");
    expect(broken.unfinished).toHaveLength(1);
    const again = await take(place, request([large]));
    expect(again.reports).toMatchObject([{ status: "reparsed", messages: 20_000 }]);
    expect(again.reports[0]?.findings.map(({ code }) => code)).not.toContain("parser-failed");
    expect(await checkCase(place.paths, null)).toMatchObject({ verdict: "passed", unfinished: [] });
  });

  it("an interruption leaves what was acknowledged, and the same command finishes", async () => {
    const place = emptyCase();
    const paths = ["one", "two", "three"].map((name) =>
      put(place.folder, `${name}.txt`, chat(3, name)),
    );
    const stop = new AbortController();
    await withWriter(place, async (writer) => {
      const run = takeInto(writer, request(paths), () => stop.abort(), stop.signal);
      const failure = await run.then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(Failure);
      expect(failure).toMatchObject({ code: "interrupted" });
      expect(conversationsOf(writer.db)).toHaveLength(1);
      expect(writer.journal.entries.at(-1)).toMatchObject({ action: "interrupted" });
      const { reports } = await takeInto(writer, request(paths));
      expect(reports.map((report) => report.status)).toEqual(["duplicate", "ingested", "ingested"]);
    });
    expect(await checkCase(place.paths, null)).toMatchObject({ verdict: "passed", unfinished: [] });
  });

  it("a tie of two formats is stored, told, and left to the analyst", async () => {
    const place = emptyCase();
    const mapping = {
      schema: 1,
      format: "jsonl",
      service: "example",
      conversation: { constant: "The room" },
      account: null,
      text: "/name",
      time: null,
    };
    const path = put(place.folder, "either.json", ONE_LINE);
    const options = { ...UNDECLARED, mapping };
    const { reports, summary } = await take(place, request([path], { options }));
    expect(reports[0]?.candidates.map((one) => one.id).toSorted()).toEqual(["jsonl", "telegram"]);
    expect(reports[0]?.status).toBe("unrecognised");
    expect(summary.ties).toBe(1);
    const [, , line] = readJournal(place.paths.journal).entries;
    expect(line).toMatchObject({ action: "parsed", options: { outcome: "tie" } });
    const settled = await take(place, request([path], { format: "telegram" }));
    expect(settled.reports).toMatchObject([{ status: "reparsed", format: "telegram" }]);
    expect(await checkCase(place.paths, null)).toMatchObject({ verdict: "passed", unfinished: [] });
  });

  it("a link and a named file that is gone are refused, and the rest is taken", async () => {
    const place = emptyCase();
    const folder = scratch();
    put(folder, "one.txt", chat(3, "one"));
    symlinkSync(`${folder}/one.txt`, `${folder}/two.txt`);
    const { reports, passedOver, summary } = await take(place, request([folder]));
    expect(reports).toMatchObject([{ status: "ingested", messages: 3 }]);
    expect(passedOver).toMatchObject([{ type: "refused", path: `${folder}/two.txt` }]);
    expect(summary.refused).toBe(1);
    await expect(take(place, request([`${folder}/gone.txt`]))).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("what was wrong with a hostile archive is still told when it is offered again", async () => {
    const place = emptyCase();
    const hostile = talkZip([{ name: "../../evil.txt", data: "evil" }]);
    const path = put(place.folder, "hostile.zip", hostile);
    await take(place, request([path]));
    const again = await take(place, request([path]));
    expect(again.reports[0]?.status).toBe("duplicate");
    expect(again.reports[0]?.findings.map((finding) => finding.code)).toContain("name-traversal");
    await withWriter(place, ({ db }) => expect(findingsOf(db, 1).length).toBeGreaterThan(0));
  });
});
