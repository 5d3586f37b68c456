/** The extensions of the two certificates that `key init` makes (RFC 5280, section 4.2.1). */
import { createHash, type KeyObject } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  Extension,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  id_kp_emailProtection,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
} from "@peculiar/asn1-x509";
import { ID_KP_DOCUMENT_SIGNING } from "../oids.ts";
import { encode } from "../schema.ts";
import { publicKeyDer } from "./certificate.ts";

/** A root that issues signers' certificates directly, and no further authorities. */
export function rootExtensions(key: KeyObject): readonly Extension[] {
  return [
    critical(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 })),
    critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign)),
    ...keyIdentifiers(key, key),
  ];
}

/**
 * A signer. emailProtection stands beside documentSigning since openssl and NSS take a certificate
 * with the latter alone for unfit.
 */
export function signerExtensions(key: KeyObject, issuer: KeyObject): readonly Extension[] {
  return [
    critical(id_ce_basicConstraints, new BasicConstraints({ cA: false })),
    critical(
      id_ce_keyUsage,
      new KeyUsage(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation),
    ),
    extension(
      id_ce_extKeyUsage,
      new ExtendedKeyUsage([id_kp_emailProtection, ID_KP_DOCUMENT_SIGNING]),
    ),
    ...keyIdentifiers(key, issuer),
  ];
}

/** One extension that a reader may pass over. */
export function extension(id: string, value: unknown): Extension {
  return new Extension({ extnID: id, extnValue: new OctetString(encode(value)) });
}

/** One extension that a reader must understand or refuse the certificate. */
export function critical(id: string, value: unknown): Extension {
  return new Extension({ extnID: id, critical: true, extnValue: new OctetString(encode(value)) });
}

/** subjectKeyIdentifier and authorityKeyIdentifier. */
export function keyIdentifiers(key: KeyObject, issuer: KeyObject): readonly Extension[] {
  return [
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(key))),
    extension(
      id_ce_authorityKeyIdentifier,
      new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdentifier(issuer)) }),
    ),
  ];
}

/** RFC 7093, section 2, method 1: the leftmost 160 bits of SHA-256 over the key's BIT STRING. */
function keyIdentifier(key: KeyObject): Uint8Array {
  const { subjectPublicKey } = AsnConvert.parse(publicKeyDer(key), SubjectPublicKeyInfo);
  return createHash("sha256").update(new Uint8Array(subjectPublicKey)).digest().subarray(0, 20);
}
