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
    name: "key init",
    section: "trust",
    summary: "make a signing key, and the agency's root where there is none",
    load: async () => (await import("./key-init.ts")).keyInit,
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
