import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSignedPdf } from "../../src/bundle/pdf.ts";
import { sealPdf } from "../../src/bundle/seal-pdf.ts";
import { sha256 } from "../../src/hash/digest.ts";
import type { DrawnPdf } from "../../src/model/pdf.ts";
import type { ValidationReport } from "../../src/model/validation.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import { ANALYST, scratch, SIGNED_AT, trusting } from "../bundle/sample.ts";
import { drawPdf } from "../bundle/sample-pdf.ts";

const folder = scratch();
let drawn: DrawnPdf;
let pdf: Buffer;
beforeAll(async () => {
  drawn = drawPdf({ ExhibitaBundle: "2024-00311-P001", ExhibitaCounts: '{"messages":5}' });
  pdf = await seal(drawn);
});
afterAll(folder.remove);

function cms(bytes: Uint8Array): Promise<Uint8Array> {
  return signDetached(bytes, ANALYST, { signingTime: null });
}

function seal(unsigned: DrawnPdf): Promise<Buffer> {
  return sealPdf(unsigned, cms, SIGNED_AT);
}

async function verifyPdf(content: Buffer): Promise<ValidationReport> {
  const path = join(folder.path, "report.pdf");
  writeFileSync(path, content);
  return verifyFile(path, trusting());
}

async function failureOf(content: Buffer): Promise<string> {
  const report = await verifyPdf(content);
  expect(report.verdict).toBe("failed");
  const failed = report.checks.filter((check) => check.outcome === "fail");
  return failed.map((check) => `${check.id} ${check.detail}`).join("\n");
}

function patched(offset: number, text: string): Buffer {
  const copy = Buffer.from(pdf);
  copy.write(text, offset, "latin1");
  return copy;
}

describe("a signed report by itself", () => {
  it("passes its four checks", async () => {
    const report = await verifyPdf(pdf);
    expect(report.checks.map((check) => `${check.id} ${check.outcome}`)).toEqual([
      "container pass",
      "signature pass",
      "signer pass",
      "time pass",
    ]);
    expect(report.signers[0]?.claimedTime).toBe("2026-03-02T09:30:00Z");
    expect(report.bundle).toMatchObject({ ExhibitaBundle: "2024-00311-P001" });
  });

  it("gives back the digest it had before it was signed", () => {
    expect(readSignedPdf(pdf).unsignedSha256).toBe(sha256(drawn.bytes));
  });

  it("is ALTERED with a second revision", async () => {
    const update = `\n9 0 obj\n<<\n>>\nendobj\nxref\n0 0\ntrailer\n<<\n/Prev 9\n>>\nstartxref\n${pdf.length}\n%%EOF\n`;
    const detail = await failureOf(Buffer.concat([pdf, Buffer.from(update)]));
    expect(detail).toMatch(/^container ALTERED/);
  });

  it("is ALTERED with bytes after its end", async () => {
    expect(await failureOf(Buffer.concat([pdf, Buffer.from(" ")]))).toMatch(/^container ALTERED/);
  });

  it("has a BAD SIGNATURE where its ByteRange is another", async () => {
    const { offset } = drawn.byteRange;
    for (const range of ["[0 10 20 30]", "[0 100]", "[1 2 3 4]"]) {
      expect(await failureOf(patched(offset, range.padEnd(36)))).toMatch(/BAD SIGNATURE|ALTERED/);
    }
  });

  it("has a BAD SIGNATURE where something hides in the room after the CMS", async () => {
    const { offset, length } = drawn.contents;
    expect(await failureOf(patched(offset + length - 9, "1"))).toMatch(/container BAD SIGNATURE/);
    expect(await failureOf(patched(offset + length - 9, "g"))).toMatch(/container BAD SIGNATURE/);
    expect(await failureOf(patched(offset + length - 9, " "))).toMatch(/container BAD SIGNATURE/);
  });

  it("has a BAD SIGNATURE where hex is written in capitals", async () => {
    const { offset, length } = drawn.contents;
    const hex = pdf.toString("latin1", offset, offset + length).toUpperCase();
    expect(await failureOf(patched(offset, hex))).toMatch(/container BAD SIGNATURE/);
  });

  it("has a BAD SIGNATURE where its time was moved", async () => {
    expect(await failureOf(patched(drawn.time.offset, "(D:20270101"))).toMatch(/BAD SIGNATURE/);
  });

  it("is UNSIGNED as drawn", async () => {
    const detail = await failureOf(drawn.bytes);
    expect(detail).toMatch(/^container BAD SIGNATURE/m);
    expect(detail).toMatch(/^signature UNSIGNED/m);
  });

  it("never passes with a byte flipped, in 150 places", { timeout: 60_000 }, async () => {
    const step = Math.floor(pdf.length / 150);
    for (let at = 3; at < pdf.length; at += step) {
      const flipped = Buffer.from(pdf);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 4, at);
      expect((await verifyPdf(flipped)).verdict, `byte ${at}`).toBe("failed");
    }
  });

  it("never passes cut short", async () => {
    for (const length of [5, 6, 20, 500, pdf.length - 1000, pdf.length - 1]) {
      expect(await failureOf(pdf.subarray(0, length))).toMatch(/^container ALTERED/);
    }
  });
});
