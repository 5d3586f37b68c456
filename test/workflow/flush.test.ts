import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BundleFile } from "../../src/bundle/file.ts";
import { openBundle } from "../../src/bundle/read.ts";
import { writeZip } from "../../src/bundle/zip.ts";
import type { ValidationReport } from "../../src/model/validation.ts";
import { timestampAuthority } from "../../src/signature/timestamp/authority.ts";
import { type FlushRequest, stampBundle } from "../../src/workflow/flush.ts";
import { verifyFile, type VerifyOptions } from "../../src/workflow/verify.ts";
import { AGENCY, sampleFiles, scratch, trusting } from "../bundle/sample.ts";
import { changed, contentOf } from "../bundle/reseal.ts";
import { makeClockHouse } from "../signature/clock-house.ts";
import { fixedEnvironment, trusted } from "../signature/pki.ts";
import { serve, serveClockHouse, type Tsa } from "../signature/tsa.ts";

/** A day after the samples were signed. */
const NOW = new Date("2026-03-03T09:30:00Z");
const ID = "2024-00311-P001";

const folder = scratch();
const house = makeClockHouse();
const open: Tsa[] = [];
let files: readonly BundleFile[];
let source: string;
beforeAll(async () => {
  files = await sampleFiles(folder.path, { describe: () => ({ timestamp: "later" }) });
  source = join(folder.path, "made", `${ID}.zip`);
  mkdirSync(join(folder.path, "made"));
  await writeZip(files, source);
});
afterAll(async () => {
  folder.remove();
  await Promise.all(open.map((tsa) => tsa.close()));
});

function now(): number {
  return NOW.getTime();
}

async function requestFor(starting: Promise<Tsa>, out = "stamped"): Promise<FlushRequest> {
  const tsa = await starting;
  open.push(tsa);
  const { random } = fixedEnvironment();
  const signal = new AbortController().signal;
  const options = { roots: [], random, now, signal, pauses: [1] };
  const authorities = [timestampAuthority(tsa.url, options)];
  return { out: join(folder.path, out), authorities, roots: trusted(AGENCY.certificate), now };
}

const asOfThen = (): { time: string } => ({ time: "20260303093000Z" });

function knowing(wishes: Partial<VerifyOptions> = {}): VerifyOptions {
  return trusting({ roots: trusted(AGENCY.certificate, house.root.certificate), ...wishes });
}

function timeOf(report: ValidationReport): string {
  return report.checks.find(({ id }) => id === "time")?.detail ?? "";
}

/** Every entry of a bundle by name, as text that compares byte for byte. */
function entriesOf(path: string): ReadonlyMap<string, string> {
  const bundle = openBundle(path);
  try {
    return new Map(bundle.entries.map(({ name, sha256 }) => [name, sha256]));
  } finally {
    bundle.close();
  }
}

describe("a bundle that is to be stamped later", () => {
  it("passes with a claimed time until then", async () => {
    const report = await verifyFile(source, knowing());
    expect(report.verdict).toBe("passed");
    expect(timeOf(report)).toMatch(/^claimed time only/u);
    expect((await verifyFile(source, knowing({ requireTime: true }))).verdict).toBe(
      "indeterminate",
    );
  });

  it("is stamped in a copy, in which nothing else changes", async () => {
    const before = readFileSync(source);
    const request = await requestFor(serveClockHouse(house, asOfThen));
    const flushed = await stampBundle(source, request);
    expect(flushed).toMatchObject({ type: "stamped", id: ID, zip: join(request.out, `${ID}.zip`) });
    expect(flushed.stamps.map(({ time }) => time)).toEqual(
      Array.from({ length: 2 }, () => "2026-03-03T09:30:00Z"),
    );
    const report = await verifyFile(flushed.zip, knowing({ requireTime: true }));
    expect(report.verdict).toBe("passed");
    expect(timeOf(report)).toContain("signed before 2026-03-03T09:30:00Z, says Clock House");
    expect(report.timestamps).toHaveLength(2);
    const [old, copy] = [entriesOf(source), entriesOf(flushed.zip)];
    const differing = [...copy].filter(([name, digest]) => old.get(name) !== digest);
    expect(differing.map(([name]) => name)).toEqual([
      "META-INF/ASiCManifest002.xml",
      "META-INF/signature001.p7s",
      "META-INF/timestamp001.tst",
      "certs/tsa-chain.pem",
    ]);
    expect(readFileSync(source).equals(before)).toBe(true);
    expect(readdirSync(request.out)).toEqual([`${ID}.zip`]);
    await expect(stampBundle(source, request)).rejects.toMatchObject({ code: "target-exists" });
    const again = await requestFor(serveClockHouse(house, asOfThen), "again");
    await expect(stampBundle(flushed.zip, again)).rejects.toMatchObject({ code: "refused" });
  });

  it("leaves nothing behind where the authority fails", async () => {
    const request = await requestFor(
      serve((_, response) => response.writeHead(500).end()),
      "failed",
    );
    await expect(stampBundle(source, request)).rejects.toMatchObject({
      code: "timestamp-authority",
    });
    expect(readdirSync(request.out)).toEqual([]);
  });

  it("is not stamped where a byte of it was changed", async () => {
    const path = join(folder.path, "changed.zip");
    const text = contentOf(files, "data/messages.jsonl").toString().replace("six", "ten");
    await writeZip(changed(files, { "data/messages.jsonl": text }), path);
    const request = await requestFor(serveClockHouse(house, asOfThen), "refused");
    await expect(stampBundle(path, request)).rejects.toMatchObject({ code: "integrity" });
    expect(open.at(-1)?.asked()).toBe(0);
    expect(existsSync(request.out)).toBe(false);
  });

  it("is not stamped where it says that no time-stamp belongs to it, or is no bundle", async () => {
    const path = join(folder.path, "none.zip");
    await writeZip(await sampleFiles(folder.path), path);
    const request = await requestFor(serveClockHouse(house, asOfThen), "refused");
    await expect(stampBundle(path, request)).rejects.toMatchObject({ code: "refused" });
    writeFileSync(join(folder.path, "none.txt"), "no bundle");
    await expect(stampBundle(join(folder.path, "none.txt"), request)).rejects.toMatchObject({
      code: "integrity",
    });
  });
});
