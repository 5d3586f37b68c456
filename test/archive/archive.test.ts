import { readFileSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isArchive, openArchive } from "../../src/archive/archive.ts";
import { ARCHIVE_FINDING_CODES } from "../../src/archive/finding.ts";
import { DEFAULT_LIMITS } from "../../src/archive/limits.ts";
import { collect, failureOf, openBytes, readAll, scratchFolder } from "./scratch.ts";
import { zip } from "./zip.ts";

const folder = scratchFolder();
const HOSTILE = new URL("../../fixtures/hostile/", import.meta.url).pathname;
const TEXT = "[13/06/2018, 21:25:15] Ana Flores: until tomorrow\r\n".repeat(40);

describe("an honest archive", () => {
  it("is listed and read without a finding", async () => {
    const archive = await openBytes(
      folder,
      zip([
        { name: "chat/" },
        { name: "chat/_chat.txt", data: TEXT, deflate: true },
        { name: "chat/streamed.txt", data: TEXT, deflate: true, streamed: true },
        { name: "chat/photo.jpg", data: "not compressed" },
      ]),
    );
    expect(archive.findings).toEqual([]);
    expect(archive.entries.map((entry) => [entry.path, entry.kind, entry.readable])).toEqual([
      ["chat/", "directory", false],
      ["chat/_chat.txt", "file", true],
      ["chat/streamed.txt", "file", true],
      ["chat/photo.jpg", "file", true],
    ]);
    const texts = await Promise.all(
      archive.entries
        .slice(1)
        .map(async (entry) => (await collect(archive.read(entry))).toString()),
    );
    expect(texts).toEqual([TEXT, TEXT, "not compressed"]);
    archive.close();
  });

  it("may be empty, and may be written in ZIP64", async () => {
    const empty = await openBytes(folder, zip([]));
    expect([empty.entries, empty.findings]).toEqual([[], []]);
    const wide = await openBytes(folder, zip([{ name: "a", data: "x" }], { zip64: {} }));
    expect(await readAll(wide)).toEqual({ codes: [], bytes: 1 });
  });

  it("gives the wall clock of an entry without a zone", async () => {
    const archive = await openBytes(folder, zip([{ name: "a" }]));
    expect(archive.entries[0]?.modified).toBe("2024-01-01T12:00:00");
  });

  it("is told by its first bytes", () => {
    expect(isArchive(zip([{ name: "a" }]))).toBe(true);
    expect(isArchive(zip([]))).toBe(true);
    expect(isArchive(Buffer.from("PK are two letters"))).toBe(false);
    expect(isArchive(Buffer.alloc(0))).toBe(false);
  });
});

describe("a hostile archive", () => {
  const names = readdirSync(HOSTILE).filter((name) => name.endsWith(".zip"));

  it.each(names)("is reported under the code of its name: %s", async (name) => {
    const archive = await openArchive(HOSTILE + name);
    const { codes } = await readAll(archive);
    archive.close();
    expect(codes).toContain(name.split("__")[0]);
  });

  it("has a fixture for each code that one archive alone can raise", () => {
    const covered = new Set(names.map((name) => name.split("__")[0]));
    const missing = Object.keys(ARCHIVE_FINDING_CODES).filter((code) => !covered.has(code));
    // Notes; findings of nested archives; findings that need thousands of entries.
    expect(missing).toEqual([
      "comment",
      "more-findings",
      "nested-depth",
      "nested-unreadable",
      "too-many-entries",
      "zip64-unneeded",
    ]);
  });

  it("gives place and digest of bytes that no entry owns", async () => {
    const hidden = "nobody lists me";
    const bytes = zip([{ name: "a" }, { name: "b", before: Buffer.from(hidden) }]);
    const archive = await openBytes(folder, bytes);
    const gap = archive.findings.find((finding) => finding.code === "gap");
    expect(gap).toMatchObject({
      offset: bytes.indexOf(hidden),
      length: hidden.length,
      sha256: createHash("sha256").update(hidden).digest("hex"),
    });
  });

  it("is not read where two entries claim the same bytes", async () => {
    const archive = await openArchive(`${HOSTILE}overlap__two-records-one-body.zip`);
    expect(archive.entries.map((entry) => entry.readable)).toEqual([false, false]);
    const [entry] = archive.entries;
    if (entry === undefined) throw new Error("no entry");
    expect(await failureOf(() => collect(archive.read(entry)))).toBe("not-readable");
  });

  it("keeps the bytes of names that are not text, each apart", async () => {
    const names = [Buffer.from([0xff]), Buffer.from([0xfe])];
    const archive = await openBytes(folder, zip(names.map((name) => ({ name }))));
    expect(archive.entries.map((entry) => Buffer.from(entry.pathBytes))).toEqual(names);
    expect(new Set(archive.entries.map((entry) => entry.path)).size).toBe(2);
  });

  it("lists no more entries than the limit, and says so", async () => {
    const bytes = zip(Array.from({ length: 20 }, (_, index) => ({ name: `${index}` })));
    const archive = await openBytes(folder, bytes);
    archive.close();
    const path = `${folder}/many.zip`;
    writeFileSync(path, bytes);
    const limited = await openArchive(path, { ...DEFAULT_LIMITS, entries: 7 });
    expect(limited.entries).toHaveLength(7);
    expect(limited.findings.map((finding) => finding.code)).toEqual(["too-many-entries"]);
  });

  it("that is cut short anywhere is refused or reported", async () => {
    const whole = zip([
      { name: "a.txt", data: TEXT, deflate: true },
      { name: "b", data: "two" },
    ]);
    for (let length = 0; length < whole.length; length++) {
      const path = `${folder}/cut.zip`;
      writeFileSync(path, whole.subarray(0, length));
      const failure = await failureOf(async () => (await openArchive(path)).close());
      expect(failure).toBe("not-readable");
    }
  });
});

describe("the documentation", () => {
  const page = readFileSync(new URL("../../docs/evidence-intake.md", import.meta.url), "utf8");

  it("tells every finding in the words of the code", () => {
    const told = page.split("\n").filter((line) => line.startsWith("| `"));
    const rows = Object.entries(ARCHIVE_FINDING_CODES);
    expect(told).toEqual(rows.map(([code, meaning]) => `| \`${code}\` | ${meaning} |`));
  });
});

describe("an archive that cannot be read", () => {
  it("is refused, be it a folder, a pipe's end or nothing", async () => {
    expect(await failureOf(() => openArchive(folder))).toBe("not-readable");
    expect(await failureOf(() => openArchive("/dev/zero"))).toBe("not-readable");
    expect(await failureOf(() => openArchive(`${folder}/absent.zip`))).toBe("not-readable");
  });

  it("because it became shorter since it was opened, says so", async () => {
    const path = `${folder}/shrinking.zip`;
    writeFileSync(path, zip([{ name: "a", data: Buffer.alloc(1_000_000, 7) }]));
    const archive = await openArchive(path);
    truncateSync(path, 500_000);
    const [entry] = archive.entries;
    if (entry === undefined) throw new Error("no entry");
    expect(await failureOf(() => collect(archive.read(entry)))).toBe("not-readable");
    archive.close();
  });
});
