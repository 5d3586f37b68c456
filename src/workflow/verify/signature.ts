import { ASIC_MANIFEST, SIGNATURE } from "../../bundle/names.ts";
import type { StrictBundle } from "../../bundle/read.ts";
import type { Check, SignerReport } from "../../model/validation.ts";
import { checkDetached, type SignatureCheck } from "../../signature/check.ts";
import type { StatedTime } from "../../signature/timestamp/check.ts";
import type { Contents } from "./contents.ts";
import type { VerifyOptions } from "./options.ts";
import { judged, notChecked } from "./outcome.ts";
import { checkTime } from "./time.ts";

/** The three lines on a signature: intact, by whom, when. */
export interface SignatureChecks {
  readonly checks: readonly Check[];
  readonly signer: SignerReport | null;
  /** What the tokens say, of signatures that are intact. */
  readonly stated: readonly StatedTime[];
}

/** The signature over the signed list: intact, by whom, when. Each is a check of its own. */
export function checkSignature(
  bundle: StrictBundle,
  contents: Contents,
  options: VerifyOptions,
): SignatureChecks {
  const { signature, asicBytes } = contents;
  if (signature === null || asicBytes === null) {
    const word = signature === null ? "UNSIGNED" : "NOT CHECKED";
    const missing = signature === null ? SIGNATURE : ASIC_MANIFEST;
    const check = judged("signature", SIGNATURE, [{ word, detail: `there is no ${missing}` }], "");
    return { checks: [check, ...unidentified(SIGNATURE)], signer: null, stated: [] };
  }
  const found = checkDetached(signature, asicBytes, {
    roots: options.roots,
    at: options.at ?? options.now,
    certificates: contents.chain,
    signingTime: "required",
    file: SIGNATURE,
  });
  const intact = judged("signature", SIGNATURE, found.problems, `over ${ASIC_MANIFEST}, intact`);
  const { signer } = found;
  if (intact.outcome === "fail") {
    return { checks: [intact, ...unidentified(SIGNATURE)], signer, stated: [] };
  }
  const time = checkTime(bundle, contents, found, options);
  const checks = [intact, signerCheck(found, SIGNATURE), time.check];
  return { checks, signer, stated: time.stated };
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
