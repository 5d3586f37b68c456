import type { AccountLine, Production } from "../model/production.ts";
import type { ReportWords } from "../words/catalogue.ts";
import type { Sheet } from "./sheet.ts";
import type { Survey } from "./survey.ts";

/** Who signs: the certificate's holder, and SHA-256 fingerprints in hexadecimal digits. */
export interface ReportSigner {
  readonly holder: string;
  readonly fingerprint: string;
  readonly rootFingerprint: string;
}

/** What every part of the report draws from. */
export interface Drawing {
  readonly sheet: Sheet;
  readonly words: ReportWords;
  readonly production: Production;
  readonly survey: Survey;
  readonly signer: ReportSigner;
}

/** What the rows of a transcript are looked up in. */
export interface Lookup {
  readonly accounts: ReadonlyMap<string, AccountLine>;
  /** Numbers of the messages already drawn of this conversation, by native id. */
  readonly replied: Map<string, number>;
}
