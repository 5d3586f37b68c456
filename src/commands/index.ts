import type { Command } from "./command.ts";

/** Headings of the help, in their order. */
export const SECTIONS = {
  case: "Take in evidence",
  look: "Look into a case",
  give: "Hand over",
  trust: "Verify and sign",
  tool: "The tool itself",
} as const;

export type Section = keyof typeof SECTIONS;

/**
 * A command by name; `key init` is `init` of the group `key`. Entries are lazy: no command's code is
 * loaded before it is called, nor for the help of the whole.
 */
export interface ListedCommand {
  readonly name: string;
  readonly section: Section;
  /** One line without a full stop. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** THE list of commands, in the order of the help. A command is one file and one entry here. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: "init",
    section: "case",
    summary: "make a case",
    load: async () => (await import("./init.ts")).init,
  },
  {
    name: "ingest",
    section: "case",
    summary: "take files, folders and archives as evidence",
    load: async () => (await import("./ingest.ts")).ingest,
  },
  {
    name: "reparse",
    section: "case",
    summary: "parse a stored source again, with what has been learned since",
    load: async () => (await import("./reparse.ts")).reparse,
  },
  {
    name: "list",
    section: "look",
    summary: "show what the case holds",
    load: async () => (await import("./list.ts")).list,
  },
  {
    name: "search",
    section: "look",
    summary: "find messages by words, people, time and kind",
    load: async () => (await import("./search.ts")).search,
  },
  {
    name: "show",
    section: "look",
    summary: "show one message in its surroundings, or its source bytes",
    load: async () => (await import("./show.ts")).show,
  },
  {
    name: "stats",
    section: "look",
    summary: "count messages by day, hour, weekday, account or conversation",
    load: async () => (await import("./stats.ts")).stats,
  },
  {
    name: "check",
    section: "look",
    summary: "check originals, journal and index of the case",
    load: async () => (await import("./check.ts")).check,
  },
  {
    name: "rebuild",
    section: "look",
    summary: "make the index anew from originals and journal",
    load: async () => (await import("./rebuild.ts")).rebuild,
  },
  {
    name: "withhold",
    section: "give",
    summary: "keep items out of every bundle",
    load: async () => (await import("./withhold.ts")).withhold,
  },
  {
    name: "release",
    section: "give",
    summary: "let withheld items into bundles again",
    load: async () => (await import("./release.ts")).release,
  },
  {
    name: "bundle",
    section: "give",
    summary: "make a signed bundle and its signed report",
    load: async () => (await import("./bundle.ts")).bundle,
  },
  {
    name: "timestamp flush",
    section: "give",
    summary: "stamp bundles that were made without trusted time, in copies",
    load: async () => (await import("./timestamp-flush.ts")).timestampFlush,
  },
  {
    name: "custody log",
    section: "look",
    summary: "print the chain of custody, its links recomputed",
    load: async () => (await import("./custody-log.ts")).custodyLog,
  },
  {
    name: "custody add",
    section: "case",
    summary: "write a hand-over or receipt into the chain of custody",
    load: async () => (await import("./custody-add.ts")).custodyAdd,
  },
  {
    name: "verify",
    section: "trust",
    summary: "check bundles and signed reports, without case, database or network",
    load: async () => (await import("./verify.ts")).verify,
  },
  {
    name: "inspect",
    section: "trust",
    summary: "show what a bundle says of itself, without judging it",
    load: async () => (await import("./inspect.ts")).inspect,
  },
  {
    name: "reproduce",
    section: "trust",
    summary: "draw a bundle's report again from its data, and compare",
    load: async () => (await import("./reproduce.ts")).reproduce,
  },
  {
    name: "key init",
    section: "trust",
    summary: "make a signing key, and the agency's root where there is none",
    load: async () => (await import("./key-init.ts")).keyInit,
  },
  {
    name: "key import",
    section: "trust",
    summary: "take a key that others made from PEM or PKCS#12",
    load: async () => (await import("./key-import.ts")).keyImport,
  },
  {
    name: "key add",
    section: "trust",
    summary: "sign with a key on a smart card or in an HSM",
    load: async () => (await import("./key-add.ts")).keyAdd,
  },
  {
    name: "key request",
    section: "trust",
    summary: "ask the holder of the agency's root for a certificate",
    load: async () => (await import("./key-request.ts")).keyRequest,
  },
  {
    name: "key issue",
    section: "trust",
    summary: "issue a certificate to another analyst under the agency's root",
    load: async () => (await import("./key-issue.ts")).keyIssue,
  },
  {
    name: "key renew",
    section: "trust",
    summary: "give a key another certificate, with new dates",
    load: async () => (await import("./key-renew.ts")).keyRenew,
  },
  {
    name: "key revoke",
    section: "trust",
    summary: "withdraw a certificate by a signed notice",
    load: async () => (await import("./key-revoke.ts")).keyRevoke,
  },
  {
    name: "key sheet",
    section: "trust",
    summary: "draw the page by which others compare a key's fingerprints",
    load: async () => (await import("./key-sheet.ts")).keySheet,
  },
  {
    name: "key list",
    section: "trust",
    summary: "list the signing keys of the key folder",
    load: async () => (await import("./key-list.ts")).keyList,
  },
  {
    name: "key trust",
    section: "trust",
    summary: "trust a root certificate in every later verification",
    load: async () => (await import("./key-trust.ts")).keyTrust,
  },
  {
    name: "formats",
    section: "tool",
    summary: "list the formats that exhibita reads, and what each was tried on",
    load: async () => (await import("./formats.ts")).formats,
  },
  {
    name: "doctor",
    section: "tool",
    summary: "say what this machine has, what is missing, and how to get it",
    load: async () => (await import("./doctor.ts")).doctor,
  },
  {
    name: "completion",
    section: "tool",
    summary: "print a completion script for bash, zsh or fish",
    load: async () => (await import("./completion.ts")).completion,
  },
];
