/** The roots a person trusts: named for one check, or kept in the key folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Sha256 } from "../model/artifact.ts";
import { Failure } from "../model/failure.ts";
import type { TrustedRoot } from "../model/signature.ts";
import { judgeIssuerKey } from "./algorithms.ts";
import {
  type Certificate,
  fingerprintOf,
  holderOf,
  isSelfSigned,
  readCertificate,
} from "./certificate.ts";
import { namesOn, putFile, readText } from "./keys/folder.ts";
import { isAuthority } from "./path-rules.ts";
import { pemOf, readPem } from "./pem.ts";

export interface AddedRoot {
  readonly fingerprint: Sha256;
  readonly holder: string;
  /** The file in the key folder. */
  readonly location: string;
}

/** The certificates of a PEM text, one or several. Fails with `key-unusable`, naming `origin`. */
export function readRoots(pemText: string, origin: string): readonly TrustedRoot[] {
  return certificatesOf(pemText, origin).map(({ der }) => ({ certificate: der, origin }));
}

/** The roots kept in the key folder; none where it does not exist. */
export function trustedRoots(folder: string): readonly TrustedRoot[] {
  return namesOn(folder, "trusted").flatMap((name) => {
    const path = join(folder, "trusted", name);
    return certificatesOf(readText(path), path).map(({ der }) => ({
      certificate: der,
      origin: "trusted",
    }));
  });
}

export interface ReadRoot {
  readonly fingerprint: Sha256;
  readonly holder: string;
  readonly certificate: Certificate;
}

/**
 * The one certificate of a PEM file, judged as a root. It must be an authority's or sign itself, with a
 * key that may issue, else it could vouch for nobody: `key-unusable`.
 */
export function readRoot(pemPath: string): ReadRoot {
  const [certificate, another] = certificatesOf(readText(pemPath), pemPath);
  if (certificate === undefined || another !== undefined) {
    throw new Failure("key-unusable", `${pemPath} holds more than one certificate`, [
      "keep only the root's certificate in the file",
    ]);
  }
  const holder = holderOf(certificate);
  if (!isAuthority(certificate) && !isSelfSigned(certificate)) {
    throw new Failure("key-unusable", `${pemPath} holds no root: ${holder} is not an authority`, [
      "ask the agency for the certificate of its root",
    ]);
  }
  const unfit = unfitness(certificate);
  if (unfit !== null) throw new Failure("key-unusable", `${pemPath}: the root ${holder} ${unfit}`);
  return { fingerprint: fingerprintOf(certificate.der), holder, certificate };
}

/** Copies such a certificate into the key folder. One that is there already stays as it is. */
export function trustRoot(folder: string, pemPath: string): AddedRoot {
  const { fingerprint, holder, certificate } = readRoot(pemPath);
  const location = join(folder, "trusted", `${fingerprint}.pem`);
  if (!existsSync(location)) putFile(location, pemOf([certificate.der]));
  return { fingerprint, holder, location };
}

function unfitness({ x509, hasCanonicalKey }: Certificate): string | null {
  if (!hasCanonicalKey) return "does not hold its key in the canonical encoding";
  return judgeIssuerKey(x509.publicKey);
}

function certificatesOf(pemText: string, origin: string): readonly Certificate[] {
  const blocks = readPem(pemText).filter(({ label }) => label === "CERTIFICATE");
  if (blocks.length === 0) throw new Failure("key-unusable", `${origin} holds no PEM certificate`);
  return blocks.map(({ der }) => {
    const certificate = readCertificate(der);
    if (certificate === null) {
      throw new Failure("key-unusable", `${origin} holds a certificate that cannot be read`);
    }
    return certificate;
  });
}
