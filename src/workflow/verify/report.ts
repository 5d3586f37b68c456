import { MESSAGES, REPORT } from "../../bundle/names.ts";
import { readSignedPdf, type SignedPdf } from "../../bundle/pdf.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { canonical } from "../../hash/canonical.ts";
import { Failure } from "../../model/failure.ts";
import type { BundleRecord } from "../../model/production.ts";
import type { Check, SignerReport } from "../../model/validation.ts";
import { checkDetached } from "../../signature/check.ts";
import type { Contents } from "./contents.ts";
import type { VerifyOptions } from "./options.ts";
import { judged, notChecked } from "./outcome.ts";

/** A report of a whole telephone stays below this; it is held in memory. */
export const MAX_REPORT: number = 1 << 30;

/**
 * The report signs itself, is the one that bundle.json names, and says of itself that it shows this
 * bundle's data. That its pages do is for `reproduce` to show.
 */
export function checkReport(
  bundle: StrictBundle,
  contents: Contents,
  options: VerifyOptions,
): { readonly check: Check; readonly signer: SignerReport | null } {
  const bytes = readReport(bundle);
  if (bytes === null) {
    return { check: notChecked("report", REPORT, "the report cannot be read"), signer: null };
  }
  const pdf = readSignedPdf(bytes);
  const problems: Problem[] = [...pdf.problems];
  let signer: SignerReport | null = null;
  if (pdf.signature !== null) {
    const found = checkDetached(pdf.signature, pdf.signedBytes(), {
      roots: options.roots,
      at: options.at ?? options.now,
      certificates: contents.chain,
      signingTime: "forbidden",
      file: REPORT,
    });
    problems.push(...found.problems);
    signer = found.signer === null ? null : { ...found.signer, claimedTime: pdf.claimedTime };
  }
  if (contents.record === null) {
    problems.push({ word: "NOT CHECKED", detail: "bundle.json cannot be read" });
  } else {
    problems.push(...foreign(pdf, contents.record));
  }
  const passed = `signed by itself, and made for this bundle and this ${MESSAGES}`;
  return { check: judged("report", REPORT, problems, passed), signer };
}

function readReport(bundle: StrictBundle): Buffer | null {
  try {
    return bundle.read(REPORT, MAX_REPORT);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** The keys of the information dictionary that tie a report to its bundle. */
function foreign({ info, unsignedSha256 }: SignedPdf, record: BundleRecord): readonly Problem[] {
  const { messages, events, exceptions, attachments, withheld } = record.counts;
  const expected: readonly (readonly [string, string])[] = [
    ["ExhibitaBundle", record.id],
    ["ExhibitaExtract", record.extractSha256],
    ["ExhibitaCounts", canonical({ messages, events, exceptions, attachments, withheld })],
  ];
  const problems = expected
    .filter(([key, value]) => info.get(key) !== value)
    .map(([key]): Problem => ({ word: "ALTERED", detail: `${key} is not that of this bundle` }));
  if (unsignedSha256 !== record.unsignedPdfSha256) {
    problems.push({ word: "ALTERED", detail: "before it was signed it was another file" });
  }
  return problems;
}
