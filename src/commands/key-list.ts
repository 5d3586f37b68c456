import type { Terminal } from "../terminal/terminal.ts";
import { tableLines } from "../terminal/table.ts";
import { keyFolder } from "../workflow/keys.ts";
import {
  type Inventory,
  restOf,
  type StandingKey,
  standingKeys,
} from "../workflow/keys/inventory.ts";
import { type Command, command } from "./command.ts";
import { toggle } from "./frame/flags.ts";

/** `key list`: the signers of the key folder, none opened. */
export const keyList: Command = command({
  description: [
    "Lists the signing keys of the key folder: holder, algorithm, until when, where the key lives, and the " +
      "SHA-256 fingerprint of the certificate. No passphrase and no card is needed.",
    "With --all also the agencies' roots, keys that wait for their certificate, trusted roots, and " +
      "revocation notices.",
  ],
  parameters: { all: toggle("all that the key folder holds") },
  exits: [0, 12],
  examples: [{ line: "exhibita key list", about: "ids, as --key takes them" }],
  effect: "reads",
  run: async ({ terminal, cwd, environment, variables }, { all }) => {
    const folder = keyFolder(variables, cwd);
    const keys = standingKeys(folder, new Date(environment.now()));
    const rest = all ? restOf(folder) : null;
    if (terminal.json) {
      for (const key of keys) terminal.record({ type: "key", schema: 1, ...key });
      if (rest !== null) recordRest(terminal, rest);
      return 0;
    }
    for (const line of tableLines(COLUMNS, keys.map(rowOf), terminal.width)) terminal.data(line);
    if (keys.length === 0) {
      terminal.say(`no key in ${folder}`);
      terminal.hint("exhibita key init --holder NAME makes one");
    }
    if (rest !== null) showRest(terminal, rest);
    return 0;
  },
});

const COLUMNS = [
  { title: "id" },
  { title: "holder", shrinks: true },
  { title: "agency", shrinks: true },
  { title: "algorithm" },
  { title: "until" },
  { title: "standing" },
  { title: "lives" },
  { title: "fingerprint", shrinks: true },
];

function rowOf(key: StandingKey): readonly string[] {
  const { id, holder, agency, algorithm, validTo, standing, certificateFingerprint } = key;
  const until = validTo.slice(0, 10);
  return [
    id,
    holder,
    agency ?? "",
    algorithm,
    until,
    standing,
    homeOf(key),
    certificateFingerprint,
  ];
}

function homeOf({ token, encrypted }: StandingKey): string {
  if (token !== null) return `card ${token}`;
  return encrypted ? "file, passphrase" : "file, unencrypted";
}

function recordRest(terminal: Terminal, { roots, requests, trusted, notices }: Inventory): void {
  for (const root of roots) terminal.record({ type: "agency-root", schema: 1, ...root });
  for (const request of requests) terminal.record({ type: "request", schema: 1, ...request });
  for (const root of trusted) terminal.record({ type: "root", schema: 1, ...root });
  for (const notice of notices) terminal.record({ type: "revocation", schema: 1, ...notice });
}

const REST = [{ title: "what" }, { title: "whose", shrinks: true }, { title: "fingerprint" }];

function showRest(terminal: Terminal, { roots, requests, trusted, notices }: Inventory): void {
  const rows = [
    ...roots.map(({ holder, keyHere, fingerprint }) => [
      keyHere ? "root, its key here" : "root, its key elsewhere",
      holder,
      fingerprint,
    ]),
    ...requests.map(({ holder, fingerprint }) => ["waits", holder ?? "", fingerprint]),
    ...trusted.map(({ holder, fingerprint }) => ["trusted root", holder, fingerprint]),
    ...notices.map(({ holder, revoked, certificate }) => [
      `revoked as of ${revoked}`,
      holder,
      certificate,
    ]),
  ];
  if (rows.length === 0) return;
  terminal.data("");
  for (const line of tableLines(REST, rows, terminal.width)) terminal.data(line);
}
