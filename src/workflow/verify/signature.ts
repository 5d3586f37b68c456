import { ASIC_MANIFEST, SIGNATURE } from "../../bundle/names.ts";
import type { BundleRecord } from "../../model/production.ts";
import type { Check, SignerReport } from "../../model/validation.ts";
import { checkDetached, type SignatureCheck, type Verdict } from "../../signature/check.ts";
import type { Contents } from "./contents.ts";
import type { VerifyOptions } from "./options.ts";
import { judged, notChecked } from "./outcome.ts";

/** The three lines on a signature: intact, by whom, when. */
export interface SignatureChecks {
  readonly checks: readonly Check[];
  readonly signer: SignerReport | null;
}

/** The signature over the signed list: intact, by whom, when. Each is a check of its own. */
export function checkSignature(contents: Contents, options: VerifyOptions): SignatureChecks {
  const { signature, asicBytes } = contents;
  if (signature === null || asicBytes === null) {
    const word = signature === null ? "UNSIGNED" : "NOT CHECKED";
    const missing = signature === null ? SIGNATURE : ASIC_MANIFEST;
    const check = judged("signature", SIGNATURE, [{ word, detail: `there is no ${missing}` }], "");
    return { checks: [check, ...unidentified(SIGNATURE)], signer: null };
  }
  const found = checkDetached(signature, asicBytes, {
    roots: options.roots,
    at: options.at ?? options.now,
    certificates: contents.chain,
    signingTime: "required",
    file: SIGNATURE,
  });
  const intact = judged("signature", SIGNATURE, found.problems, `over ${ASIC_MANIFEST}, intact`);
  const rest =
    intact.outcome === "pass"
      ? [signerCheck(found, SIGNATURE), timeCheck(found, contents.record, options)]
      : unidentified(SIGNATURE);
  return { checks: [intact, ...rest], signer: found.signer };
}

/** Nobody is named by a signature that is not intact, whatever certificate lies beside it. */
export function unidentified(subject: string): readonly Check[] {
  const why = "there is no intact signature";
  return [notChecked("signer", subject, why), notChecked("time", subject, why)];
}

/** Whether a trusted root stands behind the signer. */
export function signerCheck(found: SignatureCheck, subject: string): Check {
  const { outcome, detail } = found.path;
  const who =
    found.signer === null ? "" : `${found.signer.holder}, SHA-256 ${found.signer.fingerprint}: `;
  const word = outcome === "indeterminate" ? "UNTRUSTED: " : outcome === "fail" ? "BAD KEY: " : "";
  return { id: "signer", subject, outcome, detail: `${word}${who}${detail}` };
}

/** The claimed time, held against what bundle.json says is to be expected. */
function timeCheck(
  found: SignatureCheck,
  record: BundleRecord | null,
  options: VerifyOptions,
): Check {
  const hasToken = found.timestampToken !== null;
  if (record === null) return notChecked("time", SIGNATURE, "bundle.json cannot be read");
  if (hasToken && record.timestamp === "none") {
    const detail = "a time-stamp was added where none is expected";
    return judged("time", SIGNATURE, [{ word: "ALTERED", detail }], "");
  }
  if (!hasToken && record.timestamp === "expected") {
    const detail = "the time-stamp that bundle.json expects is missing";
    return judged("time", SIGNATURE, [{ word: "INCOMPLETE", detail }], "");
  }
  if (hasToken) {
    const detail = "this version judges no time-stamps";
    return judged("time", SIGNATURE, [{ word: "UNSUPPORTED", detail }], "");
  }
  return { id: "time", subject: SIGNATURE, ...claimed(found.time, options) };
}

/** A claim passes unless a trusted time was asked for. */
export function claimed(time: Verdict, options: VerifyOptions): Verdict {
  if (time.outcome !== "pass" || !options.requireTime) return time;
  return { outcome: "indeterminate", detail: `a trusted time is required; ${time.detail}` };
}
