/** `key init`: an agency root and a signer, for an office without an authority of its own. */
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import type { Sha256 } from "../../model/artifact.ts";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import type { SignatureAlgorithm } from "../../model/signature.ts";
import { fingerprintOf } from "../certificate.ts";
import { pemOf } from "../pem.ts";
import { issueCertificate } from "./certificate.ts";
import { signerExtensions } from "./extensions.ts";
import { CERTIFICATE_FILE, KEY_FILE, putFolder } from "./folder.ts";
import { certificateName, slugOf } from "./names.ts";
import { writePrivateKey } from "./private-key.ts";
import { agencyRoot, type Root, type RootRequest } from "./root.ts";
import { secondOf, yearsAfter } from "./validity.ts";

/** Who is to sign, and how the keys are kept; a null passphrase writes them in plain. */
export type KeyRequest = RootRequest;

export interface CreatedKey {
  readonly id: string;
  readonly holder: string;
  readonly algorithm: SignatureAlgorithm;
  /** The PEM file of the root certificate, for handing over apart from any bundle. */
  readonly root: string;
  /** The PEM file of the signer's certificate and the root's. */
  readonly certificate: string;
  /** SHA-256 of the ROOT certificate's DER, 64 hex digits. */
  readonly fingerprint: Sha256;
}

const SERIAL_BYTES = 16;
const YEARS = 5;

/**
 * Makes a P-256 signer under the agency's P-384 root, which is made first where the folder has none.
 * The passphrase is that of both keys. Nothing is trusted by this, and nothing is overwritten.
 *
 * Fails with `usage` over names or an empty passphrase, otherwise as `agencyRoot` does.
 */
export async function initKeys(
  folder: string,
  request: KeyRequest,
  environment: Environment,
): Promise<CreatedKey> {
  if (request.passphrase === "") throw new Failure("usage", "the passphrase is empty");
  const holder = certificateName(request.holder, "holder");
  const agency = request.agency === null ? null : certificateName(request.agency, "agency");
  const root = await agencyRoot(folder, { ...request, holder, agency }, environment);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const validFrom = secondOf(environment.now());
  const leaf = issueCertificate(
    {
      subject: { organization: agency, commonName: holder },
      publicKey,
      serial: environment.random(SERIAL_BYTES),
      validFrom,
      validTo: earlier(yearsAfter(validFrom, YEARS), root.certificate.x509.validToDate),
      extensions: signerExtensions(publicKey, root.certificate.x509.publicKey),
    },
    { certificate: root.certificate.der, key: root.key },
  );
  const id = `${slugOf(holder)}-${fingerprintOf(leaf).slice(0, 8)}`;
  const path = join(folder, "signers", id);
  putFolder(path, [
    { name: CERTIFICATE_FILE, text: pemOf([leaf, root.certificate.der]) },
    {
      name: KEY_FILE,
      text: await writePrivateKey(privateKey, request.passphrase, environment.random),
    },
  ]);
  return created(id, holder, root, join(path, CERTIFICATE_FILE));
}

function created(id: string, holder: string, root: Root, certificate: string): CreatedKey {
  return {
    id,
    holder,
    algorithm: "ecdsa-p256-sha256",
    root: root.location,
    certificate,
    fingerprint: fingerprintOf(root.certificate.der),
  };
}

function earlier(left: Date, right: Date): Date {
  return left.getTime() <= right.getTime() ? left : right;
}
