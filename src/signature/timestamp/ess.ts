/** Which certificate a token says it was signed with (RFC 2634, section 5.4; RFC 5035; RFC 5816). */
import { createHash } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import type { Certificate } from "../certificate.ts";
import { equalBytes } from "../der.ts";
import {
  ID_SHA256,
  ID_SHA384,
  ID_SHA512,
  ID_SIGNING_CERTIFICATE,
  ID_SIGNING_CERTIFICATE_V2,
} from "../oids.ts";
import { encode, type IssuerSerial } from "../schema.ts";
import { AnySigningCertificate, AnySigningCertificateV2 } from "./schema.ts";

const DIGESTS: { readonly [id: string]: string } = {
  [ID_SHA256]: "sha256",
  [ID_SHA384]: "sha384",
  [ID_SHA512]: "sha512",
};

/**
 * Whether every signing-certificate attribute names this certificate, and there is at least one. The
 * older attribute can only say so with SHA-1 and is accepted: it tells the authority's own certificates
 * apart, and the key that signed is checked beside it.
 */
export function namesSigner(
  values: ReadonlyMap<string, Uint8Array>,
  certificate: Certificate,
): boolean {
  const verdicts = [
    firstVersion(values.get(ID_SIGNING_CERTIFICATE), certificate),
    secondVersion(values.get(ID_SIGNING_CERTIFICATE_V2), certificate),
  ].filter((verdict) => verdict !== null);
  return verdicts.length > 0 && verdicts.every(Boolean);
}

function firstVersion(value: Uint8Array | undefined, certificate: Certificate): boolean | null {
  if (value === undefined) return null;
  const [id] = AsnConvert.parse(value, AnySigningCertificate).certs;
  return id !== undefined && isNamed("sha1", id, certificate);
}

function secondVersion(value: Uint8Array | undefined, certificate: Certificate): boolean | null {
  if (value === undefined) return null;
  const [id] = AsnConvert.parse(value, AnySigningCertificateV2).certs;
  const digest = DIGESTS[id?.hashAlgorithm?.algorithm ?? ID_SHA256];
  return id !== undefined && digest !== undefined && isNamed(digest, id, certificate);
}

interface NamedCertificate {
  readonly certHash: { readonly buffer: ArrayBuffer };
  readonly issuerSerial?: IssuerSerial;
}

function isNamed(digest: string, id: NamedCertificate, certificate: Certificate): boolean {
  const hash = createHash(digest).update(certificate.der).digest();
  if (!equalBytes(hash, new Uint8Array(id.certHash.buffer))) return false;
  if (id.issuerSerial === undefined) return true;
  const { issuer, serialNumber } = id.issuerSerial;
  const [name, another] = issuer;
  return (
    another === undefined &&
    name?.directoryName !== undefined &&
    equalBytes(encode(name.directoryName), certificate.issuerName) &&
    equalBytes(
      new Uint8Array(serialNumber),
      new Uint8Array(certificate.fields.tbsCertificate.serialNumber),
    )
  );
}
