/** What lies on a card: certificates, and keys that sign. */
import { createPublicKey, type KeyObject } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, SubjectPublicKeyInfo } from "@peculiar/asn1-x509";
import { ID_EC_PUBLIC_KEY } from "../../oids.ts";
import { bufferOf, encode } from "../../schema.ts";
import { errorName } from "./module.ts";
import type { Token } from "./token.ts";

/** Object classes and attributes of PKCS#11, header pkcs11t.h. */
const CLASS = { certificate: 1, publicKey: 2, privateKey: 3 } as const;
const ATTRIBUTE = {
  class: 0x000,
  label: 0x003,
  value: 0x011,
  id: 0x102,
  sign: 0x108,
  modulus: 0x120,
  publicExponent: 0x122,
  ecParams: 0x180,
  ecPoint: 0x181,
  alwaysAuthenticate: 0x202,
} as const;

/** Objects looked at on one card. */
const MOST = 256;

export interface CardKey {
  /** CKA_ID in hexadecimal digits. */
  readonly id: string;
  readonly label: string;
  readonly handle: Buffer;
  /** The PIN is asked for at each signature. */
  readonly alwaysAuthenticates: boolean;
}

/** The private keys that sign; those of most cards show only after the PIN. */
export function signingKeys(token: Token): readonly CardKey[] {
  return objectsOf(token, CLASS.privateKey)
    .filter((handle) => read(token, handle, ATTRIBUTE.sign)?.[0] !== 0)
    .map((handle) => ({
      id: read(token, handle, ATTRIBUTE.id)?.toString("hex") ?? "",
      label: read(token, handle, ATTRIBUTE.label)?.toString("utf8") ?? "",
      handle,
      alwaysAuthenticates: read(token, handle, ATTRIBUTE.alwaysAuthenticate)?.[0] === 1,
    }));
}

export interface CardCertificate {
  /** CKA_ID in hexadecimal digits, that of its key by custom. */
  readonly id: string;
  readonly der: Uint8Array;
}

/** The certificates on the card, of holders and authorities alike. */
export function cardCertificates(token: Token): readonly CardCertificate[] {
  return objectsOf(token, CLASS.certificate).flatMap((handle) => {
    const der = read(token, handle, ATTRIBUTE.value);
    const id = read(token, handle, ATTRIBUTE.id)?.toString("hex") ?? "";
    return der === null ? [] : [{ id, der: Uint8Array.from(der) }];
  });
}

/** The public half of a key as the card shows it; null where it shows none. */
export function publicKeyOnCard(token: Token, id: string): KeyObject | null {
  const [handle] = objectsOf(token, CLASS.publicKey, Buffer.from(id, "hex"));
  if (handle === undefined) return null;
  try {
    return ecKey(token, handle) ?? rsaKey(token, handle);
  } catch {
    return null;
  }
}

/** The point comes as an OCTET STRING in DER, the curve as its encoded identifier. */
function ecKey(token: Token, handle: Buffer): KeyObject | null {
  const curve = read(token, handle, ATTRIBUTE.ecParams);
  const point = read(token, handle, ATTRIBUTE.ecPoint);
  if (curve === null || point === null) return null;
  const algorithm = new AlgorithmIdentifier({
    algorithm: ID_EC_PUBLIC_KEY,
    parameters: bufferOf(curve),
  });
  const subjectPublicKey = AsnConvert.parse(point, OctetString).buffer;
  const key = encode(new SubjectPublicKeyInfo({ algorithm, subjectPublicKey }));
  return createPublicKey({ key: Buffer.from(key), format: "der", type: "spki" });
}

function rsaKey(token: Token, handle: Buffer): KeyObject | null {
  const modulus = read(token, handle, ATTRIBUTE.modulus);
  const exponent = read(token, handle, ATTRIBUTE.publicExponent);
  if (modulus === null || exponent === null) return null;
  const [n, e] = [modulus.toString("base64url"), exponent.toString("base64url")];
  return createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" });
}

function objectsOf({ cryptoki, session }: Token, kind: number, id?: Buffer): readonly Buffer[] {
  const template = [{ type: ATTRIBUTE.class, value: kind }];
  cryptoki.C_FindObjectsInit(
    session,
    id === undefined ? template : [...template, { type: ATTRIBUTE.id, value: id }],
  );
  try {
    return cryptoki.C_FindObjects(session, MOST);
  } finally {
    cryptoki.C_FindObjectsFinal(session);
  }
}

/** Null where the object has no such attribute, or will not show it. */
function read({ cryptoki, session }: Token, object: Buffer, type: number): Buffer | null {
  try {
    const [found] = cryptoki.C_GetAttributeValue(session, object, [{ type }]);
    return found === undefined || found.value.length === 0 ? null : found.value;
  } catch (error) {
    if (errorName(error) === null) throw error;
    return null;
  }
}
