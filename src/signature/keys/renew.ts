/** `key renew`: another certificate for the same key, holder and agency, with new dates. */
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import { issueSigner } from "./issue.ts";
import { readKey, type StoredKey } from "./list.ts";
import { noticeOn } from "./notices.ts";
import { issuerOnShelf, openRoot, type RootAccess, type ShelvedRoot } from "./root-shelf.ts";
import { chooseKey } from "./standing.ts";
import { type PutSigner, putSigner } from "./store.ts";

/** A certificate that may be renewed; nothing is written or signed yet. */
export interface Renewable {
  readonly key: StoredKey;
  readonly root: ShelvedRoot;
  readonly renew: (access: RootAccess) => Promise<PutSigner>;
}

/**
 * Judges whether a key, by its id or the only one, may have a new certificate of its root. The old one
 * stays as it is, superseded; the key, on a card or in a file, is the same.
 *
 * @throws Failure `key-unusable` where the key is not there, revoked, or of a root that is not in this
 *   folder; `usage` where several keys are there and none is named
 */
export function readRenewal(
  folder: string,
  id: string | null,
  environment: Environment,
): Renewable {
  const key = readKey(folder, chooseKey(folder, id, new Date(environment.now())));
  const { entry, certificate } = key;
  const notice = noticeOn(folder, entry.certificateFingerprint);
  if (notice !== null) {
    throw new Failure("key-unusable", `key ${entry.id} was revoked on ${notice.revoked}`, [
      "make another key with: exhibita key init --holder NAME",
    ]);
  }
  const root = issuerOnShelf(folder, certificate);
  if (root === null) {
    throw new Failure("key-unusable", `the root of key ${entry.id} is not in ${folder}`, [
      "ask its issuer for a new certificate of the same key, then: exhibita key import FILE",
    ]);
  }
  const subject = { organization: entry.agency, commonName: entry.holder };
  const { publicKey } = certificate.x509;
  return {
    key,
    root,
    renew: async (access) => {
      const opened = await openRoot(root, access, new Date(environment.now()));
      const renewed = issueSigner(opened, subject, publicKey, environment);
      return putSigner(folder, [renewed, root.certificate], key.secret);
    },
  };
}
