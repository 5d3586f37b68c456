import { readSignedPdf, type SignedPdf } from "../../bundle/pdf.ts";
import type { Check, ValidationReport } from "../../model/validation.ts";
import { verdictOf } from "../../model/validation.ts";
import { checkDetached, type SignatureCheck } from "../../signature/check.ts";
import type { VerifyOptions } from "./options.ts";
import { count, judged } from "./outcome.ts";
import { claimed, signerCheck, unidentified } from "./signature.ts";

/** A report by itself: one revision, whole, by whom, when. */
export function verifyPdf(path: string, pdf: Buffer, options: VerifyOptions): ValidationReport {
  const read = readSignedPdf(pdf);
  const found = checkedSignature(read, options);
  const checks: Check[] = [
    judged(
      "container",
      path,
      read.problems,
      `one revision, signed but for its own signature: all of ${count(pdf.length)} bytes`,
    ),
    ...signatureChecks(path, read, found, options),
  ];
  const signer = found?.signer ?? null;
  return {
    verdict: verdictOf(checks),
    file: path,
    checks,
    signers: signer === null ? [] : [{ ...signer, claimedTime: read.claimedTime }],
    timestamps: [],
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
): readonly Check[] {
  if (found === null) {
    const problem = { word: "UNSIGNED", detail: "there is no signature that can be read" } as const;
    return [judged("signature", path, [problem], ""), ...unidentified(path)];
  }
  const intact = judged("signature", path, found.problems, "intact");
  if (intact.outcome === "fail") return [intact, ...unidentified(path)];
  return [intact, signerCheck(found, path), timeCheck(path, read, found, options)];
}

/** In a PDF the claimed time is the dictionary's /M, which the signature covers. */
function timeCheck(
  path: string,
  read: SignedPdf,
  found: SignatureCheck,
  options: VerifyOptions,
): Check {
  if (found.timestampToken !== null) {
    const detail = "this version judges no time-stamps";
    return judged("time", path, [{ word: "UNSUPPORTED", detail }], "");
  }
  const { outcome, detail } = claimed(found.time, options);
  const time = read.claimedTime ?? "none";
  const { signer } = found;
  const at = Date.parse(time);
  const isOutside =
    signer !== null && (at < Date.parse(signer.validFrom) || at > Date.parse(signer.validTo));
  return {
    id: "time",
    subject: path,
    outcome: outcome === "pass" && isOutside ? "indeterminate" : outcome,
    detail: `${detail}; the report states ${time}${isOutside ? ", outside its certificate" : ""}`,
  };
}
