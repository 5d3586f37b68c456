import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyFile } from "../../src/workflow/verify.ts";
import { makeSample, type Sample, scratch, trusting } from "../bundle/sample.ts";

const folder = scratch();
let sample: Sample;
beforeAll(async () => {
  sample = await makeSample(folder.path);
});
afterAll(folder.remove);

const IDS = [
  "container",
  "names",
  "manifest",
  "payload",
  "unlisted",
  "signature",
  "signer",
  "time",
  "custody",
  "records",
  "counts",
  "report",
];

describe("verifying a bundle", () => {
  it("passes every check where the root is trusted", async () => {
    const report = await verifyFile(sample.path, trusting());
    expect(report.checks.filter((check) => check.outcome !== "pass")).toEqual([]);
    expect(report.checks.map((check) => check.id)).toEqual(IDS);
    expect(report.verdict).toBe("passed");
  });
});
