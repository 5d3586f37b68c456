import type { Verdict } from "../model/validation.ts";

/** What `verify` says to a person, in one language. No sentence claims more than was checked. */
export interface VerifyAnswerWords {
  /** The four things that are never one: whether it was changed, who signed, when, and how much it holds. */
  readonly labels: {
    readonly intact: string;
    readonly signer: string;
    readonly time: string;
    readonly listed: string;
    readonly checks: string;
  };
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly intact: string;
  readonly changed: (failed: readonly string[]) => string;
  readonly noSigner: string;
  /** `root` is the fingerprint of the trusted root, null where no path leads to one. */
  readonly signer: (holder: string, issuer: string, root: string | null) => string;
  readonly noTime: string;
  readonly claimedTime: (time: string) => string;
  readonly stampedTime: (time: string, authority: string, trusted: boolean) => string;
  readonly nothingListed: string;
  /** Said only where every check of the listing passed. */
  readonly listed: (items: number) => string;
  readonly notAsListed: (items: number) => string;
  readonly selected: (messages: number, inConversations: number) => string;
  readonly withheld: (count: number) => string;
  readonly nextRoot: string;
}
