/** What is said of a PKCS#12 file that is not opened, and what to do about it. */
import { Failure } from "../../../model/failure.ts";
import type { Refusal } from "./protection.ts";

export function wrongPassphrase(origin: string): Failure {
  return new Failure("key-unusable", `wrong passphrase for ${origin}`);
}

export function damaged(origin: string, cause?: unknown): Failure {
  return new Failure("key-unusable", `${origin} is damaged or no PKCS#12 file`, [], cause);
}

/** A part that is not read here, with the openssl command that makes PEM of the file. */
export function unreadable(origin: string, { refused, isLegacy }: Refusal): Failure {
  const reason = isLegacy ? `${refused}, which is broken and not opened here` : refused;
  // openssl writes the key of its PEM output encrypted, with AES-256 by default.
  const command = `openssl pkcs12 ${isLegacy ? "-legacy " : ""}-in ${quoted(origin)} -out converted.pem`;
  return new Failure("key-unusable", `${origin} is protected by ${reason}`, [
    `convert it with: ${command}`,
    "then: exhibita key import converted.pem",
  ]);
}

/** For a shell, where the name asks for it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
