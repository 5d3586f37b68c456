/** The agency's root: found in the key folder, or made there. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import {
  type Certificate,
  fingerprintOf,
  holderOf,
  isValidAt,
  organizationOf,
  readCertificate,
} from "../certificate.ts";
import { pemOf, readPem } from "../pem.ts";
import { issueCertificate } from "./certificate.ts";
import { rootExtensions } from "./extensions.ts";
import { CERTIFICATE_FILE, KEY_FILE, namesOn, putFile, putFolder, readText } from "./folder.ts";
import { slugOf } from "./names.ts";
import { openPrivateKey, writePrivateKey } from "./private-key.ts";
import { secondOf, yearsAfter } from "./validity.ts";

export interface Root {
  readonly certificate: Certificate;
  /** The PEM file of the certificate. */
  readonly location: string;
  readonly key: KeyObject;
}

export interface RootRequest {
  /** Null for a holder without an agency, whose root carries the holder's name. */
  readonly agency: string | null;
  readonly holder: string;
  readonly passphrase: string | null;
  /** Where the root's private key is kept instead of the key folder; null keeps it there. */
  readonly rootOut: string | null;
}

const SERIAL_BYTES = 16;
const YEARS = 20;

/**
 * The root of the agency with its key opened. Fails with `key-unusable` where it has ended, its key
 * is elsewhere and not named, or the passphrase is wrong; with `target-exists` where a new root's key
 * would overwrite a file.
 */
export async function agencyRoot(
  folder: string,
  request: RootRequest,
  environment: Environment,
): Promise<Root> {
  const found = findRoot(folder, request);
  if (found === null) return makeRoot(folder, request, environment);
  const { certificate, location } = found;
  if (!isValidAt(certificate, new Date(environment.now()))) {
    throw new Failure("key-unusable", `the root certificate ${location} is not valid today`);
  }
  const key = await openRootKey(found, request);
  return { certificate, location, key };
}

interface FoundRoot {
  readonly certificate: Certificate;
  readonly location: string;
  readonly keyInFolder: string;
}

function findRoot(folder: string, request: RootRequest): FoundRoot | null {
  for (const name of namesOn(folder, "roots")) {
    const location = join(folder, "roots", name, CERTIFICATE_FILE);
    const [block] = readPem(readText(location));
    const certificate = block === undefined ? null : readCertificate(block.der);
    if (certificate === null) {
      throw new Failure("key-unusable", `${location} holds no readable certificate`);
    }
    const isWanted =
      organizationOf(certificate) === request.agency &&
      holderOf(certificate) === commonName(request);
    if (isWanted)
      return { certificate, location, keyInFolder: join(folder, "roots", name, KEY_FILE) };
  }
  return null;
}

async function openRootKey(found: FoundRoot, request: RootRequest): Promise<KeyObject> {
  const location = existsSync(found.keyInFolder) ? found.keyInFolder : request.rootOut;
  const name = `the root key of ${holderOf(found.certificate)}`;
  if (location === null) {
    throw new Failure("key-unusable", `${name} is not in the key folder`, [
      "name the file it was written to, so that it can issue another signer",
    ]);
  }
  const key = await openPrivateKey(readText(location), name, async () => request.passphrase);
  if (!found.certificate.x509.checkPrivateKey(key)) {
    throw new Failure("key-unusable", `${location} does not hold ${name}`);
  }
  return key;
}

async function makeRoot(
  folder: string,
  request: RootRequest,
  environment: Environment,
): Promise<Root> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const validFrom = secondOf(environment.now());
  const der = issueCertificate(
    {
      subject: { organization: request.agency, commonName: commonName(request) },
      publicKey,
      serial: environment.random(SERIAL_BYTES),
      validFrom,
      validTo: yearsAfter(validFrom, YEARS),
      extensions: rootExtensions(publicKey),
    },
    { certificate: null, key: privateKey },
  );
  const certificate = readCertificate(der);
  if (certificate === null) throw new Failure("bug", "the new root certificate cannot be read");
  const name = `${slugOf(request.agency ?? request.holder)}-${fingerprintOf(der).slice(0, 8)}`;
  const path = join(folder, "roots", name);
  const keyText = await writePrivateKey(privateKey, request.passphrase, environment.random);
  const files = [{ name: CERTIFICATE_FILE, text: pemOf([der]) }];
  if (request.rootOut === null) files.push({ name: KEY_FILE, text: keyText });
  else putFile(request.rootOut, keyText);
  putFolder(path, files);
  return { certificate, location: join(path, CERTIFICATE_FILE), key: privateKey };
}

function commonName({ agency, holder }: RootRequest): string {
  return `${agency ?? holder} root`;
}
