import type { TrustedRoot } from "../../model/signature.ts";
import type { RevocationNotice } from "../../signature/revocation.ts";

/** What the person verifying brings along; nothing of it comes from the bundle. */
export interface VerifyOptions {
  /** Trusted for signers; none named leaves the signer unidentified. */
  readonly roots: readonly TrustedRoot[];
  /** The moment to judge certificates at, where the person names one. */
  readonly at: Date | null;
  readonly now: Date;
  /** A claimed time is not enough. */
  readonly requireTime: boolean;
  /** Files and folders that may hold the sources, found by digest. */
  readonly against: readonly string[];
  /** Another bundle of the same case, whose journal head is known; null: none. */
  readonly anchor: string | null;
  /** Certificates that were withdrawn; none where absent. */
  readonly revoked?: readonly RevocationNotice[];
}
