/** `key issue`: a certificate for somebody who asked for it, where the agency's root is. */
import { join } from "node:path";
import type { Sha256 } from "../../model/artifact.ts";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import { fingerprintOf, organizationOf, validityOf } from "../certificate.ts";
import { pemOf } from "../pem.ts";
import { putFile, readText } from "./folder.ts";
import { issueSigner } from "./issue.ts";
import { certificateName } from "./names.ts";
import { readRequest } from "./request.ts";
import { openRoot, type RootAccess, rootOfAgency, type ShelvedRoot } from "./root-shelf.ts";

export interface IssueRequest {
  /** The PEM file of the request. */
  readonly request: string;
  /** The agency whose root issues; null: that of the request, else the only one. */
  readonly agency: string | null;
  /** The beginning of the key's fingerprint as its holder told it; null: not compared here. */
  readonly expected: string | null;
}

/** A request that may be granted; nothing is written or signed yet. */
export interface Issuable {
  readonly holder: string;
  readonly agency: string | null;
  /** SHA-256 of the public key. */
  readonly fingerprint: Sha256;
  readonly root: ShelvedRoot;
  /** Issues the certificate into a new file, with the root's behind it, and keeps a copy. */
  readonly issue: (out: string, access: RootAccess) => Promise<IssuedCertificate>;
}

export interface IssuedCertificate {
  readonly certificateFingerprint: Sha256;
  /** The file that was written. */
  readonly location: string;
  /** ISO 8601 UTC. */
  readonly validTo: string;
}

/**
 * Judges a request against the agency's root.
 *
 * @throws Failure `key-unusable` over the request or the root, or a key of another fingerprint than
 *   expected; `usage` over names, or where several roots fit
 */
export function readApplication(
  folder: string,
  { request: path, agency, expected }: IssueRequest,
  environment: Environment,
): Issuable {
  const request = readRequest(readText(path), path);
  if (expected !== null) refuseOther(request.fingerprint, expected, path);
  const holder = certificateName(request.holder ?? "", "the holder's name in the request");
  const root = rootOfAgency(folder, agency ?? request.agency);
  const organization = organizationOf(root.certificate);
  if (request.agency !== null && organization !== null && request.agency !== organization) {
    throw new Failure(
      "key-unusable",
      `${path} asks for a certificate of ${request.agency}, the root is that of ${organization}`,
      ["let the holder ask again with the agency's exact name"],
    );
  }
  const subject = { organization, commonName: holder };
  return {
    holder,
    agency: organization,
    fingerprint: request.fingerprint,
    root,
    issue: async (out, access) => {
      const opened = await openRoot(root, access, new Date(environment.now()));
      const certificate = issueSigner(opened, subject, request.publicKey, environment);
      const text = pemOf([certificate.der, root.certificate.der]);
      const certificateFingerprint = fingerprintOf(certificate.der);
      putFile(out, text);
      putFile(join(folder, "issued", `${certificateFingerprint}.pem`), text);
      return { certificateFingerprint, location: out, validTo: validityOf(certificate).to };
    },
  };
}

const LEAST_DIGITS = 16;

/** As people write fingerprints down: any case, with colons or blanks. */
function refuseOther(found: Sha256, expected: string, path: string): void {
  const digits = expected.replaceAll(/[\s:]/g, "").toLowerCase();
  if (digits.length < LEAST_DIGITS || !/^[0-9a-f]+$/.test(digits)) {
    throw new Failure("usage", `${expected} is no fingerprint`, [
      `give at least the first ${LEAST_DIGITS} of its 64 hexadecimal digits`,
    ]);
  }
  if (found.startsWith(digits)) return;
  throw new Failure("key-unusable", `${path} is for another key, of fingerprint ${found}`, [
    "somebody may have exchanged the request on its way: ask the holder again",
  ]);
}
