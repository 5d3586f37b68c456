/** `key revoke`: a notice that withdraws a certificate, signed by its agency's root or by its own key. */
import { existsSync } from "node:fs";
import { sign } from "node:crypto";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import type { Signer } from "../../model/signature.ts";
import { profileOf } from "../algorithms.ts";
import { type Certificate, fingerprintOf, holderOf, readCertificate } from "../certificate.ts";
import { signDetached } from "../cms.ts";
import { readPem } from "../pem.ts";
import {
  noticeContent,
  noticeText,
  type Revocation,
  type RevocationReason,
} from "../revocation.ts";
import { admitKey } from "./admit.ts";
import { putFile, readText } from "./folder.ts";
import { keyIds, readKey } from "./list.ts";
import { noticeOn, putNotice } from "./notices.ts";
import { openSigner } from "./open.ts";
import { issuerOnShelf, openRoot, type RootAccess, type ShelvedRoot } from "./root-shelf.ts";
import { secondOf } from "./validity.ts";

export interface RevocationRequest {
  /** The id of a key of this folder, or a PEM file with the certificate of another. */
  readonly target: string;
  readonly reason: RevocationReason;
  /** From when on the certificate is not to be relied on; null: now. */
  readonly since: Date | null;
  readonly note: string | null;
  /** Who signs; null: the root where its key is at hand, else the key itself. */
  readonly by: "root" | "signer" | null;
  /** The file of the root's key where it is not in the key folder. */
  readonly rootKeyFile: string | null;
}

/** A revocation that may be signed; nothing is written yet. */
export interface Revocable {
  readonly holder: string;
  /** SHA-256 of the certificate. */
  readonly certificate: string;
  readonly revocation: Revocation;
  readonly by: "root" | "signer";
  /** Signs the notice, writes it to a new file and keeps it in the folder. */
  readonly revoke: (out: string, passphrase: RootAccess["passphrase"]) => Promise<void>;
}

/**
 * Judges whether and by whom a certificate can be withdrawn here.
 *
 * @throws Failure `key-unusable` where there is no such key or certificate, or nothing at hand that may
 *   withdraw it; `usage` for a time to come; `target-exists` where it is revoked already
 */
export function readRevocation(
  folder: string,
  request: RevocationRequest,
  environment: Environment,
): Revocable {
  const now = secondOf(environment.now());
  const since = request.since ?? now;
  if (since > now) {
    throw new Failure(
      "usage",
      "--since lies in the future: a notice holds from now on at the latest",
    );
  }
  const { certificate, id } = targetOf(folder, request.target);
  const fingerprint = fingerprintOf(certificate.der);
  const earlier = noticeOn(folder, fingerprint);
  if (earlier !== null) {
    throw new Failure(
      "target-exists",
      `the certificate of ${holderOf(certificate)} is revoked already, as of ${earlier.revoked}`,
    );
  }
  const revocation: Revocation = {
    reason: request.reason,
    revoked: `${secondOf(since.getTime()).toISOString().slice(0, 19)}Z`,
    note: request.note,
  };
  const authority = authorityOf(folder, certificate, id, request);
  const content = noticeContent(certificate, revocation);
  return {
    holder: holderOf(certificate),
    certificate: fingerprint,
    revocation,
    by: authority.root === null ? "signer" : "root",
    revoke: async (out, passphrase) => {
      const { keyFile, root } = authority;
      const signer =
        root === null
          ? await openSigner(folder, authority.id, passphrase)
          : await rootSigner(root, { keyFile, passphrase }, now);
      const signature = await signDetached(content, signer, { signingTime: now });
      const text = noticeText(certificate, content, signature);
      putFile(out, text);
      putNotice(folder, fingerprint, text);
    },
  };
}

interface Target {
  readonly certificate: Certificate;
  /** Null for a certificate of somebody else. */
  readonly id: string | null;
}

function targetOf(folder: string, target: string): Target {
  if (keyIds(folder).includes(target)) {
    return { certificate: readKey(folder, target).certificate, id: target };
  }
  if (!existsSync(target)) {
    throw new Failure("key-unusable", `there is no key ${target}, and no such certificate file`, [
      "exhibita key list shows the keys",
    ]);
  }
  const block = readPem(readText(target)).find(({ label }) => label === "CERTIFICATE");
  const certificate = block === undefined ? null : readCertificate(block.der);
  if (certificate !== null) return { certificate, id: null };
  throw new Failure("key-unusable", `${target} holds no readable certificate`);
}

/** By the root where one is given, otherwise by the key itself. */
type Authority =
  | { readonly root: ShelvedRoot; readonly keyFile: string | null; readonly id: null }
  | { readonly root: null; readonly keyFile: null; readonly id: string };

function authorityOf(
  folder: string,
  certificate: Certificate,
  id: string | null,
  { by, rootKeyFile }: RevocationRequest,
): Authority {
  const root = issuerOnShelf(folder, certificate);
  const hasRootKey = root !== null && (root.keyFile !== null || rootKeyFile !== null);
  if (by !== "signer" && root !== null && (hasRootKey || by === "root")) {
    return { root, keyFile: rootKeyFile, id: null };
  }
  if (by !== "root" && id !== null) return { root: null, keyFile: null, id };
  throw new Failure(
    "key-unusable",
    `neither the root nor the key of ${holderOf(certificate)} is here to withdraw the certificate`,
    ["run this where the agency's root is, or where the key is"],
  );
}

async function rootSigner(root: ShelvedRoot, access: RootAccess, at: Date): Promise<Signer> {
  const { certificate, key } = await openRoot(root, access, at);
  const holder = holderOf(certificate);
  const algorithm = admitKey(key, holder);
  const { digest } = profileOf(algorithm);
  return {
    id: holder,
    holder,
    algorithm,
    chain: [certificate.der],
    sign: async (toBeSigned) => sign(digest, toBeSigned, key),
  };
}
