import type { SignatureCheck, Verdict } from "../../signature/check.ts";
import { judgeRevocation } from "../../signature/revocation.ts";
import type { VerifyOptions } from "./options.ts";

/**
 * What is left of a verdict on the time when a certificate of the path was withdrawn: without a trusted
 * time before that, no more than indeterminate.
 *
 * @param trusted the time that an authority trusted here states; null where none does
 */
export function afterRevocation(
  verdict: Verdict,
  { fingerprints }: SignatureCheck,
  trusted: Date | null,
  options: VerifyOptions,
): Verdict {
  const revoked = fingerprints
    .map((each) => judgeRevocation(options.revoked ?? [], each, trusted))
    .filter((each) => each !== null);
  const doubt = revoked.find(({ outcome }) => outcome !== "pass");
  return {
    outcome: verdict.outcome === "pass" ? (doubt?.outcome ?? "pass") : verdict.outcome,
    detail: [...revoked, verdict].map(({ detail }) => detail).join("; "),
  };
}
