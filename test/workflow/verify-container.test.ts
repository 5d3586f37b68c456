import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipArchive } from "archiver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBundle } from "../../src/bundle/read.ts";
import { endRecords, LOCAL_LENGTH, localHeader } from "../../src/bundle/layout.ts";
import { inOrder } from "../../src/bundle/zip.ts";
import type { ValidationReport } from "../../src/model/validation.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import { contentOf } from "../bundle/reseal.ts";
import { makeSample, type Sample, scratch, trusting } from "../bundle/sample.ts";

const folder = scratch();
let sample: Sample;
let bytes: Buffer;
beforeAll(async () => {
  sample = await makeSample(folder.path);
  bytes = readFileSync(sample.path);
});
afterAll(folder.remove);

async function containerOf(content: Buffer): Promise<string> {
  const path = join(folder.path, "attack.zip");
  writeFileSync(path, content);
  const report = await verifyFile(path, trusting());
  expect(report.verdict).toBe("failed");
  expect(report.checks).toHaveLength(12);
  return containerDetail(report);
}

function flipped(at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << bit), at);
  return copy;
}

function problemsOf(content: Buffer): number {
  const path = join(folder.path, "flipped.zip");
  writeFileSync(path, content);
  const bundle = openBundle(path);
  bundle.close();
  return bundle.problems.length;
}

function containerDetail(report: ValidationReport): string {
  return report.checks[0]?.detail ?? "";
}

/** A generator of repeatable numbers (mulberry32), so that a failure can be looked at again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe("every byte of a bundle", () => {
  it("is accounted for: one bit flipped in 2,000 places never goes unseen", () => {
    const draw = random(20240311);
    const unseen: number[] = [];
    for (let round = 0; round < 2000; round += 1) {
      const at = draw(bytes.length);
      if (problemsOf(flipped(at, draw(8))) === 0) unseen.push(at);
    }
    expect(unseen).toEqual([]);
  });

  it("fails the whole verification where a bit of it is flipped", async () => {
    const draw = random(311);
    for (let round = 0; round < 100; round += 1) {
      expect(await containerOf(flipped(draw(bytes.length), draw(8)))).not.toBe("");
    }
  });

  it("is needed: a bundle cut at any of 300 places is not whole", () => {
    const draw = random(7);
    for (let round = 0; round < 300; round += 1) {
      const length = round < 40 ? round : draw(bytes.length);
      expect(problemsOf(bytes.subarray(0, length))).toBeGreaterThan(0);
    }
  });

  it("may have nothing before, between or after", async () => {
    const noise = Buffer.from("#!/bin/sh\n");
    const second = localHeader({ name: "mimetype", size: 0, crc32: 0 }).length + 31;
    expect(await containerOf(Buffer.concat([noise, bytes]))).toMatch(/^ALTERED|^BAD FORMAT/);
    expect(await containerOf(Buffer.concat([bytes, noise]))).toMatch(/^ALTERED: 10 bytes follow/);
    expect(await containerOf(Buffer.concat([bytes, bytes]))).toMatch(/^ALTERED: \d+ bytes follow/);
    const between = [bytes.subarray(0, second), noise, bytes.subarray(second)];
    expect(await containerOf(Buffer.concat(between))).toMatch(/^ALTERED/);
  });

  it("leaves no room for a comment, nor for a second end in it", async () => {
    const second = endRecords(0, 0, 0);
    const commented = Buffer.concat([bytes, second]);
    commented.writeUInt16LE(second.length, bytes.length - 2);
    expect(await containerOf(commented)).toMatch(/^ALTERED: the central directory/);
  });
});

/** Where the local header of an entry starts. */
function headerOf(name: string): number {
  const file = sample.files.find((each) => each.name === name);
  return file === undefined ? -1 : bytes.indexOf(localHeader(file));
}

describe("headers", () => {
  it("are ALTERED where an entry is stored twice", async () => {
    const at = headerOf("bagit.txt");
    const entry = bytes.subarray(at, headerOf("bundle.json"));
    const twice = Buffer.concat([bytes.subarray(0, at), entry, bytes.subarray(at)]);
    expect(await containerOf(twice)).toMatch(/^ALTERED/);
  });

  it("are ALTERED where the local name is not the directory's", async () => {
    const renamed = Buffer.from(bytes);
    renamed.write("bagit.tXt", headerOf("bagit.txt") + LOCAL_LENGTH, "latin1");
    expect(await containerOf(renamed)).toMatch(/^ALTERED: the central directory/);
  });

  it("are ALTERED where only the dates are others", async () => {
    const dated = Buffer.from(bytes);
    for (const [signature, field] of [
      ["PK\x03\x04", 12],
      ["PK\x01\x02", 14],
    ] as const) {
      for (let at = dated.indexOf(signature); at >= 0; at = dated.indexOf(signature, at + 4)) {
        dated.writeUInt16LE(0x5a21, at + field);
      }
    }
    expect(await containerOf(dated)).toMatch(/^ALTERED/);
  });
});

describe("a bundle packed again", () => {
  it.each([
    ["deflated", false],
    ["stored with today's date", true],
  ])("by archiver, %s, does not pass", async (_, store) => {
    const path = join(folder.path, "again.zip");
    const archive = new ZipArchive({ store });
    const done = pipeline(archive, createWriteStream(path));
    for (const file of inOrder(sample.files)) {
      archive.append(contentOf(sample.files, file.name), { name: file.name, mode: 0o600 });
    }
    await archive.finalize();
    await done;
    const report = await verifyFile(path, trusting());
    expect(report.verdict).toBe("failed");
    expect(containerDetail(report)).toMatch(store ? /^ALTERED/ : /^REPACKED/);
  });
});

describe("what is no bundle", () => {
  it("is a LIMIT where it would unpack to far more than itself", async () => {
    const bomb = Buffer.concat([Buffer.alloc(64), directoryOf(200, 0xfffffff0)]);
    expect(await containerOf(bomb)).toMatch(/^LIMIT/);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["a text", Buffer.from("hello\n")],
    ["an empty ZIP", endRecords(0, 0, 0)],
  ])("is in BAD FORMAT: %s", async (_, content) => {
    expect(await containerOf(content)).toMatch(/^BAD FORMAT/);
  });
});

/** A central directory of entries that say they are large, after 64 bytes of nothing. */
function directoryOf(count: number, size: number): Buffer {
  const header = Buffer.alloc(47);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(8, 10);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(1, 28);
  header.write("a", 46);
  const headers = Buffer.concat(Array.from({ length: count }, () => header));
  return Buffer.concat([headers, endRecords(count, 64, headers.length)]);
}
