/** A small PKI of synthetic people, made anew for each test file. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { Extension } from "@peculiar/asn1-x509";
import type { Environment } from "../../src/model/environment.ts";
import type { SignatureAlgorithm, Signer, TrustedRoot } from "../../src/model/signature.ts";
import { issueCertificate } from "../../src/signature/keys/certificate.ts";
import { rootExtensions, signerExtensions } from "../../src/signature/keys/extensions.ts";

export const NOW: Date = new Date("2026-03-02T09:30:00Z");
const DAY = 86_400_000;

/** A clock that stands still and a random source that counts. */
export function fixedEnvironment(now: Date = NOW): Environment {
  let drawn = 0;
  return {
    now: () => now.getTime(),
    monotonic: () => 0n,
    random: (bytes) => {
      drawn += 1;
      return createHash("shake256", { outputLength: bytes }).update(`draw ${drawn}`).digest();
    },
    user: "analyst",
    host: "desk",
    sourceDateEpoch: null,
  };
}

export interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export function keyPair(kind: "P-256" | "P-384" | "P-521" | "RSA-1024" | "RSA-3072"): Pair {
  if (kind.startsWith("RSA-")) {
    return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(4)) });
  }
  return generateKeyPairSync("ec", { namedCurve: kind });
}

export interface Authority {
  readonly certificate: Uint8Array;
  readonly keys: Pair;
}

export interface Wishes {
  readonly name?: string;
  readonly keys?: Pair;
  readonly validFrom?: Date;
  readonly validTo?: Date;
  readonly extensions?: readonly Extension[];
}

let serials = 0;
function serial(): Uint8Array {
  serials += 1;
  return createHash("sha256").update(`serial ${serials}`).digest().subarray(0, 16);
}

/** A certificate for `keys`, signed by the issuer or, with null, by itself. */
export function certify(keys: Pair, issuer: Authority | null, wishes: Wishes = {}): Uint8Array {
  const signer = issuer?.keys ?? keys;
  return issueCertificate(
    {
      subject: { organization: "Harbour Unit", commonName: wishes.name ?? "Ines Okafor" },
      publicKey: keys.publicKey,
      serial: serial(),
      validFrom: wishes.validFrom ?? new Date(NOW.getTime() - 30 * DAY),
      validTo: wishes.validTo ?? new Date(NOW.getTime() + 300 * DAY),
      extensions: wishes.extensions ?? signerExtensions(keys.publicKey, signer.publicKey),
    },
    { certificate: issuer?.certificate ?? null, key: signer.privateKey },
  );
}

export function makeRoot(name = "Harbour Unit root", wishes: Wishes = {}): Authority {
  const keys = wishes.keys ?? keyPair("P-384");
  const extensions = wishes.extensions ?? rootExtensions(keys.publicKey);
  return { keys, certificate: certify(keys, null, { ...wishes, name, extensions }) };
}

const ALGORITHMS: { readonly [kind: string]: SignatureAlgorithm } = {
  "P-256": "ecdsa-p256-sha256",
  "P-384": "ecdsa-p384-sha384",
  "RSA-3072": "rsa-sha256",
};

/** A signer in memory with a certificate of the given authority. */
export function makeSigner(
  kind: "P-256" | "P-384" | "RSA-3072",
  authority: Authority,
  wishes: Wishes = {},
): Signer {
  const keys = wishes.keys ?? keyPair(kind);
  const leaf = certify(keys, authority, { ...wishes, keys });
  return signerOf(keys, ALGORITHMS[kind] ?? "rsa-sha256", [leaf, authority.certificate]);
}

/** A signer in memory with any chain whatever. */
export function signerOf(
  keys: Pair,
  algorithm: SignatureAlgorithm,
  chain: readonly Uint8Array[],
): Signer {
  const digest = algorithm === "ecdsa-p384-sha384" ? "sha384" : "sha256";
  return {
    id: "ines-okafor",
    holder: "Ines Okafor",
    algorithm,
    chain,
    sign: async (bytes) => sign(digest, bytes, keys.privateKey),
  };
}

export function trusted(...certificates: readonly Uint8Array[]): readonly TrustedRoot[] {
  return certificates.map((certificate) => ({ certificate, origin: "root.pem" }));
}
