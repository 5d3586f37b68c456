import type { Language } from "../../model/production.ts";
import type { ProductionOptions, Selection } from "../../model/selection.ts";
import type { Signer } from "../../model/signature.ts";
import type { CheckedAuthority, Stamp } from "../../signature/timestamp/authority.ts";

/** What is to be handed over, to whom, and by whose key. */
export interface BundleRequest {
  /** Number of the procedure; null for the case's own number. */
  readonly procedure: string | null;
  readonly selection: Selection;
  readonly options: ProductionOptions;
  readonly recipient: string | null;
  /** Null for the case's language. */
  readonly language: Language | null;
  readonly signer: Signer;
  /** Absolute path of the folder that receives the ZIP and the PDF; made if absent. */
  readonly out: string;
  /** Absent: no time-stamp is asked for. */
  readonly timestamp?: TimestampRequest;
}

/** Who is asked for the time. */
export interface TimestampRequest {
  /** In the order named; the first stamps the signatures too. */
  readonly authorities: readonly CheckedAuthority[];
  /** Where none is named, or one fails, the bundle says that its time-stamp is to come. */
  readonly later: boolean;
}

/** No time-stamp now, and none to come. */
export const NO_TIMESTAMP: TimestampRequest = { authorities: [], later: false };

/** A time-stamp that a bundle got, as a person and the journal are told. */
export interface StampMade {
  readonly url: string;
  readonly authority: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  /** The authority's own number for it, in hex. */
  readonly serial: string;
  /** A root trusted here vouches for the authority. */
  readonly trusted: boolean;
}

/** What a stamp says of itself. */
export function stampMade({ url, stated }: Stamp): StampMade {
  const { authority, time, serial, trust } = stated;
  const at = `${time.toISOString().slice(0, 19)}Z`;
  return { url, authority, time: at, serial, trusted: trust.outcome === "pass" };
}

/** A bundle that was made, verified and journalled; shape of `bundle --json`. */
export interface BundleMade {
  readonly type: "bundle";
  readonly id: string;
  readonly zip: string;
  readonly pdf: string;
  /** Digest of the ZIP. */
  readonly sha256: string;
  readonly size: number;
  readonly messages: number;
  readonly events: number;
  readonly attachments: number;
  readonly withheld: number;
  readonly context: number;
  readonly edgeOfRange: number;
  readonly signer: string;
  readonly timestamp: "none" | "expected" | "later";
  /** Only where a time-stamp was asked for: of the report, the signature, and beside it. */
  readonly stamps?: readonly StampMade[];
  /** Why there is none yet. */
  readonly postponed?: string;
}

/** What a bundle would hold, without making it. */
export interface BundlePlan {
  readonly type: "plan";
  readonly id: string;
  readonly selectionText: string;
  readonly counts: {
    readonly messages: number;
    readonly events: number;
    readonly attachments: number;
    readonly withheld: number;
    readonly context: number;
    readonly edgeOfRange: number;
    readonly conversations: number;
  };
}
