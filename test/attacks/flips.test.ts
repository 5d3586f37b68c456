/** No bit of a bundle is free, and no part of one is a bundle. */
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSample, scratch, trusting } from "../bundle/sample.ts";
import { AGENCY } from "../bundle/sample.ts";
import { pemOf } from "../../src/signature/pem.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import { flipped } from "./archive.ts";
import { randomNumbers } from "./random.ts";
import { askSecond, SECOND_IS_MISSING } from "./verifiers.ts";

const SLOW = process.env["SLOW"] === "1";
const FLIPS = SLOW ? 10_000 : 1000;
const CUTS = SLOW ? 5000 : 500;
const FOR_THE_SECOND = 200;
const MINUTES = 60_000 * (SLOW ? 20 : 3);

const folder = scratch();
let bundle: Buffer;
let root: string;
beforeAll(async () => {
  const { path } = await makeSample(folder.path);
  bundle = readFileSync(path);
  root = join(folder.path, "root.pem");
  writeFileSync(root, pemOf([AGENCY.certificate]));
});
afterAll(folder.remove);

/** Places and bits, the same each time. */
function* flips(count: number): Generator<{ readonly at: number; readonly bit: number }> {
  const random = randomNumbers(count);
  for (let made = 0; made < count; made += 1) {
    yield { at: random(bundle.length), bit: 1 << random(8) };
  }
}

async function verdictOf(path: string): Promise<string> {
  return (await verifyFile(path, trusting())).verdict;
}

describe("a bundle of which nothing is changed", () => {
  it("passes, so that what follows fails for its own reason", async () => {
    const path = join(folder.path, "whole.zip");
    writeFileSync(path, bundle);
    expect(await verdictOf(path)).toBe("passed");
  });
});

describe("a bundle with one bit flipped", () => {
  it(`never passes, in ${FLIPS} places`, { timeout: MINUTES }, async () => {
    const path = join(folder.path, "flipped.zip");
    writeFileSync(path, bundle);
    const file = openSync(path, "r+");
    try {
      for (const { at, bit } of flips(FLIPS)) {
        const byte = bundle.readUInt8(at);
        writeSync(file, Uint8Array.of(byte ^ bit), 0, 1, at);
        expect(await verdictOf(path), `byte ${at}, bit ${bit}`).toBe("failed");
        writeSync(file, Uint8Array.of(byte), 0, 1, at);
      }
    } finally {
      closeSync(file);
    }
    console.log(JSON.stringify({ goal: "flips", places: FLIPS, passed: 0 }));
  });

  it.skipIf(SECOND_IS_MISSING !== null)(
    `never passes the second verifier, in ${FOR_THE_SECOND} places (skipped without python3 and openssl)`,
    { timeout: MINUTES },
    () => {
      const paths = [...flips(FOR_THE_SECOND)].map(({ at, bit }, number) => {
        const path = join(folder.path, `flipped-${number}.zip`);
        writeFileSync(path, flipped(bundle, at, bit));
        return path;
      });
      const answers = askSecond(paths, { roots: [root], at: "2026-03-05T12:00:00Z" });
      expect(answers.filter(({ verdict }) => verdict !== "failed")).toEqual([]);
    },
  );
});

describe("the beginning of a bundle", () => {
  it(`never passes, cut at ${CUTS} places`, { timeout: MINUTES }, async () => {
    const path = join(folder.path, "cut.zip");
    const step = Math.ceil(bundle.length / CUTS);
    const near = Array.from({ length: 100 }, (_, at) => bundle.length - 1 - at);
    const lengths = Array.from({ length: CUTS }, (_, at) => at * step);
    for (const length of [...lengths, ...near]) {
      writeFileSync(path, bundle.subarray(0, length));
      expect(await verdictOf(path), `${length} bytes`).toBe("failed");
    }
  });

  it.skipIf(SECOND_IS_MISSING !== null)(
    `never passes the second verifier, cut at ${FOR_THE_SECOND} places (skipped without python3 and openssl)`,
    { timeout: MINUTES },
    () => {
      const step = Math.ceil(bundle.length / FOR_THE_SECOND);
      const paths = Array.from({ length: FOR_THE_SECOND }, (_, at) => {
        const path = join(folder.path, `cut-${at}.zip`);
        writeFileSync(path, bundle.subarray(0, at * step));
        return path;
      });
      const answers = askSecond(paths, { roots: [root], at: "2026-03-05T12:00:00Z" });
      expect(answers.filter(({ verdict }) => verdict !== "failed")).toEqual([]);
    },
  );
});
