import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ValidationReport } from "../../src/model/validation.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import { writeZip } from "../../src/bundle/zip.ts";
import { contentOf, resealed } from "../bundle/reseal.ts";
import { ANALYST, makeSample, type Sample, scratch, trusting } from "../bundle/sample.ts";

const folder = scratch();
let sample: Sample;
beforeAll(async () => {
  sample = await makeSample(folder.path);
});
afterAll(folder.remove);

function recordsOf(report: ValidationReport): string {
  return report.checks.find((check) => check.id === "records")?.detail ?? "";
}

function custodyOf(report: ValidationReport): string {
  return report.checks.find((check) => check.id === "custody")?.detail ?? "";
}

function timeOf(report: ValidationReport): string {
  const check = report.checks.find((each) => each.id === "time");
  return `${check?.outcome}: ${check?.detail}`;
}

describe("the rows of a bundle", () => {
  it("are not held against sources that nobody gave", async () => {
    const detail = recordsOf(await verifyFile(sample.path, trusting()));
    expect(detail).toContain("6 rows, 6 with their slice as digested");
    expect(detail).toContain("found in their source: 0");
    expect(detail).toContain("not byte-checkable: 1");
    expect(detail).toContain("source not given: 5 (sources: 2)");
  });

  it("are found in a file and in an archive, told by their digests alone", async () => {
    const renamed = join(folder.path, "elsewhere", "deep");
    mkdirSync(renamed, { recursive: true });
    copyFileSync(join(sample.sources, "chat.txt"), join(renamed, "a"));
    copyFileSync(join(sample.sources, "archive.zip"), join(renamed, "b"));
    const against = [join(folder.path, "elsewhere")];
    const report = await verifyFile(sample.path, trusting({ against }));
    expect(report.verdict).toBe("passed");
    expect(recordsOf(report)).toContain("found in their source: 5");
    expect(recordsOf(report)).toContain("source not given: 0");
  });

  it("are not held against a source that was changed: it is another file", async () => {
    const changed = join(folder.path, "changed.txt");
    copyFileSync(join(sample.sources, "chat.txt"), changed);
    appendFileSync(changed, "x");
    const report = await verifyFile(sample.path, trusting({ against: [changed] }));
    expect(recordsOf(report)).toContain("found in their source: 0");
  });

  it("are found in the originals that the bundle holds", async () => {
    const whole = await makeSample(folder.path, { originals: true, production: 2 });
    const report = await verifyFile(whole.path, trusting());
    expect(report.verdict).toBe("passed");
    expect(recordsOf(report)).toContain("found in their source: 5");
  });

  it("are ALTERED where the place named holds other bytes", async () => {
    const text = contentOf(sample.files, "data/messages.jsonl").toString("utf8");
    const lines = text.split("\n").map((line) => line.replace(/"offset":\d\d}/, '"offset":9}'));
    const files = await resealed(
      sample.files,
      { "data/messages.jsonl": lines.join("\n") },
      ANALYST,
    );
    const path = join(folder.path, "moved.zip");
    await writeZip(files, path);
    const report = await verifyFile(path, trusting({ against: [sample.sources] }));
    expect(recordsOf(report)).toMatch(/^ALTERED: message 1 is not what its source holds/);
  });

  it("names a path that is not there", async () => {
    const against = [join(folder.path, "nowhere")];
    await expect(verifyFile(sample.path, trusting({ against }))).rejects.toThrow("nowhere");
  });
});

describe("another bundle of the case as an anchor", () => {
  it("shows that a bundle is superseded, which still passes", async () => {
    const newer = await makeSample(folder.path, { production: 3, later: 4 });
    const report = await verifyFile(sample.path, trusting({ anchor: newer.path }));
    expect(report.verdict).toBe("passed");
    expect(custodyOf(report)).toContain("SUPERSEDED: 2024-00311-P003 knows 4 later lines");
  });

  it("is refused where it does not verify itself", async () => {
    const path = join(folder.path, "broken.zip");
    writeFileSync(path, readFileSync(sample.path).subarray(0, 5000));
    await expect(verifyFile(sample.path, trusting({ anchor: path }))).rejects.toThrow("anchor");
  });
});

describe("times", () => {
  it("are claims unless a trusted one is asked for", async () => {
    expect(timeOf(await verifyFile(sample.path, trusting()))).toMatch(/^pass: claimed time only/);
    const strict = await verifyFile(sample.path, trusting({ requireTime: true }));
    expect(timeOf(strict)).toMatch(/^indeterminate: a trusted time is required/);
    expect(strict.verdict).toBe("indeterminate");
  });

  it("leave an expired certificate undecided, and decided at a time that is named", async () => {
    const now = new Date("2046-01-01T00:00:00Z");
    expect(timeOf(await verifyFile(sample.path, trusting({ now })))).toMatch(/^indeterminate/);
    const at = new Date("2026-03-03T00:00:00Z");
    expect(timeOf(await verifyFile(sample.path, trusting({ now, at })))).toMatch(/^pass/);
  });

  it("need no root to leave a bundle intact, but unsigned by anyone known", async () => {
    const report = await verifyFile(sample.path, trusting({ roots: [] }));
    expect(report.verdict).toBe("indeterminate");
    const failed = report.checks.filter((check) => check.outcome === "fail");
    expect(failed).toEqual([]);
  });
});
