/** The words of the printed page by which people compare the fingerprints of a key. */
export interface FingerprintSheetWords {
  readonly title: string;
  readonly purpose: string;
  readonly labels: {
    readonly holder: string;
    readonly agency: string;
    readonly key: string;
    readonly algorithm: string;
    readonly valid: string;
  };
  /** `from` and `to` are dates, `2026-03-02`. */
  readonly validity: (from: string, to: string) => string;
  readonly rootHeading: string;
  /** Whose root it is, and until when. */
  readonly root: (name: string, to: string) => string;
  readonly noRoot: string;
  readonly signerHeading: string;
  readonly signer: (holder: string) => string;
  readonly compareHeading: string;
  /** The commands follow it. */
  readonly print: string;
  /** How to compare, a paragraph each. */
  readonly compare: readonly string[];
  readonly handedOver: string;
  readonly by: string;
  readonly to: string;
  readonly foot: (date: string) => string;
  readonly page: (number: number) => string;
}
