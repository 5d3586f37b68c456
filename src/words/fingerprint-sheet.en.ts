import type { FingerprintSheetWords } from "./fingerprint-sheet.ts";

export const fingerprintSheetEn: FingerprintSheetWords = {
  title: "Fingerprints of a signing key",
  purpose:
    "Hand this page over in person, by post, or read it out by telephone: by another way than the one the " +
    "bundles and the certificate file come by. It holds no secret and may be shown to anybody.",
  labels: {
    holder: "Holder",
    agency: "Agency",
    key: "Key",
    algorithm: "Algorithm",
    valid: "Valid",
  },
  validity: (from, to) => `from ${from} to ${to}`,
  rootHeading: "Root of the agency: the one to compare",
  root: (name, to) => `SHA-256 of the certificate of ${name}, valid until ${to}`,
  noRoot: "The certificate came without the one of its root: ask its issuer for that fingerprint.",
  signerHeading: "This signer",
  signer: (holder) => `SHA-256 of the certificate of ${holder}`,
  compareHeading: "How to compare",
  print: "Print the fingerprint of the root's certificate file, with one of:",
  compare: [
    "Compare all 64 digits with those above, group by group; colons, blanks and capitals do not matter. If " +
      "one digit differs, trust neither the file nor what was signed under it, and ask the agency.",
    "With --root and that file, exhibita verify then names this root for every bundle the agency's " +
      "signers make. The fingerprint of the signer is shown there too; it changes when a certificate is " +
      "renewed, the root's does not.",
  ],
  handedOver: "Handed over",
  by: "by (name, date, signature)",
  to: "to (name, date, signature)",
  foot: (date) => `Drawn on ${date} from the certificates in the key folder`,
  page: (number) => `Page ${number} of\u00a0`,
};
