import { MESSAGES, REPORT } from "../../bundle/names.ts";
import { readSignedPdf, type SignedPdf } from "../../bundle/pdf.ts";
import type { Problem } from "../../bundle/problem.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import { canonical } from "../../hash/canonical.ts";
import { Failure } from "../../model/failure.ts";
import type { BundleRecord } from "../../model/production.ts";
import type { Check, SignerReport } from "../../model/validation.ts";
import { checkDetached, type SignatureCheck } from "../../signature/check.ts";
import type { Contents } from "./contents.ts";
import type { VerifyOptions } from "./options.ts";
import { judged, notChecked } from "./outcome.ts";
import { judgeToken, type Stamps } from "./stamps.ts";

/** A report of a whole telephone stays below this; it is held in memory. */
export const MAX_REPORT: number = 1 << 30;

/** What was found of the report. */
export interface ReportFindings {
  readonly check: Check;
  readonly signer: SignerReport | null;
}

/**
 * The report signs itself, is the one that bundle.json names, and says of itself that it shows this
 * bundle's data. That its pages do is for `reproduce` to show.
 */
export function checkReport(
  bundle: StrictBundle,
  contents: Contents,
  options: VerifyOptions,
): ReportFindings {
  const bytes = readReport(bundle);
  if (bytes === null) {
    const check = notChecked("report", REPORT, "the report cannot be read");
    return { check, signer: null };
  }
  const pdf = readSignedPdf(bytes);
  const problems: Problem[] = [...pdf.problems];
  const stamps: Stamps = { problems, stated: [] };
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
    judgeStamp(found, contents.record, stamps, options);
    signer = found.signer === null ? null : { ...found.signer, claimedTime: pdf.claimedTime };
  }
  if (contents.record === null) {
    problems.push({ word: "NOT CHECKED", detail: "bundle.json cannot be read" });
  } else {
    problems.push(...foreign(pdf, contents.record));
  }
  const stamp = stamps.stated.map(({ text, authority }) => ` before ${text}, says ${authority},`);
  const passed = `signed by itself${stamp.join("") || ","} and made for this bundle and this ${MESSAGES}`;
  return { check: judged("report", REPORT, problems, passed), signer };
}

/** A report is stamped when it is made or never: a time-stamp that comes later is the bundle's alone. */
function judgeStamp(
  { timestampToken, value }: SignatureCheck,
  record: BundleRecord | null,
  stamps: Stamps,
  options: VerifyOptions,
): void {
  const isExpected = record?.timestamp === "expected";
  if (timestampToken === null || value === null) {
    const detail = "the time-stamp that bundle.json expects is missing";
    if (isExpected) stamps.problems.push({ word: "INCOMPLETE", detail });
  } else if (record !== null && !isExpected) {
    const detail = "a time-stamp was added where none is expected";
    stamps.problems.push({ word: "ALTERED", detail });
  } else {
    judgeToken(timestampToken, value, stamps, options);
  }
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
