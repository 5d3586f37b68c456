/** What a revocation notice makes of bundles and reports, stamped and not. */
import { sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Signer } from "../../src/model/signature.ts";
import type { ValidationReport } from "../../src/model/validation.ts";
import { readCertificate } from "../../src/signature/certificate.ts";
import { signDetached } from "../../src/signature/cms.ts";
import {
  noticeContent,
  noticeText,
  readNotice,
  type RevocationNotice,
} from "../../src/signature/revocation.ts";
import { timestampAuthority } from "../../src/signature/timestamp/authority.ts";
import { verifyFile } from "../../src/workflow/verify.ts";
import { contentOf } from "../bundle/reseal.ts";
import {
  AGENCY,
  ANALYST,
  makeSample,
  type Sample,
  scratch,
  SIGNED_AT,
  trusting,
} from "../bundle/sample.ts";
import { makeClockHouse } from "./clock-house.ts";
import { fixedEnvironment, NOW, trusted } from "./pki.ts";
import { serveClockHouse, type Tsa } from "./tsa.ts";

const house = makeClockHouse();
const [plainFolder, stampedFolder] = [scratch(), scratch()];
let plain: Sample;
let stamped: Sample;
let tsa: Tsa;

beforeAll(async () => {
  tsa = await serveClockHouse(house);
  const { random } = fixedEnvironment();
  const { signal } = new AbortController();
  const asked = { roots: [], random, now: () => SIGNED_AT.getTime(), signal };
  plain = await makeSample(plainFolder.path);
  const authorities = [timestampAuthority(tsa.url, asked)];
  stamped = await makeSample(stampedFolder.path, { authorities });
});
afterAll(async () => {
  await tsa.close();
  plainFolder.remove();
  stampedFolder.remove();
});

/** The agency's root, as it signs notices. */
const ROOT: Signer = {
  id: "root",
  holder: "Harbour Unit root",
  algorithm: "ecdsa-p384-sha384",
  chain: [AGENCY.certificate],
  sign: async (bytes) => sign("sha384", bytes, AGENCY.keys.privateKey),
};

async function noticeAsOf(revoked: string, of = ANALYST.chain[0]): Promise<RevocationNotice> {
  const certificate = of === undefined ? null : readCertificate(of);
  if (certificate === null) throw new Error("the certificate cannot be read");
  const content = noticeContent(certificate, { reason: "key-compromise", revoked, note: null });
  const signature = await signDetached(content, ROOT, { signingTime: NOW });
  return readNotice(noticeText(certificate, content, signature), "notice.txt");
}

async function verdictOf(path: string, notice: RevocationNotice): Promise<readonly unknown[]> {
  const roots = trusted(AGENCY.certificate, house.root.certificate);
  const report: ValidationReport = await verifyFile(path, trusting({ roots, revoked: [notice] }));
  const doubtful = report.checks.filter(({ outcome }) => outcome !== "pass");
  return [report.verdict, ...doubtful.map(({ id, outcome }) => `${id} ${outcome}`)];
}

const BEFORE = "2026-03-02T09:29:59Z";
const AFTER = "2026-03-02T12:00:00Z";
const DOUBTED = ["indeterminate", "time indeterminate"];

describe("a bundle of a revoked signer", () => {
  it("passes where it was stamped before the revocation", async () => {
    expect(await verdictOf(stamped.path, await noticeAsOf(AFTER))).toEqual(["passed"]);
  });

  it("is doubtful where it was stamped after, or at the very second", async () => {
    expect(await verdictOf(stamped.path, await noticeAsOf(BEFORE))).toEqual(DOUBTED);
    expect(await verdictOf(stamped.path, await noticeAsOf("2026-03-02T09:30:00Z"))).toEqual(
      DOUBTED,
    );
  });

  it("is doubtful without a trusted time, even where it claims one from before", async () => {
    expect(await verdictOf(plain.path, await noticeAsOf(AFTER))).toEqual(DOUBTED);
    const report = await verifyFile(plain.path, trusting({ revoked: [await noticeAsOf(AFTER)] }));
    const time = report.checks.find(({ id }) => id === "time");
    expect(time?.detail).toContain(
      "was revoked as of 2026-03-02T12:00:00Z by Harbour Unit root (key-compromise), and no trusted time shows that the signature is older",
    );
  });

  it("is doubtful where the root itself was withdrawn", async () => {
    const notice = await noticeAsOf(BEFORE, AGENCY.certificate);
    expect(await verdictOf(plain.path, notice)).toEqual(DOUBTED);
  });

  it("is untouched by a notice on another certificate", async () => {
    const other = { ...(await noticeAsOf(BEFORE)), certificate: "ab".repeat(32) };
    expect(await verdictOf(plain.path, other)).toEqual(["passed"]);
  });
});

function report(sample: Sample): string {
  const path = join(sample.sources, "..", "report.pdf");
  writeFileSync(path, contentOf(sample.files, "data/report.pdf"));
  return path;
}

describe("a report by itself, of a revoked signer", () => {
  it("is judged as its bundle is", async () => {
    expect(await verdictOf(report(stamped), await noticeAsOf(AFTER))).toEqual(["passed"]);
    expect(await verdictOf(report(stamped), await noticeAsOf(BEFORE))).toEqual(DOUBTED);
    expect(await verdictOf(report(plain), await noticeAsOf(AFTER))).toEqual(DOUBTED);
  });
});
