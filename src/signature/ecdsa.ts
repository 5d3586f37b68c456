/**
 * The one accepted form of an ECDSA value. With (r, s) also (r, n - s) is a valid signature: whoever
 * holds a bundle could change it unseen. Only the lower s is made and accepted here.
 */
import { AsnConvert } from "@peculiar/asn1-schema";
import { equalBytes } from "./der.ts";
import { EcdsaSigValue, encode } from "./schema.ts";

/** The value with the lower s, in DER; null where the bytes hold no pair within 1 to n - 1. */
export function canonicalEcdsa(value: Uint8Array, order: bigint): Uint8Array | null {
  const pair = readPair(value);
  if (pair === null || !isWithin(pair.r, order) || !isWithin(pair.s, order)) return null;
  const canonical = new EcdsaSigValue();
  canonical.r = pair.r;
  canonical.s = pair.s > order / 2n ? order - pair.s : pair.s;
  return encode(canonical);
}

/** Whether the bytes are that one form. */
export function isCanonicalEcdsa(value: Uint8Array, order: bigint): boolean {
  const canonical = canonicalEcdsa(value, order);
  return canonical !== null && equalBytes(canonical, value);
}

function readPair(value: Uint8Array): EcdsaSigValue | null {
  try {
    return AsnConvert.parse(value, EcdsaSigValue);
  } catch {
    return null;
  }
}

function isWithin(number: bigint, order: bigint): boolean {
  return number > 0n && number < order;
}
