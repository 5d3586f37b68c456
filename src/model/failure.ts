/**
 * Everything exhibita refuses or fails at on purpose carries one of these codes; the table says how
 * the process ends. Help, docs/exit-codes.md and the tests are held to this table.
 */
const EXIT_OF = {
  failed: 1,
  "target-exists": 1,
  "disk-full": 1,
  "read-only": 1,
  "not-readable": 1,
  usage: 2,
  "not-found": 2,
  "format-tie": 2,
  exceptions: 3,
  integrity: 4,
  indeterminate: 5,
  refused: 6,
  "no-case": 10,
  locked: 11,
  "key-unusable": 12,
  "timestamp-authority": 13,
  bug: 70,
  interrupted: 130,
} as const;

export type FailureCode = keyof typeof EXIT_OF;

export interface ExitMeaning {
  readonly exit: number;
  readonly meaning: string;
}

/** The documented exit codes, in order; an unknown code means failure. */
export const EXIT_CODES: readonly ExitMeaning[] = [
  { exit: 0, meaning: "done; verify: every required check passed" },
  {
    exit: 1,
    meaning:
      "failed, the reason is on stderr: disk full, I/O error, read-only place, target exists",
  },
  { exit: 2, meaning: "usage: unknown flag, bad value, illegal pair" },
  {
    exit: 3,
    meaning:
      "done with exceptions: something could not be read, or an archive finding; listed, counted, nothing lost",
  },
  { exit: 4, meaning: "integrity: evidence, journal or seal does not match" },
  {
    exit: 5,
    meaning: "indeterminate: intact, but the signer is not trusted here, or the time is not proven",
  },
  { exit: 6, meaning: "refused by a rule" },
  { exit: 10, meaning: "no case at this place" },
  { exit: 11, meaning: "case locked by another process" },
  { exit: 12, meaning: "passphrase, key or certificate unusable" },
  { exit: 13, meaning: "timestamp authority unreachable or wrong" },
  { exit: 70, meaning: "a bug in exhibita" },
  { exit: 130, meaning: "interrupted, resumable" },
];

/** The exit code of a failure code. */
export function exitOf(code: FailureCode): number {
  return EXIT_OF[code];
}

/**
 * The one error class thrown on purpose. `message` is lower case, has no full stop and names the
 * thing; each hint is one thing the reader can do about it.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly hints: readonly string[];

  constructor(code: FailureCode, message: string, hints: readonly string[] = [], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "Failure";
    this.code = code;
    this.hints = hints;
  }

  get exit(): number {
    return EXIT_OF[this.code];
  }
}
