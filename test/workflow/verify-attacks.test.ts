import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BundleFile } from "../../src/bundle/file.ts";
import { writeZip } from "../../src/bundle/zip.ts";
import type { CheckId, ValidationReport } from "../../src/model/validation.ts";
import { verifyFile, type VerifyOptions } from "../../src/workflow/verify.ts";
import { makeRoot, makeSigner } from "../signature/pki.ts";
import { changed, contentOf, resealed } from "../bundle/reseal.ts";
import { ANALYST, makeSample, type Sample, scratch, trusting } from "../bundle/sample.ts";

const folder = scratch();
let sample: Sample;
let bytes: Buffer;
beforeAll(async () => {
  sample = await makeSample(folder.path);
  bytes = readFileSync(sample.path);
});
afterAll(folder.remove);

let attempts = 0;

async function verifyBytes(content: Buffer, options?: VerifyOptions): Promise<ValidationReport> {
  attempts += 1;
  const path = join(folder.path, `attack-${attempts}.zip`);
  writeFileSync(path, content);
  return verifyFile(path, options ?? trusting());
}

async function verifyFiles(
  files: readonly BundleFile[],
  options?: VerifyOptions,
): Promise<ValidationReport> {
  attempts += 1;
  const path = join(folder.path, `attack-${attempts}.zip`);
  await writeZip(files, path);
  return verifyFile(path, options ?? trusting());
}

function detailOf(report: ValidationReport, id: CheckId): string {
  return report.checks.find((check) => check.id === id)?.detail ?? "";
}

function failing(report: ValidationReport): readonly string[] {
  return report.checks.filter((check) => check.outcome === "fail").map((check) => check.id);
}

const messages = "data/messages.jsonl";

describe("a bundle whose content was changed", () => {
  it("is ALTERED where one byte of a file is another", async () => {
    const altered = Buffer.from(bytes);
    const at = altered.indexOf("boat leaves at six");
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    const report = await verifyBytes(altered);
    expect(report.verdict).toBe("failed");
    expect(detailOf(report, "container")).toMatch(/^ALTERED: .*messages\.jsonl.*CRC/);
    expect(detailOf(report, "payload")).toMatch(/^ALTERED: data\/messages\.jsonl/);
  });

  it("is INCOMPLETE where a file was taken out", async () => {
    const report = await verifyFiles(changed(sample.files, { "data/events.jsonl": null }));
    expect(detailOf(report, "payload")).toMatch(/^INCOMPLETE: data\/events\.jsonl/);
    expect(detailOf(report, "names")).toMatch(/^INCOMPLETE/);
  });

  it("is ALTERED where a file was added", async () => {
    const report = await verifyFiles(changed(sample.files, { "data/more.txt": "more" }));
    expect(detailOf(report, "unlisted")).toMatch(/^ALTERED: data\/more\.txt/);
    expect(failing(report)).toEqual(["manifest", "unlisted"]);
  });

  it("is ALTERED where two files were swapped", async () => {
    const swapped = changed(sample.files, {
      "data/accounts.jsonl": contentOf(sample.files, "data/conversations.jsonl"),
      "data/conversations.jsonl": contentOf(sample.files, "data/accounts.jsonl"),
    });
    expect(detailOf(await verifyFiles(swapped), "payload")).toMatch(/^ALTERED/);
  });

  it("has a BAD SIGNATURE where the lists were made to fit", async () => {
    const text = contentOf(sample.files, messages).toString("utf8").replaceAll("six", "ten");
    const report = await verifyFiles(await resealed(sample.files, { [messages]: text }, null));
    expect(detailOf(report, "signature")).toMatch(/^BAD SIGNATURE/);
    expect(report.checks.find(({ id }) => id === "payload")?.outcome).toBe("pass");
  });

  it("is ALTERED in its journal where a line was changed and all was signed again", async () => {
    const text = contentOf(sample.files, "data/custody.jsonl").toString("utf8");
    const forged = text.replace('"actor":"analyst"', '"actor":"nobody"');
    const files = await resealed(sample.files, { "data/custody.jsonl": forged }, ANALYST);
    expect(detailOf(await verifyFiles(files), "custody")).toMatch(/^ALTERED: line 1/);
  });

  it("is INCOMPLETE in its journal where the line of an acquisition was left out", async () => {
    const [, ...others] = contentOf(sample.files, "data/custody.jsonl")
      .toString("utf8")
      .split("\n");
    const files = await resealed(
      sample.files,
      { "data/custody.jsonl": others.join("\n") },
      ANALYST,
    );
    expect(detailOf(await verifyFiles(files), "custody")).toMatch(/^INCOMPLETE: .*artifact 1$/);
  });

  it("is ALTERED where a slice is not the one its digest was made of, though signed", async () => {
    const text = contentOf(sample.files, messages).toString("utf8");
    const forged = text.replace('"raw":"12/03/2024, 09:15', '"raw":"12/03/2024, 09:35');
    const report = await verifyFiles(await resealed(sample.files, { [messages]: forged }, ANALYST));
    expect(detailOf(report, "records")).toMatch(/^ALTERED: the slice of message 1/);
  });

  it("is ALTERED in its counts where a row was left out, though signed", async () => {
    const [first, , ...rest] = contentOf(sample.files, messages).toString("utf8").split("\n");
    const files = await resealed(
      sample.files,
      { [messages]: [first, ...rest].join("\n") },
      ANALYST,
    );
    const report = await verifyFiles(files);
    expect(detailOf(report, "counts")).toMatch(/^ALTERED/);
    expect(detailOf(report, "manifest")).toMatch(/^ALTERED: bundle\.json names another digest/);
  });

  it("is in BAD FORMAT where a row says a name twice, though signed", async () => {
    const text = contentOf(sample.files, messages).toString("utf8");
    const twice = text.replace('"kind":"text"', '"kind":"call","kind":"text"');
    const report = await verifyFiles(await resealed(sample.files, { [messages]: twice }, ANALYST));
    expect(detailOf(report, "records")).toMatch(/^BAD FORMAT: line 1 of data\/messages/);
  });

  it("is ALTERED where the report is that of another bundle", async () => {
    const other = await makeSample(join(folder.path), { production: 2 });
    const pdf = contentOf(other.files, "data/report.pdf");
    const report = await verifyFiles(
      await resealed(sample.files, { "data/report.pdf": pdf }, ANALYST),
    );
    expect(detailOf(report, "report")).toMatch(/^ALTERED: ExhibitaBundle/);
    expect(failing(report)).toEqual(["report"]);
  });
});

describe("bundle.json, though signed", () => {
  it("is UNSUPPORTED in another schema", async () => {
    const files = await resealed(sample.files, { "bundle.json": record({ schema: 2 }) }, ANALYST);
    expect(detailOf(await verifyFiles(files), "manifest")).toMatch(/^UNSUPPORTED/);
  });

  it("is in BAD FORMAT with a name twice", async () => {
    const text = contentOf(sample.files, "bundle.json").toString("utf8");
    const twice = text.replace('"authority":null', '"authority":"x","authority":null');
    const files = await resealed(sample.files, { "bundle.json": twice }, ANALYST);
    expect(detailOf(await verifyFiles(files), "manifest")).toMatch(/^BAD FORMAT/);
  });

  it("is in BAD FORMAT where a count is missing", async () => {
    const files = await resealed(sample.files, { "bundle.json": record({ counts: {} }) }, ANALYST);
    expect(detailOf(await verifyFiles(files), "manifest")).toMatch(/^BAD FORMAT/);
  });

  it("fails time where it expects a time-stamp that is not there", async () => {
    const files = await resealed(
      sample.files,
      { "bundle.json": record({ timestamp: "expected" }) },
      ANALYST,
    );
    expect(detailOf(await verifyFiles(files), "time")).toMatch(/^INCOMPLETE/);
  });
});

function record(change: object): string {
  const value: object = JSON.parse(contentOf(sample.files, "bundle.json").toString("utf8"));
  const sorted = Object.entries({ ...value, ...change }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted))}\n`;
}

describe("a bundle whose signature was changed", () => {
  it("is UNSIGNED without one", async () => {
    const files = changed(sample.files, { "META-INF/signature001.p7s": null });
    expect(detailOf(await verifyFiles(files), "signature")).toMatch(/^UNSIGNED/);
  });

  it("has a BAD SIGNATURE with that of another bundle", async () => {
    const other = await makeSample(join(folder.path), { production: 3 });
    const signature = contentOf(other.files, "META-INF/signature001.p7s");
    const files = changed(sample.files, { "META-INF/signature001.p7s": signature });
    const report = await verifyFiles(files);
    expect(detailOf(report, "signature")).toMatch(/^BAD SIGNATURE/);
    expect(detailOf(report, "signer")).toMatch(/^NOT CHECKED/);
  });

  it("names both signer and root as unknown where another key signed all of it", async () => {
    const stranger = makeSigner("P-256", makeRoot("Stranger root"));
    const other = await makeSample(join(folder.path), { production: 4, signer: stranger });
    const report = await verifyFile(other.path, trusting());
    expect(report.verdict).toBe("indeterminate");
    expect(detailOf(report, "signer")).toMatch(/^UNTRUSTED/);
    expect(report.signers.map((signer) => signer.root)).toEqual([null, null]);
  });

  it("fails where certs/ holds another certificate than the signature", async () => {
    const { certificate } = makeRoot("Stranger root");
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate)
      .toString("base64")
      .replaceAll(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`;
    const files = await resealed(sample.files, { "certs/signer-chain.pem": pem }, ANALYST);
    expect(detailOf(await verifyFiles(files), "signature")).toMatch(/^ALTERED/);
  });
});
