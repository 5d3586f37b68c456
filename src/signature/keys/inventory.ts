/** What else lies in a key folder beside its signers. */
import { join } from "node:path";
import type { Sha256 } from "../../model/artifact.ts";
import { Failure } from "../../model/failure.ts";
import {
  fingerprintOf,
  holderOf,
  organizationOf,
  readCertificate,
  validityOf,
} from "../certificate.ts";
import { readPem } from "../pem.ts";
import type { RevocationNotice } from "../revocation.ts";
import { namesOn, readText, REQUEST_FILE } from "./folder.ts";
import { noticesOn } from "./notices.ts";
import { readRequest } from "./request.ts";
import { rootsOnShelf } from "./root-shelf.ts";

export interface Inventory {
  readonly roots: readonly ListedRoot[];
  readonly requests: readonly ListedRequest[];
  readonly trusted: readonly ListedTrust[];
  readonly notices: readonly RevocationNotice[];
}

/** The root of an agency. */
export interface ListedRoot {
  readonly holder: string;
  readonly agency: string | null;
  readonly fingerprint: Sha256;
  /** ISO 8601 UTC. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Whether its private key is in the folder too. */
  readonly keyHere: boolean;
  readonly location: string;
}

/** A key that waits for its certificate. */
export interface ListedRequest {
  readonly id: string;
  readonly holder: string | null;
  readonly agency: string | null;
  /** SHA-256 of the public key. */
  readonly fingerprint: Sha256;
  readonly location: string;
}

/** A root that signatures are checked against. */
export interface ListedTrust {
  readonly holder: string;
  readonly fingerprint: Sha256;
  readonly location: string;
}

/** All of it, nothing opened. Fails with `key-unusable`, naming the file that is at fault. */
export function inventoryOf(folder: string): Inventory {
  return {
    roots: rootsOnShelf(folder).map(({ certificate, location, keyFile }) => {
      const { from, to } = validityOf(certificate);
      return {
        holder: holderOf(certificate),
        agency: organizationOf(certificate),
        fingerprint: fingerprintOf(certificate.der),
        validFrom: from,
        validTo: to,
        keyHere: keyFile !== null,
        location,
      };
    }),
    requests: namesOn(folder, "requests").map((id) => {
      const location = join(folder, "requests", id, REQUEST_FILE);
      const { holder, agency, fingerprint } = readRequest(readText(location), location);
      return { id, holder, agency, fingerprint, location };
    }),
    trusted: namesOn(folder, "trusted").map((name) => trustIn(join(folder, "trusted", name))),
    notices: noticesOn(folder),
  };
}

function trustIn(location: string): ListedTrust {
  const [block] = readPem(readText(location));
  const certificate = block === undefined ? null : readCertificate(block.der);
  if (certificate === null) {
    throw new Failure("key-unusable", `${location} holds no readable certificate`);
  }
  return { holder: holderOf(certificate), fingerprint: fingerprintOf(certificate.der), location };
}
