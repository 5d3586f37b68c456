/** Signing on a card: what it gives, in the form that CMS and certificates hold. */
import { createHash } from "node:crypto";
import { Failure } from "../../../model/failure.ts";
import type { SignatureAlgorithm, Signer } from "../../../model/signature.ts";
import { type AlgorithmProfile, profileOf } from "../../algorithms.ts";
import { EcdsaSigValue, encode } from "../../schema.ts";
import { cardFailure } from "./module.ts";
import type { CardKey } from "./objects.ts";
import type { Token } from "./token.ts";

/** Mechanisms of PKCS#11, header pkcs11t.h. */
const MECHANISM = { rsaPkcs: 0x0001, sha256RsaPkcs: 0x0040, ecdsa: 0x1041 } as const;
const CONTEXT_SPECIFIC = 2;

/** A signature of RSA with 8192 bits. */
const ROOM = 1024;

/** DigestInfo of SHA-256 up to the digest (RFC 8017, section 9.2, note 1). */
const SHA256_DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

/**
 * The `sign` of a signer whose key is on a card that has been unlocked.
 *
 * @param pin asked for again by cards that want it for each signature
 */
export function signingOn(
  token: Token,
  key: CardKey,
  algorithm: SignatureAlgorithm,
  pin: string | null,
): Signer["sign"] {
  const profile = profileOf(algorithm);
  const mechanism = mechanismOf(token, profile);
  return async (toBeSigned) => {
    const { cryptoki, session } = token;
    const input = inputOf(mechanism, profile, toBeSigned);
    try {
      cryptoki.C_SignInit(session, { mechanism }, key.handle);
      if (key.alwaysAuthenticates) {
        if (pin === null) cryptoki.C_Login(session, CONTEXT_SPECIFIC);
        else cryptoki.C_Login(session, CONTEXT_SPECIFIC, pin);
      }
      const value = cryptoki.C_Sign(session, input, Buffer.alloc(ROOM));
      return profile.order === null ? Uint8Array.from(value) : ecdsaValue(value);
    } catch (error) {
      throw cardFailure(`the card ${token.label}`, error);
    }
  };
}

function mechanismOf({ mechanisms, label }: Token, profile: AlgorithmProfile): number {
  const wanted =
    profile.order === null ? [MECHANISM.sha256RsaPkcs, MECHANISM.rsaPkcs] : [MECHANISM.ecdsa];
  const found = wanted.find((each) => mechanisms.has(each));
  if (found !== undefined) return found;
  const name = profile.order === null ? "RSA with PKCS#1 v1.5" : "ECDSA";
  throw new Failure("key-unusable", `the card ${label} does not sign by ${name}`);
}

/** What is handed to the card: it hashes by itself for one mechanism only. */
function inputOf(mechanism: number, profile: AlgorithmProfile, data: Uint8Array): Buffer {
  if (mechanism === MECHANISM.sha256RsaPkcs) return Buffer.from(data);
  const digest = createHash(profile.digest).update(data).digest();
  return mechanism === MECHANISM.rsaPkcs ? Buffer.concat([SHA256_DIGEST_INFO, digest]) : digest;
}

/** PKCS#11, section 2.3.1: r and s, each of half the length. */
function ecdsaValue(value: Buffer): Uint8Array {
  const half = value.length / 2;
  const pair = new EcdsaSigValue();
  pair.r = numberOf(value.subarray(0, half));
  pair.s = numberOf(value.subarray(half));
  return encode(pair);
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}
