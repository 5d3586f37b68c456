import { readSignedPdf, type SignedPdf } from "../../bundle/pdf.ts";
import type { Check, ValidationReport } from "../../model/validation.ts";
import { verdictOf } from "../../model/validation.ts";
import { checkDetached, type SignatureCheck, type Verdict } from "../../signature/check.ts";
import type { StatedTime } from "../../signature/timestamp/check.ts";
import type { VerifyOptions } from "./options.ts";
import { count, judged } from "./outcome.ts";
import { afterRevocation } from "./revoked.ts";
import { signerCheck, unidentified } from "./signature.ts";
import { judgeToken, type Stamps, timestampReports } from "./stamps.ts";
import { claimedTime, timeVerdict } from "./time.ts";

/** A report by itself: one revision, whole, by whom, when. */
export function verifyPdf(path: string, pdf: Buffer, options: VerifyOptions): ValidationReport {
  const read = readSignedPdf(pdf);
  const found = checkedSignature(read, options);
  const signature = signatureChecks(path, read, found, options);
  const checks: Check[] = [
    judged(
      "container",
      path,
      read.problems,
      `one revision, signed but for its own signature: all of ${count(pdf.length)} bytes`,
    ),
    ...signature.checks,
  ];
  const signer = found?.signer ?? null;
  return {
    verdict: verdictOf(checks),
    file: path,
    checks,
    signers: signer === null ? [] : [{ ...signer, claimedTime: read.claimedTime }],
    timestamps: timestampReports(signature.stated),
    bundle: Object.fromEntries(read.info),
  };
}

function checkedSignature(read: SignedPdf, options: VerifyOptions): SignatureCheck | null {
  if (read.signature === null) return null;
  return checkDetached(read.signature, read.signedBytes(), {
    roots: options.roots,
    at: options.at ?? options.now,
    certificates: null,
    signingTime: "forbidden",
  });
}

function signatureChecks(
  path: string,
  read: SignedPdf,
  found: SignatureCheck | null,
  options: VerifyOptions,
): { readonly checks: readonly Check[]; readonly stated: readonly StatedTime[] } {
  if (found === null) {
    const problem = { word: "UNSIGNED", detail: "there is no signature that can be read" } as const;
    const unsigned = judged("signature", path, [problem], "");
    return { checks: [unsigned, ...unidentified(path)], stated: [] };
  }
  const intact = judged("signature", path, found.problems, "intact");
  if (intact.outcome === "fail") return { checks: [intact, ...unidentified(path)], stated: [] };
  const stamps: Stamps = { problems: [], stated: [] };
  if (found.timestampToken !== null && found.value !== null) {
    judgeToken(found.timestampToken, found.value, stamps, options);
  }
  const time = timeCheck(path, read, found, stamps, options);
  return { checks: [intact, signerCheck(found, path), time], stated: stamps.stated };
}

/** In a PDF the claimed time is the dictionary's /M, which the signature covers. */
function timeCheck(
  path: string,
  read: SignedPdf,
  found: SignatureCheck,
  stamps: Stamps,
  options: VerifyOptions,
): Check {
  if (stamps.problems.length > 0) return judged("time", path, stamps.problems, "");
  const stated = read.claimedTime;
  if (stamps.stated.length === 0)
    return { id: "time", subject: path, ...claimOf(read, found, options) };
  const claimed = stated === null ? null : new Date(stated);
  // Nothing covers the token of a report by itself, as the last time assertion does in a bundle.
  const stray = stamps.stated.find((each) => each.stray !== null)?.stray;
  if (stray !== undefined && stray !== null) {
    return { id: "time", subject: path, outcome: "indeterminate", detail: stray };
  }
  const { outcome, detail } = timeVerdict(found, stamps.stated, options, claimed);
  const states = `${detail}; the report states ${stated ?? "none"}`;
  return { id: "time", subject: path, outcome, detail: states };
}

function claimOf(read: SignedPdf, found: SignatureCheck, options: VerifyOptions): Verdict {
  const { outcome, detail } = afterRevocation(
    claimedTime(found.time, options),
    found,
    null,
    options,
  );
  const time = read.claimedTime ?? "none";
  const { signer } = found;
  const at = Date.parse(time);
  const isOutside =
    signer !== null && (at < Date.parse(signer.validFrom) || at > Date.parse(signer.validTo));
  return {
    outcome: outcome === "pass" && isOutside ? "indeterminate" : outcome,
    detail: `${detail}; the report states ${time}${isOutside ? ", outside its certificate" : ""}`,
  };
}
