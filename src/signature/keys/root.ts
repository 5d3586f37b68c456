/** The agency's root: found in the key folder, or made there. */
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import { fingerprintOf, holderOf, organizationOf, readCertificate } from "../certificate.ts";
import { pemOf } from "../pem.ts";
import { issueCertificate } from "./certificate.ts";
import { rootExtensions } from "./extensions.ts";
import { CERTIFICATE_FILE, KEY_FILE, putFile, putFolder } from "./folder.ts";
import { slugOf } from "./names.ts";
import { writePrivateKey } from "./private-key.ts";
import { openRoot, type Root, rootsOnShelf, type ShelvedRoot } from "./root-shelf.ts";
import { secondOf, yearsAfter } from "./validity.ts";

export interface RootRequest {
  /** Null for a holder without an agency, whose root carries the holder's name. */
  readonly agency: string | null;
  readonly holder: string;
  /** That of the signer's key, and of the root's where `rootPassphrase` is not given. */
  readonly passphrase: string | null;
  readonly rootPassphrase?: string;
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
  const access = { keyFile: request.rootOut, passphrase: async () => passphraseOf(request) };
  return openRoot(found, access, new Date(environment.now()));
}

function findRoot(folder: string, request: RootRequest): ShelvedRoot | null {
  const isWanted = ({ certificate }: ShelvedRoot): boolean =>
    organizationOf(certificate) === request.agency && holderOf(certificate) === commonName(request);
  return rootsOnShelf(folder).find(isWanted) ?? null;
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
  const keyText = await writePrivateKey(privateKey, passphraseOf(request), environment.random);
  const files = [{ name: CERTIFICATE_FILE, text: pemOf([der]) }];
  if (request.rootOut === null) files.push({ name: KEY_FILE, text: keyText });
  else putFile(request.rootOut, keyText);
  putFolder(path, files);
  return { certificate, location: join(path, CERTIFICATE_FILE), key: privateKey };
}

function passphraseOf({ passphrase, rootPassphrase }: RootRequest): string | null {
  return rootPassphrase ?? passphrase;
}

function commonName({ agency, holder }: RootRequest): string {
  return `${agency ?? holder} root`;
}
