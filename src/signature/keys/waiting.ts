/** Keys of the folder that a new certificate may be for: those requested, and those of signers. */
import type { KeyObject } from "node:crypto";
import { join } from "node:path";
import { readCertificate } from "../certificate.ts";
import { equalBytes } from "../der.ts";
import { readPem } from "../pem.ts";
import { publicKeyDer } from "./certificate.ts";
import { CERTIFICATE_FILE, namesOn, readText, REQUEST_FILE } from "./folder.ts";
import { readRequest } from "./request.ts";

export interface WaitingKey {
  readonly shelf: "requests" | "signers";
  /** The folder that holds its secret. */
  readonly location: string;
  readonly publicKey: KeyObject;
}

/** The key that one of the certificates is for; null where the folder has none such. */
export function waitingKey(folder: string, certificates: readonly Uint8Array[]): WaitingKey | null {
  const wanted = certificates.flatMap((der) => {
    const certificate = readCertificate(der);
    return certificate === null ? [] : [publicKeyDer(certificate.x509.publicKey)];
  });
  for (const waiting of keysOf(folder)) {
    const found = publicKeyDer(waiting.publicKey);
    if (wanted.some((each) => equalBytes(each, found))) return waiting;
  }
  return null;
}

function* keysOf(folder: string): Generator<WaitingKey> {
  for (const name of namesOn(folder, "requests")) {
    const location = join(folder, "requests", name);
    const text = readText(join(location, REQUEST_FILE));
    const { publicKey } = readRequest(text, join(location, REQUEST_FILE));
    yield { shelf: "requests", location, publicKey };
  }
  for (const name of namesOn(folder, "signers")) {
    const location = join(folder, "signers", name);
    const [block] = readPem(readText(join(location, CERTIFICATE_FILE)));
    const certificate = block === undefined ? null : readCertificate(block.der);
    if (certificate === null) continue;
    yield { shelf: "signers", location, publicKey: certificate.x509.publicKey };
  }
}
