import type { Language } from "../../model/production.ts";
import type { ProductionOptions, Selection } from "../../model/selection.ts";
import type { Signer } from "../../model/signature.ts";

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
  readonly timestamp: "none";
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
