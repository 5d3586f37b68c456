/** SoftHSM2 plays the card: a token of its own for each test file. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { CardRequest } from "../../src/signature/keys/pkcs11/add.ts";
import type { Token } from "../../src/signature/keys/pkcs11/token.ts";
import { pkcs8 } from "./desk.ts";
import type { Pair } from "./pki.ts";

const MODULES = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/local/lib/softhsm/libsofthsm2.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

export const PIN = "271828";
export const LABEL = "Ana's card";
export const module: string = MODULES.find((path) => existsSync(path)) ?? "";

/** Why the tests on cards are skipped; null where they are not. */
export const missing: string | null = whatIsMissing();

function whatIsMissing(): string | null {
  if (module === "") return "skipped: softhsm2 is not installed";
  try {
    createRequire(import.meta.url)("pkcs11js");
  } catch {
    return "skipped: pkcs11js is not installed";
  }
  return null;
}

const base = mkdtempSync(join(tmpdir(), "exhibita-card-"));
afterAll(() => rmSync(base, { recursive: true }));

function softhsm(...args: readonly string[]): void {
  const run = spawnSync("softhsm2-util", args, { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`softhsm2-util ${args.join(" ")}: ${run.stderr}`);
}

/** Makes the card; it holds no key yet. Where something is missing, nothing is done. */
export function insertCard(): void {
  if (missing !== null) return;
  mkdirSync(join(base, "tokens"));
  writeFileSync(join(base, "softhsm2.conf"), `directories.tokendir = ${join(base, "tokens")}\n`);
  process.env["SOFTHSM2_CONF"] = join(base, "softhsm2.conf");
  softhsm("--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "31415926");
}

/** Puts both halves of a key on the card, and no certificate. */
export function putKey(keys: Pair, label: string, id: string): void {
  if (missing !== null) return;
  const file = join(base, `${label}.pem`);
  writeFileSync(file, pkcs8(keys.privateKey, null));
  softhsm("--import", file, "--token", LABEL, "--label", label, "--id", id, "--pin", PIN);
  rmSync(file);
}

export async function rightPin(): Promise<string> {
  return PIN;
}

/** What `key add` is asked for, unless said otherwise: the only key of the card. */
export function cardOf(wishes: Partial<CardRequest> = {}): CardRequest {
  return { module, token: LABEL, name: null, certificates: [], pin: rightPin, ...wishes };
}

export type Template = readonly { readonly type: number; readonly value: unknown }[];

/** Puts an object on the card, which lasts as long as the session. */
export function createObject({ cryptoki, session }: Token, template: Template): void {
  const create: unknown = Reflect.get(cryptoki, "C_CreateObject");
  if (typeof create !== "function") throw new Error("pkcs11js creates no objects");
  Reflect.apply(create, cryptoki, [session, template]);
}
