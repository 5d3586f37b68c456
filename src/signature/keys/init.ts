/** `key init`: an agency root and a signer, for an office without an authority of its own. */
import { generateKeyPairSync } from "node:crypto";
import type { Sha256 } from "../../model/artifact.ts";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import type { SignatureAlgorithm } from "../../model/signature.ts";
import { KEY_FILE } from "./folder.ts";
import { issueSigner } from "./issue.ts";
import { certificateName } from "./names.ts";
import { writePrivateKey } from "./private-key.ts";
import { agencyRoot, type RootRequest } from "./root.ts";
import { putSigner } from "./store.ts";

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

/**
 * Makes a P-256 signer under the agency's P-384 root, which is made first where the folder has none.
 * Nothing is trusted by this, and nothing is overwritten.
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
  const subject = { organization: agency, commonName: holder };
  const leaf = issueSigner(root, subject, publicKey, environment);
  const text = await writePrivateKey(privateKey, request.passphrase, environment.random);
  const made = putSigner(folder, [leaf, root.certificate], { file: KEY_FILE, text });
  const { id, algorithm, certificate, fingerprint } = made;
  return { id, holder, algorithm, root: root.location, certificate, fingerprint };
}
