/**
 * The key folder. Everything in it is 0700 or 0600, appears whole or not at all, and is never
 * overwritten:
 *
 *   roots/AGENCY-12345678/     certificate.pem, key.pem (unless the root's key is kept elsewhere)
 *   signers/HOLDER-12345678/   certificate.pem (the signer's, then its issuers'), and key.pem, or
 *                              card.json for a key on a card
 *   requests/HOLDER-12345678/  request.pem, key.pem: keys that wait for their certificate
 *   issued/FINGERPRINT.pem     certificates the agency's root has issued to others
 *   trusted/FINGERPRINT.pem    roots that signatures are checked against
 *   revoked/FINGERPRINT.txt    revocation notices
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { platform } from "node:os";
import { dirname, join } from "node:path";
import { Failure, type FailureCode } from "../../model/failure.ts";

export type Shelf = "roots" | "signers" | "requests" | "issued" | "trusted" | "revoked";

export const CERTIFICATE_FILE = "certificate.pem";
export const KEY_FILE = "key.pem";
export const CARD_FILE = "card.json";
export const REQUEST_FILE = "request.pem";

const UNFINISHED = ".part";
const MAX_BYTES = 1024 * 1024;

/** The names on a shelf in order; none where the folder does not exist. */
export function namesOn(folder: string, shelf: Shelf): readonly string[] {
  const path = join(folder, shelf);
  if (!existsSync(path)) return [];
  const names = attempt(path, "key-unusable", () => readdirSync(path));
  return names.filter((name) => !name.endsWith(UNFINISHED)).toSorted();
}

/** The text of a PEM file. Fails with `key-unusable`, naming it, where it cannot be read. */
export function readText(path: string): string {
  return readBytes(path).toString("utf8");
}

/** The bytes of a key or certificate file. Fails as `readText` does. */
export function readBytes(path: string): Buffer {
  const found = attempt(path, "key-unusable", () => statSync(path));
  if (!found.isFile()) throw new Failure("key-unusable", `${path} is not a file`);
  if (found.size > MAX_BYTES) {
    throw new Failure("key-unusable", `${path} is too large for a key or a certificate`);
  }
  return attempt(path, "key-unusable", () => readFileSync(path));
}

/** Puts a folder with these files on a shelf, at once. */
export function putFolder(
  path: string,
  files: readonly { readonly name: string; readonly text: string }[],
): void {
  const unfinished = `${path}${UNFINISHED}`;
  if (existsSync(path)) throw new Failure("target-exists", `${path} exists already`);
  attempt(path, "failed", () => {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    for (const { name, text } of files) writeNew(join(unfinished, name), text);
    syncFolder(unfinished);
    renameSync(unfinished, path);
    syncFolder(dirname(path));
  });
}

/** Writes one new private file; a file that exists fails with `target-exists` and is left alone. */
export function putFile(path: string, data: string | Uint8Array): void {
  attempt(path, "failed", () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeNew(path, data);
    syncFolder(dirname(path));
  });
}

/** Takes a folder off its shelf, after what it held has found another place. */
export function removeFolder(path: string): void {
  attempt(path, "failed", () => {
    rmSync(path, { recursive: true });
    syncFolder(dirname(path));
  });
}

function writeNew(path: string, data: string | Uint8Array): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  // Windows opens no folder as a file; its file systems order a rename by themselves.
  if (platform() === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const CODES: { readonly [errno: string]: FailureCode } = {
  EEXIST: "target-exists",
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "read-only",
  EACCES: "read-only",
  EPERM: "read-only",
};

/** Turns what the operating system refuses into a Failure that names the path. */
function attempt<T>(path: string, fallback: FailureCode, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const errno = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    const code = fallback === "failed" ? (CODES[errno] ?? fallback) : fallback;
    throw new Failure(code, `${path}: ${reasonOf(errno)}`, [], error);
  }
}

function reasonOf(errno: string): string {
  switch (errno) {
    case "ENOENT":
      return "no such file";
    case "EEXIST":
      return "exists already";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    default:
      return errno;
  }
}
