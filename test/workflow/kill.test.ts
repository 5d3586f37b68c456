import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { readJournal } from "../../src/custody/read.ts";
import { stringAt } from "../../src/model/json.ts";
import { artifactBySha256 } from "../../src/store/artifacts.ts";
import { dumpDigests } from "../../src/store/dump.ts";
import { openCase } from "../../src/workflow/case/open.ts";
import { checkCase } from "../../src/workflow/check.ts";
import { WHOLE } from "../../src/workflow/production/resolve.ts";
import { searchCount } from "../../src/workflow/search.ts";
import { fixedEnvironment } from "../environment.ts";
import { zip } from "../archive/zip.ts";
import {
  chat,
  emptyCase,
  photo,
  type Place,
  put,
  request,
  scratch,
  take,
  whatsApp,
  withReader,
  withWriter,
} from "./case.ts";
import { SIGNED_AT, verified } from "./production.ts";

const SLOW = process.env["SLOW"] === "1";
const KILLS = SLOW ? 40 : 5;
const CHILD = join(import.meta.dirname, "child.ts");

interface Child {
  readonly process: ChildProcessByStdio<null, Readable, null>;
  /** Whole lines it has said. */
  readonly said: () => string[];
  readonly ended: Promise<unknown>;
}

/** Starts a child and waits until it has the case open. */
async function start(...args: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, "close");
  const said = (): string[] => text.split("\n").slice(0, -1);
  while (!said().includes("ready")) {
    if (child.exitCode !== null) throw new Error(`the child ended with ${child.exitCode}`);
    await pause(5);
  }
  return { process: child, said, ended };
}

/** Sources of both kinds, each of a size that takes some milliseconds. */
function sourcesIn(folder: string): string[] {
  return Array.from({ length: 12 }, (_, at) => {
    if (at % 2 === 0) return put(folder, `chat-${at}.txt`, chat(300 + at, `talk ${at}`));
    const name = `IMG-20240625-WA${String(at).padStart(4, "0")}.jpg`;
    const rows = [...Array(100).keys()].map((row) => `Ada Vermeer: row ${row} of ${at}`);
    const parts = [
      { name: "chat.txt", data: whatsApp([...rows, `Bo Linden: ${name} (file attached)`]) },
      { name, data: photo(`photo ${at}`) },
    ];
    return put(folder, `export-${at}.zip`, zip(parts));
  });
}

/** What an index says, but for when it was said and in which line. */
async function said(place: Place): Promise<unknown> {
  return withReader(place, ({ db }) => {
    const digests = new Map(dumpDigests(db));
    for (const table of ["artifact", "run", "migration"]) digests.delete(table);
    const all = (sql: string): unknown[] => db.prepare(sql).all();
    return {
      digests: [...digests],
      artifacts: all("SELECT number, sha256, size, role, name FROM artifact ORDER BY number"),
      runs: all("SELECT id, artifact, source, format, options, messages, digest FROM run"),
    };
  });
}

describe("an ingest that is killed at random moments", () => {
  it(
    "loses nothing that was acknowledged, is never altered, and ends as if undisturbed",
    async () => {
      const undisturbed = emptyCase();
      const sources = sourcesIn(undisturbed.folder);
      const begun = performance.now();
      const { reports } = await take(undisturbed, request(sources));
      const duration = performance.now() - begun;
      const place = emptyCase();
      const acknowledged = new Set<string>();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const child = await start("ingest", place.paths.folder, ...sources);
        // Later kills fall later, since what is in the case already is passed over quickly.
        await pause(Math.random() * duration * (0.3 + kill / KILLS));
        child.process.kill("SIGKILL");
        await child.ended;
        expect([0, null]).toContain(child.process.exitCode);
        for (const line of child.said()) if (line !== "ready") acknowledged.add(line);
        const { verdict, checks } = await checkCase(place.paths, null);
        expect(checks.filter((check) => check.outcome !== "pass")).toEqual([]);
        expect(verdict).toBe("passed");
        await withReader(place, ({ db }) => {
          for (const { path, sha256, messages } of reports) {
            if (!acknowledged.has(path)) continue;
            const run = db
              .prepare<[number], number>("SELECT sum(messages) FROM run WHERE source = ?")
              .pluck()
              .get(artifactBySha256(db, sha256 ?? "")?.number ?? 0);
            expect(run).toBe(messages);
          }
        });
      }
      await take(place, request(sources));
      expect(await said(place)).toEqual(await said(undisturbed));
      const { verdict, unfinished } = await checkCase(place.paths, null);
      expect({ verdict, unfinished }).toEqual({ verdict: "passed", unfinished: [] });
    },
    SLOW ? 300_000 : 60_000,
  );
});

describe("a bundle whose making is killed", () => {
  it(
    "is there whole or not at all, and its number is not given again",
    async () => {
      const place = emptyCase(scratch(), fixedEnvironment(SIGNED_AT));
      await take(place, request(sourcesIn(place.folder).slice(0, 4)));
      const out = join(place.folder, "out");
      for (let kill = 0; kill < Math.floor(KILLS / 2); kill += 1) {
        const child = await start("bundle", place.paths.folder, out);
        await pause(200 + Math.random() * 1_500);
        child.process.kill("SIGKILL");
        await child.ended;
        expect(child.process.signalCode).toBe("SIGKILL");
        const { entries } = readJournal(place.paths.journal);
        const acknowledged = child.said().filter((line) => line !== "ready");
        const bundled = entries.filter((entry) => entry.action === "bundled");
        const journalled = new Set(bundled.map((entry) => stringAt(entry.options, "bundle") ?? ""));
        expect(acknowledged.every((id) => journalled.has(id))).toBe(true);
        const shown = (existsSync(out) ? readdirSync(out) : []).filter(
          (name) => !name.startsWith("."),
        );
        for (const name of shown) {
          const { checks } = await verified(join(out, name));
          const failed = checks.filter((check) => check.outcome === "fail");
          expect(failed).toEqual([]);
        }
        for (const id of journalled) expect(shown).toContain(`${id}.zip`);
        const taken = entries.filter((entry) => entry.action === "selected");
        const numbers = taken.map((entry) => entry.options["production"]);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect((await checkCase(place.paths, null)).verdict).toBe("passed");
      }
    },
    SLOW ? 300_000 : 60_000,
  );
});

describe("a case that another process holds", () => {
  it("is refused, naming who holds it; a reader goes on; the end of that process frees it", async () => {
    const place = emptyCase();
    await take(place, request([put(place.folder, "chat.txt", chat(5, "one"))]));
    const child = await start("hold", place.paths.folder);
    await expect(withWriter(place, () => undefined)).rejects.toMatchObject({
      code: "locked",
      message: expect.stringContaining(`process ${child.process.pid} of a.martin@poste-7`),
    });
    const found = await withReader(place, (reader) =>
      searchCount(reader, { selection: { ...WHOLE, query: "one" }, events: false, limit: null }),
    );
    expect(found).toBe(5);
    const waiting = openCase(place.paths, place.environment, 20);
    await pause(150);
    child.process.kill("SIGKILL");
    const writer = await waiting;
    expect(writer.journal.entries).toHaveLength(3);
    await writer.close();
  });

  it("and has journalled what is not yet in the index is read as it was before", async () => {
    const place = emptyCase();
    await withWriter(place, async (writer) => {
      const [actor, options] = [writer.actor, {}];
      writer.journal.append({ action: "checked", actor, artifacts: [], options });
      await withReader(place, ({ db }) =>
        expect(db.prepare("SELECT count(*) FROM message").pluck().get()).toBe(0),
      );
    });
  });
});
