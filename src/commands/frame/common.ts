import { text, toggle, whole } from "./flags.ts";
import type { Parameter } from "./parameter.ts";

/** The flags that every command has; what they mean reaches a command in its context. */
export const EVERYWHERE: {
  readonly json: Parameter<boolean>;
  readonly noColor: Parameter<boolean>;
  readonly noInput: Parameter<boolean>;
  readonly verbose: Parameter<boolean>;
  readonly debug: Parameter<boolean>;
  readonly help: Parameter<boolean>;
} = {
  json: toggle("write JSON instead of text (docs/json.md)"),
  noColor: toggle("write no colour"),
  noInput: toggle("never ask; fail where an answer is needed"),
  verbose: toggle("say more on standard error"),
  debug: toggle("show the stack of an unexpected failure, and timings"),
  help: toggle("show this help"),
};

/** `--case DIR`; null where not given. */
export const caseFlag: Parameter<string | null> = text(
  "DIR",
  "the case folder (else EXHIBITA_CASE, else found upward from here)",
);

/** `--wait SECONDS`; null where not given, which means: do not wait. */
export const waitFlag: Parameter<number | null> = whole(
  "SECONDS",
  "wait this long for a case that another process has locked",
);

export const dryRunFlag: Parameter<boolean> = toggle("say what would be done, write nothing");

export const csvFlag: Parameter<boolean> = toggle("write CSV for a spreadsheet");

export const acceptExceptionsFlag: Parameter<boolean> = toggle(
  "end with 0 where exceptions alone would end with 3",
);

export const passphraseFileFlag: Parameter<string | null> = text(
  "FILE",
  "read the passphrase from the first line of FILE (else EXHIBITA_PASSPHRASE_FILE, else a hidden prompt)",
);
