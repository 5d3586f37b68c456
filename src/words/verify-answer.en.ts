import type { VerifyAnswerWords } from "./verify-answer.ts";

const NUMBER = new Intl.NumberFormat("en");

/** English, the language of `verify` unless --lang says otherwise. */
export const verifyAnswerEn: VerifyAnswerWords = {
  labels: {
    intact: "intact",
    signer: "signer",
    time: "time",
    listed: "as listed",
    checks: "Checks",
  },
  verdicts: {
    passed: "passed: every required check passed",
    failed: "FAILED: a required check failed, do not rely on this file",
    indeterminate: "indeterminate: nothing was found changed, but not all could be decided here",
  },
  intact: "yes, every byte is accounted for and under the signature",
  changed: (failed) => `NO, these checks failed: ${failed.join(", ")}`,
  noSigner: "no signature could be read",
  signer: (holder, issuer, root) =>
    root === null
      ? `says ${holder}, certified by ${issuer}; NOT identified, no path to a root trusted here`
      : `${holder}, certified by ${issuer}, under the trusted root ${root}`,
  noTime: "no time is stated",
  claimedTime: (time) => `${time}, claimed by the signer only`,
  stampedTime: (time, authority, trusted) =>
    trusted
      ? `signed before ${time}, says the time-stamp authority ${authority}`
      : `${time}, says ${authority}, an authority NOT trusted here`,
  nothingListed: "nothing could be counted",
  listed: (items) =>
    `${NUMBER.format(items)} of the ${NUMBER.format(items)} items its maker listed`,
  notAsListed: (items) =>
    `NO: its maker listed ${NUMBER.format(items)} items, and what is here does not agree with the list`,
  selected: (messages, inConversations) =>
    `selected: ${NUMBER.format(messages)} of ${NUMBER.format(inConversations)} messages of these conversations, as the maker states`,
  withheld: (count) => `withheld: ${NUMBER.format(count)}`,
  nextRoot:
    "get the agency's root certificate from the agency itself, then: exhibita verify FILE --root ROOT.pem",
};
