/** The agencies' roots in a key folder: found, chosen, and opened to issue or to revoke. */
import type { KeyObject } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../model/failure.ts";
import {
  type Certificate,
  fingerprintOf,
  holderOf,
  isIssuedBy,
  isValidAt,
  organizationOf,
  readCertificate,
} from "../certificate.ts";
import { readPem } from "../pem.ts";
import { CERTIFICATE_FILE, KEY_FILE, namesOn, readText } from "./folder.ts";
import type { PassphraseSource } from "./material.ts";
import { openPrivateKey } from "./private-key.ts";

export interface ShelvedRoot {
  readonly certificate: Certificate;
  /** The PEM file of the certificate. */
  readonly location: string;
  /** The PEM file of the private key; null where it is kept elsewhere. */
  readonly keyFile: string | null;
}

export interface Root {
  readonly certificate: Certificate;
  readonly location: string;
  readonly key: KeyObject;
}

/** How the private key of a root is reached. */
export interface RootAccess {
  /** The file that holds it where it is not in the key folder. */
  readonly keyFile: string | null;
  readonly passphrase: PassphraseSource;
}

/** The roots of a key folder in the order of their names. Fails with `key-unusable` over a bad file. */
export function rootsOnShelf(folder: string): readonly ShelvedRoot[] {
  return namesOn(folder, "roots").map((name) => {
    const location = join(folder, "roots", name, CERTIFICATE_FILE);
    const [block] = readPem(readText(location));
    const certificate = block === undefined ? null : readCertificate(block.der);
    if (certificate === null) {
      throw new Failure("key-unusable", `${location} holds no readable certificate`);
    }
    const keyFile = join(folder, "roots", name, KEY_FILE);
    return { certificate, location, keyFile: existsSync(keyFile) ? keyFile : null };
  });
}

/** The root of a key folder that issued a certificate; null where it has none such. */
export function issuerOnShelf(folder: string, certificate: Certificate): ShelvedRoot | null {
  return rootsOnShelf(folder).find((root) => isIssuedBy(certificate, root.certificate)) ?? null;
}

/**
 * The root of an agency or, with null, the only one there is.
 *
 * @throws Failure `key-unusable` where there is none, `usage` where there are several and none is named
 */
export function rootOfAgency(folder: string, agency: string | null): ShelvedRoot {
  const roots = rootsOnShelf(folder);
  const known = roots.map(
    ({ certificate }) => organizationOf(certificate) ?? holderOf(certificate),
  );
  const matching = roots.filter((_, index) => agency === null || known[index] === agency);
  const [first, second] = matching;
  if (first === undefined) {
    const whose = agency === null ? "no root" : `no root of ${agency}`;
    throw new Failure("key-unusable", `there is ${whose} in ${folder}`, [
      ...known.map((each) => `--agency "${each}"`),
      "exhibita key init --holder NAME --agency A makes a root",
    ]);
  }
  if (second === undefined) return first;
  const named = matching.map((root) => fingerprintOf(root.certificate.der).slice(0, 8));
  throw new Failure(
    "usage",
    `${matching.length} roots in ${folder} fit (${named.join(", ")}): name one`,
    [...new Set(known)].map((each) => `--agency "${each}"`),
  );
}

/**
 * A root with its key opened.
 *
 * @throws Failure `key-unusable` where it is not valid at `at`, its key is elsewhere and not named, the
 *   passphrase is wrong, or the file holds another key
 */
export async function openRoot(root: ShelvedRoot, access: RootAccess, at: Date): Promise<Root> {
  const { certificate, location } = root;
  if (!isValidAt(certificate, at)) {
    throw new Failure("key-unusable", `the root certificate ${location} is not valid today`);
  }
  const name = `the root key of ${holderOf(certificate)}`;
  const file = root.keyFile ?? access.keyFile;
  if (file === null) {
    throw new Failure("key-unusable", `${name} is not in the key folder`, [
      "name the file it was written to: --root-key FILE (with key init: --root-out FILE)",
    ]);
  }
  const key = await openPrivateKey(readText(file), name, access.passphrase);
  if (!certificate.x509.checkPrivateKey(key)) {
    throw new Failure("key-unusable", `${file} does not hold ${name}`);
  }
  return { certificate, location, key };
}
