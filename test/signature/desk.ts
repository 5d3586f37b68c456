/** A key folder of its own for each test, and files beside it. */
import { spawnSync } from "node:child_process";
import type { KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { Failure } from "../../src/model/failure.ts";
import type { ImportRequest } from "../../src/signature/keys/import.ts";

const base = mkdtempSync(join(tmpdir(), "exhibita-desk-"));
afterAll(() => rmSync(base, { recursive: true }));

let opened = 0;

export interface Desk {
  readonly folder: string;
  /** Writes a file beside the key folder. */
  readonly put: (name: string, data: Uint8Array | string) => string;
  readonly path: (name: string) => string;
}

export function openDesk(): Desk {
  opened += 1;
  const place = mkdtempSync(join(base, `desk-${opened}-`));
  const path = (name: string): string => join(place, name);
  return {
    folder: path("keys"),
    path,
    put: (name, data) => {
      writeFileSync(path(name), data);
      return path(name);
    },
  };
}

/** The Failure of work that must fail. */
export async function failureOf(work: () => unknown): Promise<Failure> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("no Failure was thrown");
}

export const PASSPHRASE = "a lighthouse at noon é";

/** An import of files that this passphrase opens; the key is kept under the same. */
export function importOf(
  files: readonly string[],
  passphrase: string | null = PASSPHRASE,
): ImportRequest {
  return {
    files,
    name: null,
    passphrase: async () => passphrase,
    keep: async (given) => given,
  };
}

export function pkcs8(key: KeyObject, passphrase: string | null): string {
  const pem = { type: "pkcs8", format: "pem" } as const;
  return key
    .export(passphrase === null ? pem : { ...pem, cipher: "aes-256-cbc", passphrase })
    .toString();
}

const version = spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "";
export const hasOpenssl: boolean = /^OpenSSL [3-9]/u.test(version);

/** Runs openssl, which must succeed. */
export function openssl(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args.join(" ")}: ${stderr}`);
  return stdout + stderr;
}
