import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type BundleFile, fileFrom, fileOf } from "../../src/bundle/file.ts";
import { centralHeader, endRecords, localHeader } from "../../src/bundle/layout.ts";
import { bundleId, nameFault, nameFaults } from "../../src/bundle/names.ts";
import { publish } from "../../src/bundle/publish.ts";
import { openBundle } from "../../src/bundle/read.ts";
import { openSpool } from "../../src/bundle/spool.ts";
import { writeStored } from "../../src/bundle/stored.ts";
import { inOrder, writeZip } from "../../src/bundle/zip.ts";
import { sha256 } from "../../src/hash/digest.ts";
import { Failure } from "../../src/model/failure.ts";
import { scratch } from "./sample.ts";

const folder = scratch();
afterAll(folder.remove);

function moduleOf(name: string): string {
  return new URL(`../../src/bundle/${name}`, import.meta.url).href;
}

let made = 0;
function fresh(): string {
  made += 1;
  return join(folder.path, `file-${made}`);
}

const MIMETYPE = fileOf("mimetype", "application/vnd.etsi.asic-e+zip");

describe("the container", () => {
  it("is the same from archiver and from the stored-only writer, byte for byte", async () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(contents, async (arrays) => {
        const files = [MIMETYPE, ...arrays.map((bytes, at) => fileOf(`data/${at}.bin`, bytes))];
        const [archived, stored] = [fresh(), fresh()];
        const result = await writeZip(files, archived);
        expect(writeStored(inOrder(files), stored)).toEqual(result);
        expect(readFileSync(archived).equals(readFileSync(stored))).toBe(true);
        expect(sha256(readFileSync(archived))).toBe(result.sha256);
      }),
      { numRuns: 40 },
    );
  });

  it("is read back without a problem, with the digests of what went in", async () => {
    const path = fresh();
    const files = [fileOf("data/b.txt", "bee"), MIMETYPE, fileOf("a.txt", "")];
    await writeZip(files, path);
    const bundle = openBundle(path);
    expect(bundle.problems).toEqual([]);
    expect(bundle.entries.map((entry) => entry.name)).toEqual(["mimetype", "a.txt", "data/b.txt"]);
    expect(bundle.find("data/b.txt")?.sha256).toBe(sha256("bee"));
    expect(bundle.read("data/b.txt", 10)?.toString()).toBe("bee");
    expect(bundle.read("data/c.txt", 10)).toBeNull();
    expect(() => bundle.read("data/b.txt", 2)).toThrow("at most 2");
    bundle.close();
  });

  it("takes files of several chunks from disk, and gives them back whole", async () => {
    const [source, path] = [fresh(), fresh()];
    const content = Buffer.from(Array.from({ length: 400_000 }, (_, at) => `${at}\n`).join(""));
    writeFileSync(source, content);
    await writeZip([MIMETYPE, fileFrom("data/large.txt", source)], path);
    const bundle = openBundle(path);
    expect(bundle.problems).toEqual([]);
    expect(bundle.find("data/large.txt")?.sha256).toBe(sha256(content));
    expect(bundle.read("data/large.txt", 1 << 25)?.equals(content)).toBe(true);
    bundle.close();
  });

  it("refuses to give bytes that changed since it was opened", async () => {
    const path = fresh();
    await writeZip([MIMETYPE, fileOf("data/a.txt", "before")], path);
    const bundle = openBundle(path);
    writeFileSync(
      path,
      readFileSync(path).toString("latin1").replace("before", "beFore"),
      "latin1",
    );
    expect(() => bundle.read("data/a.txt", 10)).toThrow("changed while it was read");
    bundle.close();
  });

  it("opens with its type in plain sight, for tools that look at the first bytes", async () => {
    const path = fresh();
    await writeZip([fileOf("a.txt", "a"), MIMETYPE], path);
    expect(readFileSync(path).toString("latin1", 30, 69)).toBe(
      "mimetypeapplication/vnd.etsi.asic-e+zip",
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("states sizes past 4 GiB in ZIP64 fields", () => {
    const entry = { name: "a", size: 5_000_000_000, crc32: 1 };
    const local = localHeader(entry);
    expect(local.readUInt16LE(4)).toBe(45);
    expect(local.readUInt32LE(18)).toBe(0xffffffff);
    expect(local.readBigUInt64LE(35)).toBe(5_000_000_000n);
    const central = centralHeader({ ...entry, size: 3, header: 6_000_000_000 });
    expect(central.readBigUInt64LE(central.length - 8)).toBe(6_000_000_000n);
    expect(endRecords(3, 6_000_000_000, 200)).toHaveLength(98);
  });
});

describe("writing", () => {
  it("refuses a name that is taken, and leaves that file alone", async () => {
    const path = fresh();
    writeFileSync(path, "evidence");
    await expect(writeZip([MIMETYPE], path)).rejects.toMatchObject({ code: "target-exists" });
    expect(readFileSync(path, "utf8")).toBe("evidence");
  });

  it("leaves nothing behind where a file changed since it was listed", async () => {
    const path = fresh();
    const changing: BundleFile = { ...fileOf("a.txt", "old"), read: () => [Buffer.from("new")] };
    await expect(writeZip([MIMETYPE, changing], path)).rejects.toMatchObject({ code: "integrity" });
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(process.platform === "win32").each([
    ["archiver", 300_000],
    ["the stored-only writer", 70 << 20],
  ])("ends with an error on a full disk, by %s, and leaves nothing (needs ulimit)", (_, size) => {
    const path = fresh();
    const script = `
      import { fileOf } from ${JSON.stringify(moduleOf("file.ts"))};
      import { writeZip } from ${JSON.stringify(moduleOf("zip.ts"))};
      const files = [fileOf("mimetype", "x"), fileOf("a", Buffer.alloc(${size}))];
      await writeZip(files, ${JSON.stringify(path)}).catch((error) => console.log(error.code));`;
    const command = `ulimit -f 100; exec "$0" --input-type=module -e "$1"`;
    const output = execFileSync("bash", ["-c", command, process.execPath, script], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(output.trim()).toBe("disk-full");
    expect(existsSync(path)).toBe(false);
  });

  it("gives a name only once", () => {
    const [part, second, final] = [fresh(), fresh(), fresh()];
    writeFileSync(part, "first");
    writeFileSync(second, "second");
    publish([{ part, final }]);
    expect(existsSync(part)).toBe(false);
    expect(() => publish([{ part: second, final }])).toThrow(Failure);
    expect(readFileSync(final, "utf8")).toBe("first");
    expect(existsSync(second)).toBe(true);
  });
});

describe("a spool", () => {
  it.each([
    ["in memory", 1000],
    ["on disk past 32 MiB", 34 << 20],
  ])("gives back what was written, %s", (_, size) => {
    const spool = openSpool(`data/lines-${size}.jsonl`, folder.path);
    const piece = Buffer.alloc(1 << 16, "0123456789abcdef");
    const whole: Buffer[] = [];
    for (let left = size; left > 0; left -= piece.length) {
      const part = piece.subarray(0, Math.min(left, piece.length));
      whole.push(part);
      spool.write(part);
    }
    const file = spool.close();
    const bytes = Buffer.concat(whole);
    expect(file).toMatchObject({ size, sha256: sha256(bytes), crc32: fileOf("a", bytes).crc32 });
    expect(sha256(Buffer.concat(Array.from(file.read(), (chunk) => Buffer.from(chunk))))).toBe(
      sha256(bytes),
    );
    const path = join(folder.path, `data_lines-${size}.jsonl.spool`);
    expect(existsSync(path)).toBe(size > 32 << 20);
    spool.discard();
    spool.discard();
    expect(existsSync(path)).toBe(false);
  });

  it("does not hold on to the caller's buffer", () => {
    const spool = openSpool("data/a", folder.path);
    const buffer = Buffer.from("one");
    spool.write(buffer);
    buffer.write("two");
    expect(spool.close().sha256).toBe(sha256("one"));
  });

  it("has a twin for stored files", () => {
    const path = fresh();
    writeFileSync(path, "stored");
    expect(fileFrom("data/a", path)).toMatchObject({ size: 6, sha256: sha256("stored") });
    expect(() => fileFrom("data/a", fresh())).toThrow("cannot read");
  });
});

describe("names", () => {
  it.each([
    "../a",
    "/a",
    "a//b",
    "a/./b",
    "con",
    "data/NUL.txt",
    "a b",
    "é",
    "a\\b",
    "",
    "a.",
    "-rf",
  ])("refuse %j", (name) => {
    expect(nameFault(name)).not.toBeNull();
  });

  it("are unique whatever their case, and no file is a folder", () => {
    expect(nameFaults(["data/a", "data/A"])).toHaveLength(1);
    expect(nameFaults(["data", "data/a"])).toHaveLength(1);
    expect(nameFaults(["data/a", "data/b", "bundle.json"])).toEqual([]);
  });

  it("of bundles come from the procedure's number", () => {
    expect(bundleId("2024/00311", 1)).toBe("2024-00311-P001");
    expect(bundleId("Procès 7", 12)).toBe("Proces-7-P012");
    expect(bundleId("A", 1234)).toBe("A-P1234");
    expect(() => bundleId("///", 1)).toThrow(Failure);
  });
});
