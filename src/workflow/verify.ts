import { closeSync } from "node:fs";
import { bytesOf, openRegular } from "../bundle/bytes.ts";
import { openBundle, type StrictBundle } from "../bundle/read.ts";
import { Failure } from "../model/failure.ts";
import type { Check, ValidationReport } from "../model/validation.ts";
import { verdictOf } from "../model/validation.ts";
import { checkAnchor } from "./verify/anchor.ts";
import { checkContainer, checkNames, checkPayload, checkUnlisted } from "./verify/container.ts";
import { type Contents, readContents } from "./verify/contents.ts";
import { checkCustody } from "./verify/custody.ts";
import { checkManifest } from "./verify/manifest.ts";
import type { VerifyOptions } from "./verify/options.ts";
import { verifyPdf } from "./verify/pdf.ts";
import { checkReport, MAX_REPORT } from "./verify/report.ts";
import { checkRows } from "./verify/rows.ts";
import { checkSignature } from "./verify/signature.ts";
import { timestampReports } from "./verify/stamps.ts";

export type { VerifyOptions } from "./verify/options.ts";

/**
 * Checks a bundle, or a signed report by itself; which of the two is told by content. Every check is
 * made whatever another found, and what is wrong with the file is in the report, never thrown. Nothing
 * is written, but for a private copy of an archive that has to be looked into.
 *
 * @throws Failure `not-found` or `not-readable` for a path that is no readable file, `usage` or
 *   `integrity` for an anchor that is not of the case or does not pass itself
 */
export async function verifyFile(path: string, options: VerifyOptions): Promise<ValidationReport> {
  const pdf = readPdf(path);
  if (pdf !== null) return verifyPdf(path, pdf, options);
  await refuseBadAnchor(options);
  const bundle = openBundle(path);
  try {
    return await verifyBundle(bundle, options);
  } finally {
    bundle.close();
  }
}

/** The bytes of a file that begins as a PDF; null for any other. */
function readPdf(path: string): Buffer | null {
  const handle = openRegular(path);
  try {
    const bytes = bytesOf(handle);
    if (bytes.at(0, 5).toString("latin1") !== "%PDF-") return null;
    if (bytes.size > MAX_REPORT) throw new Failure("not-readable", `${path} is too large a PDF`);
    return bytes.at(0, bytes.size);
  } finally {
    closeSync(handle);
  }
}

async function verifyBundle(
  bundle: StrictBundle,
  options: VerifyOptions,
): Promise<ValidationReport> {
  const contents = readContents(bundle);
  const signature = checkSignature(bundle, contents, options);
  const report = checkReport(bundle, contents, options);
  const checks: readonly Check[] = [
    checkContainer(bundle, bundle.path),
    checkNames(bundle, bundle.path),
    checkManifest(bundle, contents),
    checkPayload(bundle, contents),
    checkUnlisted(bundle, contents),
    ...signature.checks,
    custodyCheck(bundle, contents, options),
    ...(await checkRows(bundle, contents, options)),
    report.check,
  ];
  return {
    verdict: verdictOf(checks),
    file: bundle.path,
    checks,
    signers: [signature.signer, report.signer].filter((signer) => signer !== null),
    timestamps: timestampReports(signature.stated),
    bundle: contents.record,
  };
}

function custodyCheck(bundle: StrictBundle, contents: Contents, options: VerifyOptions): Check {
  const custody = checkCustody(bundle, contents);
  if (options.anchor === null) return custody;
  return checkAnchor(custody, bundle, contents, options.anchor);
}

/** Who signed the anchor is the same question as for the bundle; that it was altered is not. */
async function refuseBadAnchor(options: VerifyOptions): Promise<void> {
  if (options.anchor === null) return;
  const { verdict } = await verifyFile(options.anchor, { ...options, against: [], anchor: null });
  if (verdict !== "failed") return;
  throw new Failure("integrity", `${options.anchor} does not verify, and can anchor nothing`);
}
