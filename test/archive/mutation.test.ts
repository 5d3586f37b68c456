import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openArchive } from "../../src/archive/archive.ts";
import { Failure } from "../../src/model/failure.ts";
import { HOSTILE } from "./hostile.ts";
import { readAll, scratchFolder } from "./scratch.ts";
import { zip } from "./zip.ts";

const folder = scratchFolder();
const path = join(folder, "mutant.zip");

async function judge(bytes: Buffer): Promise<readonly string[]> {
  writeFileSync(path, bytes);
  try {
    const archive = await openArchive(path);
    try {
      return (await readAll(archive)).codes;
    } finally {
      archive.close();
    }
  } catch (error) {
    if (error instanceof Failure && error.code === "not-readable") return ["not-readable"];
    throw error;
  }
}

const change = fc.record({ at: fc.nat(), value: fc.nat(255), cut: fc.boolean() });
const seeds = [
  ...Object.values(HOSTILE),
  zip([{ name: "a", data: "x".repeat(999), deflate: true, streamed: true }], { zip64: {} }),
];

describe("a mutated archive", () => {
  it("never makes the reader crash or hang", async () => {
    const mutant = fc.record({ seed: fc.constantFrom(...seeds), changes: fc.array(change) });
    const property = fc.asyncProperty(mutant, async ({ seed, changes }) => {
      const bytes = Buffer.from(seed);
      let end = bytes.length;
      for (const { at, value, cut } of changes) {
        if (cut) end = Math.min(end, 1 + (at % bytes.length));
        else bytes[at % bytes.length] = value;
      }
      expect(await judge(bytes.subarray(0, end))).toBeInstanceOf(Array);
    });
    await fc.assert(property, { numRuns: 1500 });
  });

  it("is reported for each bit of an honest one that is flipped, but in fields without meaning", async () => {
    const honest = zip([
      { name: "a.txt", data: "first" },
      { name: "b.txt", data: "second" },
    ]);
    expect(await judge(honest)).toEqual([]);
    const silent = new Set<number>();
    for (let at = 0; at < honest.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const bytes = Buffer.from(honest);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        if ((await judge(bytes)).length === 0) silent.add(at);
      }
    }
    const directory = honest.indexOf(Buffer.from("PK\u0001\u0002", "latin1"));
    const fields = [...silent].map((at) => fieldOf(at, honest, directory));
    expect(new Set(fields)).toEqual(MEANINGLESS);
  });
});

/** Versions, unused flag bits, text marks and attributes: no reader takes other bytes because of them. */
const MEANINGLESS = new Set([
  "local version",
  "local flags",
  "version made by",
  "version needed",
  "flags",
  "internal attributes",
  "external attributes",
]);

const LOCAL_FIELDS = [
  [4, "local version"],
  [6, "local flags"],
  [8, "local"],
] as const;
const CENTRAL_FIELDS = [
  [4, "version made by"],
  [6, "version needed"],
  [8, "flags"],
  [10, "central"],
  [36, "internal attributes"],
  [38, "external attributes"],
  [42, "central"],
] as const;

function fieldOf(at: number, bytes: Buffer, directory: number): string {
  const isCentral = at >= directory;
  const mark = Buffer.from(isCentral ? "PK\u0001\u0002" : "PK\u0003\u0004", "latin1");
  const offset = at - bytes.lastIndexOf(mark, at);
  const fields = isCentral ? CENTRAL_FIELDS : LOCAL_FIELDS;
  return fields.findLast(([start]) => offset >= start)?.[1] ?? "signature";
}
