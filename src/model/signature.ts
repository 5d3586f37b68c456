/** ECDSA and RSA as CMS names them; Ed25519 is refused, since OpenSSL and NSS cannot check it in CMS. */
export type SignatureAlgorithm = "ecdsa-p256-sha256" | "ecdsa-p384-sha384" | "rsa-sha256";

/**
 * Something that signs: a key in a file, on a card, in an HSM.
 *
 * `sign` takes the bytes to be signed (not their digest) and gives the signature value as CMS holds
 * it: DER ECDSA-Sig-Value, or the PKCS#1 v1.5 block.
 */
export interface Signer {
  readonly id: string;
  readonly holder: string;
  readonly algorithm: SignatureAlgorithm;
  /** DER certificates, the signer's first, each followed by its issuer as far as known. */
  readonly chain: readonly Uint8Array[];
  readonly sign: (toBeSigned: Uint8Array) => Promise<Uint8Array>;
}

/** Attaches an RFC 3161 token to a signature value; the reply is the token's DER as received. */
export interface TimestampAuthority {
  readonly url: string;
  readonly stamp: (digest: Uint8Array) => Promise<Uint8Array>;
}

/** A root that the person verifying trusts, from outside the bundle. */
export interface TrustedRoot {
  readonly certificate: Uint8Array;
  /** Where it was named: a file path, or `trusted` for the key folder. */
  readonly origin: string;
}
